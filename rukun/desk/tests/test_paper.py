"""On paper the sheet is one page, whatever there is to say."""

from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from rukun.desk.sheet import chat, paper, period
from rukun.desk.sheet.document import Asked, Figure, Item, Sheet, Unreached
from rukun.desk.sheet.gather import lead

NOW = datetime(2026, 11, 25, 3, tzinfo=UTC)
LONG = "Perselisihan pembagian air irigasi antara petani hulu dan hilir di sepanjang Batang Aia Gadang"


def a_sheet(many: int, words: str = LONG, decisions: int = 3) -> Sheet:
    items = [
        Item(f"{words} {number}", words, f"{words}; berikutnya: {words}", "/", f"RES-RD/2026/{number:04d}", days=number)
        for number in range(many)
    ]
    far = [
        Unreached(f"Jorong {words} {number}", words, "/", number, f"petugasnya tidak di tempat sampai {words}") for number in range(many)
    ]
    return Sheet(
        unit="Polres Rimbo Data dan Sekitarnya", asked_of="Kapolres", period=period.of("minggu", date(2026, 11, 25), "Asia/Jakarta"), made_at=NOW,
        known_until=NOW, lead=lead(many, many, many), decisions=[Asked((words * 3)[:240]) for _ in range(decisions)], worded=False, solved=items,
        late=items, unreached=far, places=many * 2, long=30, unanswered=items, figures=[Figure("12.345", words, words) for _ in range(5)],
        source=words * 2, notes=[words, words],
    )  # fmt: skip


def pages(sheet: Sheet) -> int:
    drawn = paper.draw(sheet, "png")
    return len(drawn) if isinstance(drawn, list) else 1


@pytest.mark.parametrize("many", [0, 1, 5, 60])
@pytest.mark.parametrize("words", ["Motor hilang", LONG, "M" * 120, "*#[]{}$_ \\ @x <b> “kutip” //"])
def test_one_page_however_many_problems_and_however_long_their_names(many, words):
    with translation.override("id"):
        assert pages(a_sheet(many, words)) == 1


def test_what_does_not_fit_is_counted():
    with translation.override("id"):
        written = paper.data(a_sheet(60))
    assert written["lists"][1]["total"] == 60 and len(written["lists"][1]["items"]) == paper.GIVEN
    assert written["more"] == "dan {} lagi di rukun"


def test_a_message_stays_short_and_says_how_many_more():
    with translation.override("id"):
        message = chat.text(a_sheet(60, "Motor hilang"))
    assert (
        message.count("\n") < 50 and "- dan 55 lagi di rukun" in message and message.splitlines()[2].startswith("*Lembar Polres Rimbo Data")
    )


def test_where_there_is_nothing_the_message_says_so():
    with translation.override("id"):
        message = chat.text(a_sheet(0, "x", decisions=0))
    assert "Tidak ada masalah yang selesai" in message and "Yang diminta" not in message
