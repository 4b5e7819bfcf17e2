"""How far a page reaches: what it lists, what it links to, and what a key typed into it opens."""

from types import SimpleNamespace

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from rukun.audit.models import Entry
from rukun.fieldwork import services as fieldwork
from rukun.fieldwork.models import Concern, Report, Visit, new_id
from rukun.lib import clock
from rukun.officers import services as officers
from rukun.officers.models import Officer
from rukun.problems import services as problems
from rukun.problems.models import Action, Problem
from rukun.site.tests import matrix
from rukun.site.tests.planted import FOUNDER, ROLES, Planted, canary
from rukun.site.tests.reading import as_somebody, seen, shown, walk
from rukun.territory.models import Area, Unit

# --- what a list shows is what each row would allow --------------------------------------------------------------------------------


def listed(client: Client, name: str, *models: type, **kwargs: object) -> set:
    response = client.get(reverse(name, kwargs=kwargs))
    return {thing for thing in shown(response.content.decode()) if thing[0] in models} if response.status_code == 200 else set()


def keys_of(rows) -> set:
    return {(type(row), str(row.pk)) for row in rows}


def test_a_list_shows_exactly_what_each_of_its_rows_would_allow(world, all_planted):
    for role, key in ROLES.items():
        who = getattr(world, key)
        actor, client = world.actor(who), as_somebody(who.account)
        cases, reports, visits = seen(actor, Problem), seen(actor, Report), seen(actor, Visit)
        if actor.holds("problem.view"):
            assert listed(client, "problems:board", Problem) == cases
        if actor.holds("report.answer"):
            mine = keys_of(Report.objects.filter(desk=role).exclude(officer=who))
            assert listed(client, "fieldwork:inbox", Report) <= reports & mine
            assert listed(client, "fieldwork:inbox", Report) >= reports & mine & keys_of(Report.objects.filter(answers=None))
        if actor.holds("visit.receive"):
            mine = keys_of(Report.objects.filter(officer=who)) | keys_of(Visit.objects.filter(officer=who))
            assert listed(client, "fieldwork:records", Report, Visit) == (reports | visits) & mine
        if actor.holds("officer.view"):
            assert listed(client, "officers:people", Officer) == seen(actor, Officer, left_on=None)
        if actor.holds("book.view"):
            newest = sorted((int(pk) for _, pk in seen(actor, Entry)), reverse=True)[:50]
            assert {int(pk) for _, pk in listed(client, "audit:entries", Entry)} <= set(newest)
        units = seen(actor, Unit)
        tops = {
            (Unit, unit.path)
            for unit in Unit.objects.select_related("parent")
            if unit.parent is None or (Unit, unit.parent.path) not in units
        }
        assert listed(client, "territory:units", Unit) == units & tops


def test_an_area_shows_of_its_problems_and_reports_what_each_would_allow(world, all_planted):
    for key in ROLES.values():
        who = getattr(world, key)
        actor, client = world.actor(who), as_somebody(who.account)
        for place in (world.aia_baliang, world.koto_rimbo, world.sungai_alun, world.pasa_lamo):
            reports = seen(actor, Report, area__path__startswith=place.path)
            cases = seen(actor, Problem, areas__path__startswith=place.path)
            if (Area, place.path) not in seen(actor, Area, path=place.path):
                reports, cases = set(), set()
            there = listed(client, "desk:area", Report, Problem, path=place.path)
            if not actor.holds("problem.view"):
                cases = set()
            assert there <= reports | cases
            assert len(there) == min(len(reports), 8) * actor.holds("problem.view") + min(len(cases), 10)


def test_no_page_leads_to_what_its_reader_may_not_see(world, all_planted):
    for key in ROLES.values():
        who = getattr(world, key)
        actor = world.actor(who)
        pages = walk(as_somebody(who.account), most=15)
        allowed = {thing for model in (Report, Visit, Problem, Action, Officer, Area, Unit) for thing in seen(actor, model)}
        for url, page in pages.items():
            astray = {thing for thing in shown(page.content.decode()) if thing[0] in {model for model, _ in allowed}} - allowed
            assert astray == set(), url


# --- what one person opened gives another nothing ----------------------------------------------------------------------------------

KINDS = ("laporan", "fakta", "pendapat", "tempat", "jawaban", "masalah", "perkembangan", "telaah", "tindakan", "rumah", "riwayat")


