"""Promises of the house about data: every field is marked, and the published tables are what the code does."""

import re
from pathlib import Path

from django.core.management import call_command

from rukun.audit import jobs
from rukun.care import inventory
from rukun.care.rules import KEEP

PAGE = Path(__file__).parents[3] / "docs/reference/retention.md"


def test_every_field_says_what_it_holds_of_persons_and_how_long():
    assert inventory.unmarked() == []


def test_the_page_shows_what_the_code_does(capsys):
    call_command("retention")
    assert PAGE.read_text().split("<!-- printed -->")[1].strip() == capsys.readouterr().out.strip()


def test_every_row_of_the_table_is_used_by_a_field_or_by_a_job():
    used = {mark.keep for _, marks in inventory.rooms() for some in marks.values() for mark in some}
    kept = {
        name
        for file in Path(inventory.__file__).parents[1].glob("*/**/*.py")
        for name in re.findall(r'keep\.\w+\(\s*"(\w+)"', file.read_text())
    }
    assert set(KEEP) - used - kept == set()


def test_the_book_keeps_its_details_as_long_as_the_table_says():
    assert jobs.KEEP.days == KEEP["book_details"].days
