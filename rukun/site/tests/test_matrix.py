"""Every page, asked by everybody, for things near and far: what is answered stands in a table that people review."""

import logging

import pytest
from django.http import HttpResponse
from django.urls import URLPattern

from rukun.access.policy import FOREIGN, PUBLIC
from rukun.access.scope import Actor
from rukun.officers.hats import actor_of
from rukun.officers.models import Officer
from rukun.officers.request import Request
from rukun.site import urls
from rukun.site.tests import matrix

OUTSIDE = ("auditor", "dpo", "administrator")
WITHOUT_A_ROLE = ("relieved", "no_officer")
OF_THE_POLSEK = ("rw_officer", "village_officer", "sector_unit_head", "sector_chief", "operator")
NO = {"403", "404", "405"}


@pytest.fixture
def plain(monkeypatch, settings) -> None:
    """What says no to nobody is left out, a refusal is not drawn, and who somebody is is looked up once: thousands are asked, of a world
    that is put back as it was each time, and only the number counts."""
    known: dict[object, tuple[Actor, Officer | None]] = {}

    def once(request: Request) -> Actor:
        if request.user.pk not in known:
            actor = actor_of(request)
            known[request.user.pk] = actor, request.officer
        actor, request.officer = known[request.user.pk]
        return actor

    monkeypatch.setattr("rukun.officers.middleware.actor_of", once)
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if not name.startswith(("whitenoise.", "csp.", "allauth.usersessions."))]
    monkeypatch.setattr(logging.getLogger("django.request"), "disabled", True)
    for status in (403, 404):
        monkeypatch.setattr(urls, f"handler{status}", lambda request, exception, status=status: HttpResponse(status=status), raising=False)


@pytest.mark.parametrize("room", matrix.rooms())
def test_the_table_says_what_every_page_answers_to_everybody(all_planted, plain, room):
    found = matrix.answers(all_planted, room)
    if matrix.WRITE:
        matrix.write(room, found)
    told = {key: row for key, row in matrix.reviewed().items() if matrix.room_of(key[0]) == room}
    assert matrix.differences(found, told) == []


def test_the_table_speaks_of_no_room_that_is_gone():
    assert {matrix.room_of(page) for page, _method, _relation in matrix.reviewed()} == set(matrix.rooms())


def test_no_page_knows_another_method_than_get_and_post(all_planted, plain):
    asking = matrix.Asking(all_planted.accounts)
    for name, pattern in matrix.pages():
        url = next(iter(matrix.addresses(all_planted, name, pattern, matrix.relations(name, pattern)[0]).values()))
        for method in {"PUT", "PATCH", "DELETE", "OPTIONS"} - set(getattr(pattern.callback, "methods", ())):
            refused = {asking.ask(role, method, url) for role in ("sector_chief", "administrator", "no_officer")}
            assert (refused, asking.ask("anonymous", method, url) in {"302", "405"}) == ({"405"}, True), (name, method)


def test_a_page_that_the_matrix_does_not_know_is_named():
    class Keyed:
        converters = {"pk": None}

    with pytest.raises(matrix.Unknown, match="fieldwork:rumour"):
        matrix.relations("fieldwork:rumour", type("Page", (), {"pattern": Keyed})())  # type: ignore[arg-type]  # as much of a page as is asked


def is_public(name: str, page: URLPattern) -> bool:
    return PUBLIC in (getattr(page.callback, "policy", None) or FOREIGN.get(name, ()))


def test_what_is_open_to_all_is_open_before_signing_in_and_nothing_else():
    pages = [(name, page) for name, page in matrix.pages() if not answers_a_phone(name)]
    assert [name for name, page in pages if is_public(name, page) == getattr(page.callback, "login_required", True)] == []


def answers_a_phone(name: str) -> bool:
    """These have doors of their own, which answer a program: 401 in place of the way to the sign-in page."""
    return name.startswith("phone_api:")


# --- what must hold of the table, whoever reviewed it ------------------------------------------------------------------------------


def cells(rooms: set[str], relations: set[str], roles: tuple[str, ...]) -> dict[str, str]:
    """Each cell of these rooms, relations and roles, by its place in the table."""
    return {
        f"{page} {method} {relation} {role}": row[role]
        for (page, method, relation), row in matrix.reviewed().items() for role in roles
        if page.split(":")[0] in rooms and relation in relations
    }  # fmt: skip


def opened(found: dict[str, str], no: set[str] = NO) -> dict[str, str]:
    assert found
    return {cell: status for cell, status in found.items() if status not in no | {"-"}}


def test_what_belongs_to_another_polsek_is_not_there_for_those_of_this_one():
    everywhere = {"fieldwork", "problems", "officers", "territory", "desk", "audit"}
    assert opened(cells(everywhere, {"sibling", "elsewhere"}, OF_THE_POLSEK)) == {}


def test_what_belongs_to_another_polres_is_not_there_for_those_of_this_one():
    assert opened(cells({"fieldwork", "problems"}, {"elsewhere"}, ("resort_unit_head", "resort_chief", "analyst"))) == {}


def test_who_keeps_the_machine_or_the_book_reads_no_report_visit_or_problem():
    every = {"own", "none", "inside", "beside", "sibling", "elsewhere"}
    assert opened(cells({"fieldwork", "problems"}, every, (*OUTSIDE, *WITHOUT_A_ROLE))) == {}


def test_officers_of_the_field_do_not_read_each_others_records():
    rows = cells({"fieldwork"}, {"inside", "beside"}, ("rw_officer", "village_officer", "operator"))
    assert opened(rows) == {}


def test_the_notes_of_a_visit_are_never_opened_by_an_analyst():
    assert {status for cell, status in cells({"fieldwork"}, {"own", "inside"}, ("analyst",)).items() if "visit" in cell} == {"403"}


def test_analyst_auditor_and_data_protection_officer_change_nothing():
    rooms = {"fieldwork", "problems", "officers", "territory", "desk", "audit"}
    posts = {
        cell: status
        for cell, status in cells(rooms, {*matrix.NEAR_AND_FAR, "own"}, ("analyst", "auditor", "dpo")).items()
        if " POST " in cell
    }
    assert opened(posts) == {}


def test_a_role_that_has_ended_opens_no_more_than_an_account_without_an_officer():
    rows = matrix.reviewed()
    # what the house holds of oneself is one's own for good; an officer's phone renews what is public, and opens again with two grants, for what
    # was recorded before the term ended is still to be sent; whoever is no officer has none of it
    stays = {("rights:mine", "GET", "none"), ("phone_api:reference", "GET", "none")}
    stays |= {("phone_api:lease", "POST", "none"), ("phone_api:rescue", "POST", "none")}
    assert {key for key, row in rows.items() if key[2] != "own" and row["relieved"] != row["no_officer"]} == stays
    assert opened(cells({"fieldwork", "problems", "officers", "audit", "desk", "territory"}, {"own"}, ("relieved",))) == {}


def test_who_has_not_signed_in_is_shown_the_door():
    public = {name for name, page in matrix.pages() if is_public(name, page)}
    rows = {key: row["anonymous"] for key, row in matrix.reviewed().items() if key[0] not in public and key[2] != "own"}
    assert {status for key, status in rows.items() if not answers_a_phone(key[0])} == {"302"}
    assert {status for key, status in rows.items() if answers_a_phone(key[0])} == {"401", "405"}


def test_nothing_answers_with_an_error_of_ours():
    assert [key for key, row in matrix.reviewed().items() for status in row.values() if status.startswith("5")] == []