def test_what_the_unit_head_opened_gives_nobody_else_a_word_of_it(world, all_planted):
    colleague = Officer.objects.get(name="Rekan Sari")
    words = {canary(colleague, kind) for kind in KINDS} | {canary(world.fadli, kind) for kind in KINDS}
    nofri = as_somebody(world.nofri.account)
    nofri.post(reverse("fieldwork:read_visit", args=[all_planted.things["inside"]["visit"]]), {"reason": "tindak lanjut"})
    opened = walk(nofri, most=60) | of_things(nofri, all_planted, "inside") | of_things(nofri, all_planted, "beside")
    told_there = {url: [word for word in words if word in page.content.decode()] for url, page in opened.items()}
    assert words - {word for some in told_there.values() for word in some} == set()  # he saw them all
    pages = [url for url, some in told_there.items() if some]
    assert len(pages) > 30
    for key in ("joko", "yeni", "tomi"):
        other = as_somebody(getattr(world, key).account)
        assert leaks(other, pages, words) == [], key
    assert leaks(as_somebody(all_planted.accounts["relieved"]), pages, words) == []


def of_things(client: Client, planted: Planted, relation: str) -> dict[str, HttpResponse]:
    """Every page of one of the things planted in a relation that opens."""
    named = [(name, page) for name, page in matrix.pages() if relation in matrix.relations(name, page)]
    found = {url: client.get(url) for url in (matrix.address(name, page, planted.things[relation]) for name, page in named)}
    return {url: page for url, page in found.items() if page.status_code == 200 and "html" in page.headers["Content-Type"]}


def leaks(client: Client, addresses, words: set[str]) -> list[str]:
    found = []
    for url in addresses:
        page = client.get(url).content.decode()
        found += [f"{url}: {word}" for word in words if word in page]
    return found


def test_nobody_reads_the_notes_of_a_visit_without_giving_a_reason(world, all_planted):
    notes = {canary(Officer.objects.get(name="Rekan Sari"), kind) for kind in ("catatan", "keluhan", "janji")}
    for key in ("sari", "nofri", "hendra", "putri"):
        client = as_somebody(getattr(world, key).account)
        assert (
            leaks(client, [*walk(client, most=15), reverse("fieldwork:visit", args=[all_planted.things["inside"]["visit"]])], notes) == []
        ), key


# --- a key in a query or in a form reaches no further than a link -------------------------------------------------------------------


def kind(**more: object) -> dict[str, object]:
    return {"title": "Satu lagi", "code": "CRM-03", "stage": "GN", "severity": "3"} | more


def record(**more: object) -> dict[str, object]:
    return {"id": str(new_id()), "day": "2026-03-01", "clock": "18:30", "anyway": "1"} | more


def told(**more: object) -> dict[str, object]:
    return record(title="Satu motor", facts="Satu motor hilang saat magrib.", basis="told", code="CRM-03") | more


def met(**more: object) -> dict[str, object]:
    return record(kind="visit", nothing="1") | more


@pytest.fixture
def typed(world, all_planted) -> SimpleNamespace:
    """What somebody could type into a page: keys near, and the same of another Polsek; with a report on each side that is in no problem."""
    near, far = all_planted.things["inside"], all_planted.things["sibling"]

    def fresh(officer: Officer, place: Area) -> Report:
        return fieldwork.receive_report(
            world.actor(officer), place, id=new_id(), title="Baru", facts="Baru saja.", basis="seen", code="CRM-03", happened_at=clock.now()
        )

    unopened = {"near": fresh(world.rahmi, world.pasar), "far": fresh(world.wendra, world.alun_ilia)}
    return SimpleNamespace(near=near, far=far, unopened=unopened, world=world)


# who, page, thing in its address; what is sent, told what is near or far
FORMS = {
    "a report to open a problem from": ("nofri", "problems:open", None, lambda t, side: kind(report=t.unopened[side].pk)),
    "a report to add to a new problem": (
        "nofri", "problems:open", None, lambda t, side: kind(report=second(t).pk, reports=[t.unopened[side].pk]),
    ),
    "a report to join": ("nofri", "problems:join", "problem", lambda t, side: {"report": t.unopened[side].pk}),
    "an officer to hold a new problem": (
        "nofri", "problems:open", None, lambda t, side: kind(report=t.unopened["near"].pk, owner=somebody(t, side).pk),
    ),
    "an officer to hold a problem": ("nofri", "problems:assign", "problem", lambda t, side: {"owner": somebody(t, side).pk}),
    "an officer to act": (
        "nofri", "problems:give", "problem", lambda t, side: {"text": "Pasang lampu", "officer": somebody(t, side).pk, "due": "2031-01-01"},
    ),
    "a place of a problem": (
        "nofri", "problems:describe", "problem", lambda t, side: kind(areas=[Area.objects.get(path=place(t, side)).pk], analysis="Gelap."),
    ),
    "a place of a report": ("rahmi", "fieldwork:new_report", None, lambda t, side: told(area=place(t, side))),
    "a place of a visit": ("rahmi", "fieldwork:new_visit", None, lambda t, side: met(area=place(t, side))),
    "an officer to write for": (
        "lina", "fieldwork:new_report", None, lambda t, side: told(area=t.near["subunit"], author=somebody(t, side).pk),
    ),
    "an area to serve": (
        "nofri", "officers:assign", "officer",
        lambda t, side: {"role": "village_officer", "areas": [Area.objects.get(path=place(t, side)[:10]).pk], "valid_from": "2026-03-01"},
    ),
    "an officer to print a sheet for": ("nofri", "officers:invite", None, lambda t, side: {"officer": [somebody(t, side).pk]}),
}  # fmt: skip


