"""The whole walk: a report becomes a solved problem, and the book tells it in order."""

from datetime import date

from rukun.audit.models import Entry
from rukun.fieldwork import services as fieldwork
from rukun.problems.models import Problem
from rukun.problems.rules import Step


def test_a_report_becomes_a_solved_problem_and_the_book_tells_it(world, told, signed_in):
    start = Entry.objects.order_by("-pk").first().pk
    report = told(world.sari, world.pasar, "Motor hilang di belakang pasar")
    nofri = world.actor(world.nofri)
    fieldwork.open_report(nofri, report)
    fieldwork.assess(nofri, report, stage="GN", severity=3, code="CRM-03")
    fieldwork.answer(nofri, report, kind="acted", text="Terima kasih, malam ini patroli singgah.")

    chief = signed_in(world.nofri)
    page = chief.post(
        f"/masalah/buka/?report={report.pk}",
        {"title": "Motor hilang di sekitar Pasar", "code": "CRM-03", "stage": "GN", "severity": 3, "owner": world.nofri.pk},
    )
    problem = report.problems.get()
    assert page.url == f"/masalah/{problem.pk}/"
    assert chief.post(f"/masalah/{problem.pk}/langkah/analysis/", {"note": "Semua antara magrib dan isya."}).status_code == 302
    why = {
        "title": problem.title,
        "code": "CRM-03",
        "stage": "GN",
        "severity": 3,
        "analysis": "Parkiran surau tidak dijaga.",
        "areas": [world.pasar.pk],
    }
    assert chief.post(f"/masalah/{problem.pk}/telaah/", why).status_code == 302
    assert chief.post(f"/masalah/{problem.pk}/langkah/response/", {"note": "Jaga parkir saat magrib."}).status_code == 302
    ask = {"text": "Ajak pengurus surau menunjuk penjaga", "officer": world.sari.pk, "due": "2026-11-14"}
    assert chief.post(f"/masalah/{problem.pk}/tindakan/", ask).status_code == 302
    action = problem.actions.get()
    assert (action.officer, action.due) == (world.sari, date(2026, 11, 14))

    officer = signed_in(world.sari)
    assert "Ajak pengurus surau" in officer.get("/").content.decode()
    assert officer.post(f"/masalah/tindakan/{action.pk}/selesai/", {"result": "Dua pemuda menjaga mulai Jumat."}).status_code == 302

    chief = signed_in(world.nofri)
    chief.post(f"/masalah/{problem.pk}/langkah/assessment/", {"note": "Seminggu tanpa kehilangan."})
    end = {"note": "Penjaga surau: sebulan tenang.", "outcome": "cause_removed", "outcome_text": "Parkiran dijaga saat salat."}
    chief.post(f"/masalah/{problem.pk}/langkah/solved/", end)
    problem.refresh_from_db()
    assert (problem.step, problem.outcome) == (Step.SOLVED, "cause_removed")
    page = chief.get(f"/masalah/{problem.pk}/").content.decode()
    assert "Parkiran dijaga saat salat." in page and "Dua pemuda menjaga mulai Jumat." in page

    told_in_order = list(
        Entry.objects.filter(pk__gt=start, actor__startswith="officer:")
        .exclude(act__startswith="session.")
        .order_by("pk")
        .values_list("act", "actor")
    )
    sari, nofri_says = f"officer:{world.sari.pk}", f"officer:{world.nofri.pk}"
    walk = [row for row in told_in_order if row[0].split(".")[0] in {"report", "problem", "action"}]
    assert walk == [
        ("report.receive", sari), ("report.open", nofri_says), ("report.assess", nofri_says), ("report.answer", nofri_says),
        ("problem.open", nofri_says), ("problem.move", nofri_says), ("problem.describe", nofri_says), ("problem.move", nofri_says),
        ("action.give", nofri_says), ("action.finish", sari), ("problem.move", nofri_says), ("problem.move", nofri_says),
    ]  # fmt: skip
    steps = [entry.details["to"] for entry in Entry.objects.of(problem).filter(act="problem.move").order_by("pk")]
    assert steps == ["analysis", "response", "assessment", "solved"]
    assert [entry.text for entry in problem.story.order_by("pk") if entry.happening == "finished"] == ["Dua pemuda menjaga mulai Jumat."]
    assert Problem.objects.within(world.actor(world.joko)).count() == 0
