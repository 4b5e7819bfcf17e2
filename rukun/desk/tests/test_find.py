"""Search: matters and places, within what one may see, found in every form of a word; never persons, never what VUL codes say."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection

from rukun.audit.door import maintenance
from rukun.audit.guard import WriteOutsideAct
from rukun.desk.find import excerpt, find, marked
from rukun.fieldwork import services
from rukun.fieldwork.found import found_of
from rukun.fieldwork.models import Report, ReportQuerySet, new_id
from rukun.lib import clock
from rukun.problems import services as problems
from rukun.problems.models import Problem, ProblemQuerySet
from rukun.search import index
from rukun.search.models import Entry
from rukun.search.rules import question


def said(report, **more):
    return {
        "title": report.title,
        "facts": report.facts,
        "basis": report.basis,
        "happened_at": report.happened_at,
        "code": report.code_id,
    } | more


def titles(actor, text):
    return {hit.row.title for hit in find(actor, text).reports}


def test_a_report_is_found_by_any_form_of_its_words_by_its_place_and_by_its_kind(world, told):
    told(world.rahmi, world.pasar, "Warga melaporkan sapi dicuri", "CRM-01")
    nofri = world.actor(world.nofri)
    for asked in ("pencurian", "sapi lapor", "dilaporkan", "pasar", "aia baliang", "ternak", "CRM-01", "sap", "SAPI   Pasar"):
        assert titles(nofri, asked) == {"Warga melaporkan sapi dicuri"}, asked
    for asked in ("kambing", "sapi kambing", "", "  ", "!!", "api"):
        assert titles(nofri, asked) == set(), asked


def test_each_finds_what_each_may_see_and_no_count_tells_of_more(world, told, page):
    told(world.rahmi, world.pasar, "Motor hilang di parkiran")
    assert titles(world.actor(world.budi), "motor") == titles(world.actor(world.rahmi), "motor") == {"Motor hilang di parkiran"}
    for other in (world.joko, world.sari, world.lina):  # another sector; no author of it
        assert titles(world.actor(other), "motor") == set()
    assert "Motor hilang" not in page(world.joko, "/cari/?q=motor")
    assert "Tidak ada di wilayah Anda" in page(world.joko, "/cari/?q=motor")


def test_who_reads_neither_reports_nor_problems_has_no_search(world, signed_in):
    for who in (world.yusuf, world.mira, world.tomi):
        assert signed_in(who).get("/cari/?q=motor").status_code == 403
        assert b'action="/cari/"' not in signed_in(who).get("/").content
    assert b'action="/cari/"' in signed_in(world.nofri).get("/").content


def test_the_places_of_the_index_are_those_of_the_scope(world, told):
    """For each of the cast and each thing: found by the index if and only if seen by the scope."""
    places = [world.pasar, world.guguak_sapan]
    reports = [told(world.rahmi, place, "Motor hilang") for place in places]
    reports.append(told(world.fadli, world.koto_rimbo, "Motor hilang"))
    opened = problems.open_from_reports(world.actor(world.nofri), reports[0], title="Motor hilang", code="CRM-03", stage="AG", severity=3)
    problems.assign(world.actor(world.nofri), opened, owner=world.fadli)
    everyone = [person for name, person in vars(world).items() if type(person).__name__ == "Officer"]
    assert len(everyone) > 10
    for person in everyone:
        actor = world.actor(person)
        for kind, queryset, model in (("report", ReportQuerySet, Report), ("problem", ProblemQuerySet, Problem)):
            keys, _ = index.find(kind, question("motor"), index.reach(actor, queryset), size=50)
            assert set(keys) == {str(pk) for pk in model.objects.within(actor).values_list("pk", flat=True)}, (person, kind)


def test_a_problem_is_found_as_it_is_described_and_by_who_holds_it(world, told):
    report = told(world.rahmi, world.pasar, "Motor hilang")
    nofri = world.actor(world.nofri)
    opened = problems.open_from_reports(nofri, report, title="Curanmor di pasar", code="CRM-03", stage="AG", severity=3)
    assert [hit.row for hit in find(nofri, "curanmor pasar").problems] == [opened]
    problems.describe(nofri, opened, analysis="Parkiran gelap tanpa penjaga.")
    assert [hit.row for hit in find(nofri, "penjaga gelap").problems] == [opened]


def test_what_people_at_risk_went_through_is_not_found(world, told):
    nofri = world.actor(world.nofri)
    told(world.rahmi, world.pasar, "Pertengkaran di satu rumah", "VUL-01")
    report = told(world.rahmi, world.pasar, "Teriakan di satu rumah", None)
    assert titles(nofri, "rumah") == {"Teriakan di satu rumah"}
    services.assess(nofri, report, stage="PG", severity=None, code="CON-03", other_codes=["VUL-03"])
    assert titles(nofri, "rumah") == set()
    services.assess(nofri, report, stage="PG", severity=None, code="CON-03")
    assert titles(nofri, "rumah") == {"Teriakan di satu rumah"}
    opened = problems.open_from_reports(nofri, report, title="Teriakan di rumah", code="VUL-01", stage="AG", severity=3)
    assert find(nofri, "teriakan").problems == []
    problems.describe(nofri, opened, code="CON-03")
    assert [hit.row for hit in find(nofri, "teriakan").problems] == [opened]


def test_practice_and_older_versions_are_not_found(world, told):
    rahmi, nofri = world.actor(world.rahmi), world.actor(world.nofri)
    services.receive_report(
        rahmi, world.pasar, id=new_id(), title="Latihan motor", facts="Latihan.", basis="told", happened_at=clock.now(), practice=True
    )
    report = told(world.rahmi, world.pasar, "Motor hilang berstiker zeppelin")
    newer = services.correct_report(rahmi, report, **said(report, title="Motor hilang", facts="Motor hilang."), identity=True)
    assert titles(nofri, "motor") == {"Motor hilang"}
    assert not Entry.objects.filter(terms__contains="zeppelin").exists()
    assert list(Entry.objects.values_list("key", flat=True)) == [str(newer.pk)]


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ("1371110101010001", "Nomor orang, telepon, dan kendaraan tidak disimpan di sini"), ("0812-3456-7890", "Nomor orang"),
        ("BA 1234 XY", "Nomor orang"), ("pak Rusdi", "Orang tidak dicari di sini"), ("Siti Aminah", "Orang tidak dicari di sini"),
    ],
)  # fmt: skip
def test_who_looks_for_a_person_is_told_to_look_for_the_matter(world, page, asked, sentence):
    read = page(world.nofri, f"/cari/?q={asked}")
    assert sentence in read
    assert "Silakan cari masalah dan tempatnya." in read


def test_places_are_found_by_name_the_same_words_first(world, page):
    nofri = world.actor(world.nofri)
    assert [str(area) for area in find(nofri, "koto rimbo").places] == ["Koto Rimbo", "Koto Rimbo"]
    assert [str(area) for area in find(nofri, "pasar").places] == ["Pasar"]
    assert find(nofri, "sungai alun").places == []  # of another sector
    assert f'href="/wilayah/{world.pasar.path}/"' in page(world.nofri, "/cari/?q=pasar")


def test_words_that_were_found_are_marked_and_the_text_begins_near_them():
    asked = question("pencurian motor")
    assert marked("Motor warga dicuri.", asked) == [("Motor", True), (" warga ", False), ("dicuri", True), (".", False)]
    long = "Hujan lebat. " * 30 + "Motor dicuri di parkiran. " + "Lalu sepi. " * 30
    parts = excerpt(long, asked)
    assert parts[0] == ("… ", False)
    assert ("Motor", True) in parts
    assert sum(len(text) for text, _ in parts) < 260
    assert "".join(text for text, _ in parts).strip("… ") in long


def test_marks_are_text_and_never_code(world, told, page):
    told(world.rahmi, world.pasar, "Motor <script>alert(1)</script> hilang")
    read = page(world.nofri, "/cari/?q=motor")
    assert "<mark>Motor</mark> &lt;script&gt;" in read


def test_the_older_follow_by_key_and_a_bent_mark_begins_at_the_top(world, page):
    for number in range(13):
        moment = clock.now() - timedelta(hours=3)
        services.receive_report(
            world.actor(world.rahmi),
            world.pasar,
            id=new_id(),
            title=f"Motor hilang ke-{number}",
            facts="Hilang.",
            basis="told",
            happened_at=moment,
        )
    nofri = world.actor(world.nofri)
    first = find(nofri, "motor")
    assert [hit.row.title for hit in first.reports][:2] == ["Motor hilang ke-12", "Motor hilang ke-11"]
    rest = find(nofri, "motor", reports_before=first.older_reports)
    assert len(first.reports) + len(rest.reports) == 13
    assert rest.older_reports is None
    assert "ke-12" in page(world.nofri, "/cari/?q=motor&laporan=x")
    assert "ke-0" in page(world.nofri, f"/cari/?q=motor&laporan={first.older_reports}")


@pytest.mark.parametrize(
    "asked",
    ['"', "'", "motor' OR 1=1", "motor:*", "a & b", "NEAR(motor)", "terms:motor", "_a", "_a13", "*" * 50, "x" * 5000, "😀", "(motor"],
)
def test_whatever_is_typed_is_answered(world, page, asked):
    page(world.nofri, "/cari/?q=" + asked.replace("&", "%26"))


def test_what_can_be_found_changes_inside_an_act_alone(world, told):
    report = told(world.rahmi, world.pasar, "Motor hilang")
    with pytest.raises(WriteOutsideAct):
        index.put(found_of(report))


def test_an_index_that_fell_behind_is_known_and_made_anew(world, told, capsys):
    told(world.rahmi, world.pasar, "Motor hilang"), told(world.rahmi, world.guguak_sapan, "Sapi hilang", "CRM-01")
    assert index.differences() == (0, 0)
    with maintenance("fault"):
        Entry.objects.first().delete()
        Entry.objects.create(kind="report", key="stray", terms="_kreport _a motor")
    with pytest.raises(SystemExit):
        call_command("search", "check")
    call_command("search", "rebuild")
    call_command("search", "check")
    assert "All that should be found is" in capsys.readouterr().out
    assert titles(world.actor(world.nofri), "hilang") == {"Motor hilang", "Sapi hilang"}


@pytest.mark.django_db(transaction=True)
class TestOnDisk:
    """What an erasure leaves behind, looked for in the files themselves."""

    @pytest.fixture
    def kept(self, transactional_db):
        from rukun.demo.cast import cast

        return cast()

    def test_a_word_that_was_erased_is_in_no_page_of_the_index(self, kept):
        rahmi = kept.actor(kept.rahmi)

        def tell(title):
            return services.receive_report(
                rahmi, kept.aia_baliang, id=new_id(), title=title, facts=title, basis="told", happened_at=clock.now()
            )

        for number in range(40):
            tell(f"Motor hilang {number}")
        report = tell("Motor berstiker zeppelin")
        assert b"zeppelin" in everything()
        services.correct_report(rahmi, report, **said(report, title="Motor hilang", facts="Motor hilang."), identity=True)
        assert b"zeppelin" not in everything()
        assert titles(kept.actor(kept.nofri), "motor 17") == {"Motor hilang 17"}


def everything() -> bytes:
    """All that the index holds, as it lies in its tables (PostgreSQL: as VACUUM left it, its size alone can be asked)."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT block FROM search_text_data UNION ALL SELECT CAST(terms AS BLOB) FROM search_entry")
        else:
            cursor.execute("SELECT convert_to(terms, 'UTF8') FROM search_entry")
        return b"\n".join(bytes(row[0]) for row in cursor.fetchall())
