"""The pages about bringing things in are held to the code: each column in its table, each example brought in."""

import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from rukun.history.mapping import OURS, parsed
from rukun.history.models import Incident
from rukun.history.rules import Precision, Reason
from rukun.officers import tables as officers
from rukun.officers.rules import Role
from rukun.territory import tables as territory

DOCS = Path(__file__).parents[3] / "docs"
EXAMPLES = DOCS / "how-to/examples"
PAGE = (DOCS / "reference/imports.md").read_text()


def section(heading: str) -> str:
    return re.split(r"\n## ", PAGE.split(f"\n## {heading}")[1])[0]


def columns_of(text: str) -> dict[str, str]:
    return dict(re.findall(r"^\| `(\w+)` \| `(\w+)` \|", text, re.MULTILINE))


@pytest.mark.parametrize(
    ("heading", "columns"),
    [("Units", territory.UNIT_COLUMNS), ("Sub-units", territory.SUBUNIT_COLUMNS), ("Officers", officers.COLUMNS), ("Past incidents", OURS)],
)
def test_every_column_is_in_the_reference_and_none_besides(heading, columns):
    assert columns_of(section(heading)) == columns


def test_the_reference_names_every_role_precision_and_reason():
    named = set(re.findall(r"`([a-z_]+)`", PAGE))
    assert {*Role.values, *Precision.values, *Reason.values} <= named


def test_the_examples_are_brought_in_as_they_stand(world, tmp_path):
    def said(*words: object) -> str:
        out = StringIO()
        call_command(*map(str, words), stdout=out)
        return out.getvalue()

    assert "1 units founded" in said("units", "import", EXAMPLES / "units.csv")
    assert "3 sub-units added" in said("subunits", "import", EXAMPLES / "subunits.csv")
    assert "3 officers enrolled" in said("officers", "import", EXAMPLES / "officers.csv")
    more = ("--rejected", tmp_path / "rejected.csv")
    assert "4 new" in said("reports", "import", EXAMPLES / "history.csv", "--source", "Arsip Polsek", *more)
    assert "3 new" in said("reports", "import", EXAMPLES / "lp.csv", "--mapping", EXAMPLES / "lp.toml", *more)
    assert Incident.objects.of_channel("lp").count() == 3 and not (tmp_path / "rejected.csv").exists()
    for part in ("units", "subunits", "officers"):
        assert "0" in said(part, "import", EXAMPLES / f"{part}.csv")


def test_the_mapping_of_the_violence_data_is_whole():
    mapping = parsed((EXAMPLES / "cvew.toml").read_text())
    assert mapping.used() == {"incident_id", "date", "kemendagri_kec", "kemendagri_kab", "issue", "violence_form", "deaths", "injured"}
