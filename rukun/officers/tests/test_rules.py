"""Terms, numbers and ranks: decided without a database."""

from datetime import date

import pytest

from rukun.officers.rules import fits, gives, holds_on, is_nrp, rank_order

FROM, UNTIL = date(2026, 3, 1), date(2026, 6, 1)


@pytest.mark.parametrize(
    ("on", "holds"),
    [(date(2026, 2, 28), False), (FROM, True), (date(2026, 5, 31), True), (UNTIL, False)],
)
def test_a_term_holds_from_its_first_day_to_the_one_before_its_end(on, holds):
    assert holds_on(FROM, UNTIL, on) is holds
    assert holds_on(FROM, None, on) is (on >= FROM)


@pytest.mark.parametrize(
    ("text", "right"), [("02051101", True), ("02131101", False), ("2051101", False), ("02001101", False), ("0205110a", False)]
)
def test_an_nrp_is_eight_digits_with_a_month_in_it(text, right):
    assert is_nrp(text) is right


def test_ranks_stand_in_their_order_and_an_invented_one_is_refused():
    assert rank_order("Bharada") < rank_order("Bripka") < rank_order("AKP") < rank_order("Jenderal")
    with pytest.raises(ValueError, match="not in tuple"):
        rank_order("Letnan")


def test_a_role_is_given_from_above_and_held_where_it_belongs():
    assert gives("sector_chief", "sector_unit_head") and not gives("sector_unit_head", "sector_chief")
    assert not gives("resort_chief", "auditor")  # who reads over the shoulder of command is never named from within it
    assert fits("sector_chief", "polsek") and not fits("sector_chief", "polres")
