"""A resident asks; it is found letter by letter, decided record by record, answered within 72 hours, and who asked is forgotten."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from rukun.audit.door import writing_allowed
from rukun.audit.models import Entry
from rukun.directives import services as directives
from rukun.directives.models import Directive
from rukun.fieldwork import services as fieldwork
from rukun.fieldwork.models import Report, Visit, new_id
from rukun.handover.models import Handover
from rukun.history.models import Incident
from rukun.history.tests.conftest import brought, keep, reports
from rukun.lib import clock
from rukun.notices.models import Notice
from rukun.problems import services as problems
from rukun.problems.models import Problem
from rukun.rights import jobs, letter, services
from rukun.rights.models import Hit, Request
from rukun.rights.search import passages

__all__ = ["brought", "keep", "reports"]

NAME = "Kenari Rumahmerah"


@pytest.fixture
def records(world) -> tuple[Report, Visit, Problem]:
    """Her name stands in a report, in what residents said, and in a problem; and in nothing else."""
    sari = world.actor(world.sari)
    told = {"id": new_id(), "basis": "told", "code": "CRM-03", "happened_at": clock.now()}
    report = fieldwork.receive_report(sari, world.pasar, title="Lampu mati", facts=f"Menurut {NAME.upper()}, sudah tiga malam.", **told)
    fieldwork.receive_report(sari, world.pasar, title="Lain", facts="Tidak menyebut siapa pun.", **(told | {"id": new_id()}))
    visit = fieldwork.receive_visit(
        sari, world.pasar, id=new_id(), kind="visit", made_at=clock.now(), concerns=((f"{NAME} minta lampu.", None),)
    )
    problem = problems.open_from_reports(
        world.actor(world.nofri), report, title=f"Lampu di rumah {NAME}", code="CRM-03", stage="GN", severity=2
    )
    return report, visit, problem


@pytest.fixture
def request_(world, records) -> Request:
    mira = world.actor(world.mira)
    made = services.receive(
        mira, services.unit_of(mira), kind="erase", name=NAME, contact="datang sendiri", words="Mohon dihapus.", received_at=clock.now()
    )
    return services.search(mira, made)


def agreed(world, request_) -> None:
    services.ask_export(world.actor(world.mira), request_)
    services.approve_export(world.actor(world.yusuf), request_)


def test_a_file_leaves_only_when_a_second_person_agrees(world, request_, client):
    address = f"/pelindungan-data/{request_.pk}/"
    client.force_login(world.mira.account)
    assert "Orang kedua harus menyetujui" in client.get(f"{address}data/", follow=True).content.decode()
    client.post(f"{address}izin/", {"langkah": "setuju"})  # nobody has asked yet
    assert "Berkas hanya keluar bila orang kedua menyetujui" in client.get(address).content.decode()
    client.post(f"{address}izin/", {"langkah": "minta"})
    client.post(f"{address}izin/", {"langkah": "setuju"})  # not by herself
    request_.refresh_from_db()
    assert request_.export_asked_by == world.mira and request_.export_approved_by is None
    client.force_login(world.yusuf.account)
    assert "berkas menunggu persetujuan Anda" in client.get("/pelindungan-data/").content.decode()
    page = client.get(address).content.decode()
    assert "Saya setuju: boleh keluar" in page and NAME not in page
    client.post(f"{address}izin/", {"langkah": "setuju"})
    client.force_login(world.mira.account)
    assert client.get(f"{address}data/")["Content-Disposition"].startswith("attachment")
    with clock.at(clock.now() + timedelta(hours=73)):
        assert client.get(f"{address}data/").status_code == 302
    client.post(f"{address}izin/", {"langkah": "tolak"})
    assert client.get(f"{address}data/").status_code == 302
    acts = list(Entry.objects.filter(act__startswith="request.").order_by("pk").values_list("act", flat=True))
    assert acts[-4:] == ["request.ask_export", "request.approve_export", "request.export", "request.refuse_export"]


def test_it_is_found_and_erased_in_atensi_notes_to_a_successor_and_what_others_recorded(world, client, brought):
    """As it might stand there all the same: what was typed before a rule knew the cue."""
    atensi = directives.issue(world.actor(world.dewi), world.res_rd, text="Lampu padam di tepi jalan.", last_day=world.pasar.today())
    handover = Handover(giver=world.sari, taker=world.rahmi, unit=world.sek_kr, at=clock.now(), note=f"Tanya {NAME}.")
    incident = Incident.objects.exclude(text="").get()
    with writing_allowed("test"):
        handover.save()
        Directive.objects.filter(pk=atensi.pk).update(text=f"Lampu padam di dekat {NAME}.")
        Incident.objects.filter(pk=incident.pk).update(text=f"Motor milik {NAME} hilang.")
    mira = world.actor(world.mira)
    made = services.receive(mira, services.unit_of(mira), kind="erase", name=NAME, contact="", words="", received_at=clock.now())
    services.search(mira, made)
    assert set(made.hits.values_list("thing", flat=True)) == {"directives.directive", "handover.handover", "history.incident"}
    client.force_login(world.mira.account)
    assert f"Motor milik {NAME}" in client.get(f"/pelindungan-data/{made.pk}/").content.decode()
    for hit in made.hits.select_related("request__unit"):
        services.decide(mira, hit, decision="erased")
    assert not [*passages(mira, NAME)]
    assert {"directive.erase", "work.erase", "incident.erase"} <= set(Entry.objects.values_list("act", flat=True))


def test_it_is_found_wherever_people_wrote_it_and_nowhere_else(world, records, request_):
    report, visit, problem = records
    found = set(request_.hits.values_list("thing", "key"))
    assert found == {("fieldwork.report", str(report.pk)), ("fieldwork.visit", str(visit.pk)), ("problems.problem", str(problem.pk))}
    assert request_.due_at - request_.received_at == timedelta(hours=72)


def test_what_is_erased_is_gone_for_everybody_and_the_answer_forgets_who_asked(world, records, request_, client):
    client.force_login(world.mira.account)
    page = client.get(f"/pelindungan-data/{request_.pk}/").content.decode()
    assert "sudah tiga malam" in page and NAME in page
    agreed(world, request_)
    data = client.get(f"/pelindungan-data/{request_.pk}/data/").json()
    assert NAME.upper() in str(data["found"]) and (data["asked_by"], data["approved_by"]) == (str(world.mira), str(world.yusuf))
    for hit in request_.hits.all():
        client.post(f"/pelindungan-data/temuan/{hit.pk}/", {"decision": "erased"})
    client.post(f"/pelindungan-data/{request_.pk}/jawab/", {"outcome": "granted", "answer": "Semua sudah dihapus."})
    request_.refresh_from_db()
    assert (request_.outcome, request_.name, request_.contact, request_.words) == ("granted", "", "", "")
    for table, columns in ((Report, ("title", "facts")), (Visit, ("narrative", "place")), (Problem, ("title", "analysis"))):
        for column in columns:
            assert not table.objects.filter(**{f"{column}__icontains": NAME}).exists()
    assert not Visit.objects.filter(concerns__text__icontains=NAME).exists()
    assert client.get(f"/pelindungan-data/{request_.pk}/surat/").content.startswith(b"%PDF")
    assert client.get(f"/pelindungan-data/{request_.pk}/data/").status_code == 404
    acts = list(Entry.objects.filter(actor=f"officer:{world.mira.pk}").values_list("act", flat=True))
    assert {"request.receive", "request.search", "request.decide", "report.erase", "visit.erase", "problem.erase", "request.answer"} <= set(
        acts
    )
    assert not any(NAME.lower() in str(entry.details).lower() for entry in Entry.objects.select_related("payload"))


def test_a_refusal_names_its_article_and_what_stays_has_a_reason(world, request_):
    mira = world.actor(world.mira)
    with pytest.raises(services.NotPossible):
        services.answer(mira, request_, outcome="granted", answer="Ya")
    for hit in request_.hits.select_related("request__unit"):
        with pytest.raises(services.NotPossible):
            services.decide(mira, hit, decision="kept")
        services.decide(mira, hit, decision="kept", reason="perkara berjalan")
    with pytest.raises(services.NotPossible):
        services.answer(mira, request_, outcome="refused", answer="Tidak")
    services.answer(mira, request_, outcome="refused", answer="Tidak", article="ps. 15")
    with pytest.raises(services.NotPossible):
        services.answer(mira, request_, outcome="granted", answer="Ya")
    with pytest.raises(services.NotPossible):
        services.search(mira, request_)
    assert letter.pdf(request_).startswith(b"%PDF")


@pytest.mark.parametrize("key", ["sari", "nofri", "hendra", "tomi", "putri", "yusuf"])
def test_nobody_but_the_data_protection_officer_searches_for_a_name(world, request_, client, key):
    client.force_login(getattr(world, key).account)
    for page in ("cari", "jawab"):
        assert client.post(f"/pelindungan-data/{request_.pk}/{page}/").status_code == 403
    assert client.post(f"/pelindungan-data/temuan/{request_.hits.all()[0].pk}/", {"decision": "erased"}).status_code == 403
    with pytest.raises(PermissionDenied):
        services.search(world.actor(getattr(world, key)), request_)


def test_the_auditor_reads_the_register_and_not_the_name(world, request_, client):
    client.force_login(world.yusuf.account)
    assert request_.number in client.get("/pelindungan-data/").content.decode()
    page = client.get(f"/pelindungan-data/{request_.pk}/").content.decode()
    assert request_.number in page and NAME not in page and "datang sendiri" not in page


def test_a_request_is_taken_down_searched_and_shown_late(world, records, client):
    client.force_login(world.mira.account)
    asked = {"kind": "export", "name": NAME, "contact": "surat", "words": "", "day": "2026-01-02", "clock": "09:00"}
    page = client.post("/pelindungan-data/baru/", asked, follow=True)
    assert Hit.objects.count() == 3 and "Batas waktunya sudah lewat" in page.content.decode()
    assert "terlambat" in client.get("/pelindungan-data/").content.decode()
    assert client.post("/pelindungan-data/baru/", asked | {"name": "x", "day": "2999-01-01"}).status_code == 200
    assert Request.objects.count() == 1


def test_answered_requests_go_after_a_year(world, request_):
    mira = world.actor(world.mira)
    for hit in request_.hits.select_related("request__unit"):
        services.decide(mira, hit, decision="corrected")
    services.answer(mira, request_, outcome="partly", answer="Diperbaiki.")
    with clock.at(clock.now() + timedelta(days=366)):
        jobs.retain.func()
    assert not Request.objects.exists() and not Hit.objects.exists()
    assert Entry.objects.filter(act="request.expire").count() == 1


def test_an_officer_takes_her_own_data_and_nobody_elses(world, records, client):
    client.force_login(world.sari.account)
    assert "/data-saya/" in client.get("/saya/").content.decode()
    data = client.get("/data-saya/?unduh=1").json()
    assert data["officer"]["name"] == world.sari.name and len(data["reports"]) == 2
    client.force_login(world.joko.account)
    assert client.get("/data-saya/?unduh=1").json()["reports"] == []
    assert Entry.objects.filter(act="own.export").count() == 2


def test_the_data_protection_officer_notes_the_assessment_on_the_page(world, client, settings, tmp_path):
    (tmp_path / "keys").symlink_to(settings.DATA / "keys")
    settings.DATA = tmp_path
    (tmp_path / "dpia.md").write_text("Penilaian.")
    client.force_login(world.mira.account)
    page = client.get("/pelindungan-data/").content.decode()
    sha256 = page.split('name="sha256" value="')[1].split('"')[0]
    client.post("/pelindungan-data/dpia/", {"sha256": "0" * 64})
    assert not Entry.objects.filter(act="dpia.sign").exists()
    client.post("/pelindungan-data/dpia/", {"sha256": sha256})
    assert Entry.objects.get(act="dpia.sign").details == {"sha256": sha256}


def test_whoever_is_to_correct_it_is_told_and_not_by_whom(world, records, request_, client, run_jobs):
    report, _visit, _problem = records
    hit = request_.hits.select_related("request__unit").get(thing="fieldwork.report")
    services.decide(world.actor(world.mira), hit, decision="corrected")
    run_jobs()
    client.force_login(world.sari.account)
    page = client.get("/pemberitahuan/").content.decode()
    assert "menggunakan haknya meminta ini diperbaiki" in page and "Laporan: Pasar, " in page and NAME not in page
    assert (
        f"/laporan/{report.pk}/"
        in client.get(f"/pemberitahuan/{Notice.objects.get(officer=world.sari, kind='request.correct').pk}/", follow=True).redirect_chain[
            0
        ][0]
    )
    services.decide(world.actor(world.mira), hit, decision="kept", reason="sudah tepat")
    assert "menggunakan haknya" not in client.get("/pemberitahuan/").content.decode()


def test_a_day_before_its_time_is_over_the_data_protection_officer_is_told(world, request_, client):
    def told() -> bool:
        jobs.remind.func()
        client.force_login(world.mira.account)
        return "sebuah permintaan" in client.get("/pemberitahuan/").content.decode()

    assert not told()
    with clock.at(request_.due_at - timedelta(hours=23)):
        assert told()
    jobs.remind.func()
    assert Notice.objects.filter(kind="request.due").count() == 1


def test_what_waits_is_counted_beside_its_page_for_whoever_answers(world, request_, client):
    client.force_login(world.mira.account)
    tab = client.get("/").content.decode().split('href="/pelindungan-data/"')[1].split("</a>")[0]
    assert ">1<" in tab
    client.force_login(world.yusuf.account)
    tab = client.get("/").content.decode().split('href="/pelindungan-data/"')[1].split("</a>")[0]
    assert ">1<" not in tab
