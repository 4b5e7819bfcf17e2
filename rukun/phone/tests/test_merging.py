"""Two edits of one problem, made apart: what nobody else touched is written, where they differ both stay, and a person decides."""

from datetime import timedelta

import pytest

from rukun.audit.models import Entry
from rukun.fieldwork import services as fieldwork
from rukun.fieldwork.models import new_id
from rukun.lib import clock
from rukun.notices.models import Notice
from rukun.phone.models import Dispute, Item
from rukun.phone.rules import merge
from rukun.phone.services import merging
from rukun.phone.tests.model import NOON
from rukun.problems import services
from rukun.problems.models import Action

pytestmark = pytest.mark.usefixtures("at_noon")
BASE = {"title": "Motor hilang", "analysis": ""}
PREFERENCE = "Lampu padam. Si Fulan timses nomor 1."


@pytest.fixture
def problem(world):
    report = fieldwork.receive_report(
        world.actor(world.sari),
        world.pasar,
        id=new_id(),
        title="Motor hilang",
        facts="Hilang.",
        basis="told",
        happened_at=NOON,
        code="CRM-03",
    )
    return services.open_from_reports(
        world.actor(world.nofri), report, title="Motor hilang", code="CRM-03", stage="GN", severity=3, owner=world.nofri
    )


@pytest.fixture
def budi(world, admit):
    phone = admit(world.budi)
    phone.now = lambda: NOON
    return phone


def edit(phone, problem, change, base=BASE):
    phone.put("problem", {"problem": problem.pk, "base": {name: base[name] for name in change}, "change": change})
    return phone.send()["results"][0]


def test_different_fields_become_one_file(world, problem, budi):
    services.describe(world.actor(world.nofri), problem, title="Motor hilang di surau")
    answer = edit(budi, problem, {"analysis": "Parkiran tidak dijaga saat magrib."})
    problem.refresh_from_db()
    assert (answer["status"], problem.title, problem.analysis) == ("ok", "Motor hilang di surau", "Parkiran tidak dijaga saat magrib.")


def test_one_field_edited_twice_keeps_both_until_one_decides(world, problem, budi, signed_in, run_jobs):
    services.describe(world.actor(world.nofri), problem, title="Motor hilang di surau")
    answer = edit(budi, problem, {"title": "Motor hilang saat magrib", "analysis": "Tidak dijaga."})
    problem.refresh_from_db()
    assert (answer["status"], answer["code"], answer["kept"]) == ("conflict", "needs_decision", True)
    assert (problem.title, problem.analysis) == ("Motor hilang di surau", "Tidak dijaga.")
    dispute = Dispute.objects.get()
    run_jobs()
    assert Notice.objects.filter(kind="problem.disputed", officer=world.nofri).exists()
    page = signed_in(world.nofri).get(f"/hp/keputusan/{dispute.pk}/").content.decode()
    assert "Motor hilang di surau" in page and "Motor hilang saat magrib" in page
    signed_in(world.nofri).post(f"/hp/keputusan/{dispute.pk}/", {"take": "came"})
    problem.refresh_from_db()
    assert problem.title == "Motor hilang saat magrib"
    assert Entry.objects.filter(act="dispute.decide").count() == 1


def test_both_versions_are_on_the_phones_until_it_is_decided_and_for_a_week_after(world, problem, budi, signed_in):
    services.describe(world.actor(world.nofri), problem, title="Motor hilang di surau")
    edit(budi, problem, {"title": "Motor hilang saat magrib"})

    def told(person) -> dict[str, object]:
        [row] = signed_in(person).get("/api/hp/v1/work").json()["problems"]
        [found] = row["disputes"]
        return found

    dispute = Dispute.objects.get()
    both = {"field": "title", "stands": "Motor hilang di surau", "came": "Motor hilang saat magrib", "decided": False}
    assert both.items() <= told(world.budi).items() and told(world.budi)["own"] is True
    assert told(world.nofri)["own"] is False and told(world.nofri)["url"] == f"/hp/keputusan/{dispute.pk}/"
    assert told(world.rahmi)["url"] == ""
    merging.decide(world.actor(world.nofri), dispute, take=True)
    assert (told(world.budi)["decided"], told(world.budi)["taken"]) == (True, True)
    with clock.at(NOON + timedelta(days=8)):
        [row] = signed_in(world.budi).get("/api/hp/v1/work").json()["problems"]
        assert row["disputes"] == []


@pytest.mark.parametrize("name", ["title", "analysis", "note"])
def test_a_text_about_persons_is_said_at_its_field_with_other_words(problem, budi, name):
    said = {"problem": problem.pk, "note": "", "base": BASE, "change": {}}
    said |= {"note": PREFERENCE} if name == "note" else {"change": {name: PREFERENCE}}
    budi.put("problem", said)
    [answer] = budi.send()["results"]
    assert (answer["code"], list(answer["fields"])) == ("guard", [name])
    assert answer["offer"][name] and not Dispute.objects.exists()


def test_sent_again_it_is_neither_merged_nor_disputed_twice(world, problem, budi):
    services.describe(world.actor(world.nofri), problem, title="Motor hilang di surau")
    item = budi.item("problem", {"problem": problem.pk, "base": {"title": BASE["title"]}, "change": {"title": "Motor raib"}})
    for _ in range(2):
        budi.queue[item["id"]] = item
        assert budi.send()["results"][0]["code"] == "needs_decision"
    assert Dispute.objects.count() == Item.objects.count() == 1


def test_an_action_is_finished_once_and_a_line_of_progress_stays(world, problem, admit):
    action = services.give_action(world.actor(world.nofri), problem, text="Pasang lampu", officer=world.sari, due=problem.due)
    sari = admit(world.sari)
    sari.now = lambda: NOON
    sari.put("action", {"action": action.pk, "done": False, "note": "Lampu dibeli."})
    sari.put("action", {"action": action.pk, "done": True, "note": "Lampu menyala."})
    sari.put("action", {"action": action.pk, "done": True, "note": "Sekali lagi."})
    results = sari.send()["results"]
    assert [row["code"] for row in results] == ["ok", "ok", "already_ended"]
    assert not any(row["time_uncertain"] for row in results)  # they happened when they were written
    assert Action.objects.get().result == "Lampu menyala."
    assert problem.story.filter(text="Lampu dibeli.").exists()


def test_who_may_not_describe_it_changes_nothing(world, problem, admit):
    joko = admit(world.joko)
    joko.now = lambda: NOON
    joko.put("problem", {"problem": problem.pk, "note": "Saya juga."})
    joko.put("problem", {"problem": problem.pk, "change": {"title": "Lain"}})
    joko.put("action", {"action": 1, "done": True, "note": "x"})
    assert {row["status"] for row in joko.send()["results"]} == {"invalid"}


@pytest.mark.parametrize("change", [{"title": ""}, {"stage": "XX"}, {"severity": 9}, {"code": "XXX-99"}, {"title": 7}, []])
def test_what_no_problem_can_be_is_asked_back(problem, budi, change):
    budi.put("problem", {"problem": problem.pk, "change": change})
    assert budi.send()["results"][0]["status"] == "invalid"


def test_three_ways():
    merged = merge({"a": 1, "b": 1, "c": 1}, {"a": 2, "b": 2, "c": 2, "d": 2}, {"a": 1, "b": 3, "c": 2, "d": 0})
    assert (merged.apply, merged.disputed) == ({"a": 2}, {"b": (3, 2), "d": (0, 2)})