def somebody(t: SimpleNamespace, side: str) -> Officer:
    return {"near": t.world.rahmi, "far": t.world.wendra}[side]


def place(t: SimpleNamespace, side: str) -> str:
    return str({"near": t.near, "far": t.far}[side]["subunit"])


def second(t: SimpleNamespace) -> Report:
    return fieldwork.receive_report(
        t.world.actor(t.world.rahmi),
        t.world.pasar,
        id=new_id(),
        title="Lagi",
        facts="Lagi.",
        basis="seen",
        code="CRM-03",
        happened_at=clock.now(),
    )


def changes(client: Client, t: SimpleNamespace, page: str, thing: str | None, data: dict[str, object]) -> bool:
    """Whether sending this does anything; the world is put back as it was."""
    acts, mark = Entry.objects.exclude(act__startswith="page."), transaction.savepoint()
    before = acts.count()
    try:
        client.post(reverse(page, args=[t.near[thing]] if thing else []), data)
        return acts.count() > before
    finally:
        transaction.savepoint_rollback(mark)


def test_a_form_takes_the_key_of_what_is_near_and_not_of_what_is_far(world, typed):
    clients = {who: as_somebody(getattr(world, who).account) for who in ("nofri", "rahmi", "lina")}
    done = {
        what: [changes(clients[who], typed, page, thing, sent(typed, side)) for side in ("near", "far")]
        for what, (who, page, thing, sent) in FORMS.items()
    }
    assert done == {what: [True, False] for what in FORMS}


def test_a_query_shows_nothing_of_what_is_far(world, typed):
    concern = Concern.objects.get(visit=typed.far["visit"])
    theirs = {canary(world.wendra, kind) for kind in (*KINDS, "keluhan", "catatan", "janji")}
    theirs |= {world.wendra.name, world.alun_ilia.name, world.sek_la.name}
    asked = [
        ("nofri", "problems:open", (), f"report={typed.unopened['far'].pk}"),
        ("rahmi", "fieldwork:new_report", (), f"dari={concern.pk}&di={typed.far['subunit']}"),
        ("nofri", "officers:people", (), f"term={typed.far['term']}&area={world.sungai_alun.pk}"),
        ("nofri", "officers:assign", (typed.near["officer"],), f"term={typed.far['term']}&area={world.sungai_alun.pk}&unit=SEK-LA"),
        ("nofri", "problems:board", (), "lihat=lewat"),
        ("nofri", "audit:entries", (), f"thing=fieldwork.report:{typed.far['report']}"),
    ]
    for key, page, args, query in asked:
        found = as_somebody(getattr(world, key).account).get(f"{reverse(page, args=args)}?{query}").content.decode()
        assert {word for word in theirs if word in found} == set(), page


def test_a_report_names_a_problem_only_to_whoever_sees_that_problem(world, typed):
    problem = problems.open_from_reports(
        world.actor(world.nofri), typed.unopened["near"], title="Motor di Pasar", code="CRM-03", stage="GN", severity=3
    )
    client, page = as_somebody(world.rahmi.account), reverse("fieldwork:report", args=[typed.unopened["near"].pk])
    before = shown(client.get(page).content.decode())
    officers.relieve(FOUNDER, world.rahmi.assignments.get(), on=world.sek_kr.today())
    officers.assign(
        FOUNDER, world.rahmi, role="village_officer", unit=world.sek_la, areas=[world.sungai_alun], valid_from=world.sek_la.today()
    )
    moved = client.get(page)
    assert (moved.status_code, (Problem, str(problem.pk)) in before) == (200, True)
    assert "Motor di Pasar" not in moved.content.decode()
