"""Police units and what they answer for; where nobody does is listed."""

from collections.abc import Callable
from datetime import date, timedelta
from io import StringIO
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import IntegrityError, transaction
from django.test import Client

from rukun.access.scope import system
from rukun.audit.guard import writing_allowed
from rukun.audit.models import Entry
from rukun.territory.gaps import gaps
from rukun.territory.models import Area, Jurisdiction, Unit
from rukun.territory.services import NotPossible, change_unit, cover, found, uncover

CONSOLE = system("test")


def test_a_unit_stands_under_the_next_higher_kind_alone(world: SimpleNamespace) -> None:
    made = found(CONSOLE, world.res_rd, code="SEK-RT", name="Polsek Ranah Tibarau", kind="polsek")
    assert made.path.startswith(world.res_rd.path) and made.time_zone == world.res_rd.time_zone
    for parent, kind in ((world.polda_nc, "polsek"), (world.sek_kr, "polsek"), (None, "polda"), (world.res_rd, "kodim")):
        with pytest.raises(NotPossible):
            found(CONSOLE, parent, code="X", name="X", kind=kind)
    with pytest.raises(NotPossible):
        found(CONSOLE, world.res_rd, code="SEK-KR", name="X", kind="polsek")


def test_the_table_itself_holds_the_tree(world: SimpleNamespace) -> None:
    with pytest.raises(IntegrityError), transaction.atomic(), writing_allowed("test"):
        Unit.objects.create(code="X", name="X", kind="polsek", path="999")
    with pytest.raises(IntegrityError), transaction.atomic(), writing_allowed("test"):
        Area.objects.create(name="X", kind="nagari", level=4, path="99010", parent=world.koto_rimbo_district)


def test_who_answers_for_an_area_is_found_through_what_lies_above(world: SimpleNamespace) -> None:
    on = date(2026, 5, 12)
    jorong = Area.objects.filter(parent=world.aia_baliang).first()
    assert [unit.code for unit in Unit.objects.covering(jorong.path, on)] == ["SEK-KR", "RES-RD", "POLDA-NC"]
    assert next(unit.code for unit in Unit.objects.covering(world.tibarau_mudiak.path, on)) == "SEK-LA"
    assert not Unit.objects.covering(jorong.path, date(2020, 1, 1)).exists()


def test_police_and_government_borders_differ_and_change(world: SimpleNamespace) -> None:
    on = date(2026, 7, 1)
    assert cover(CONSOLE, world.sek_la, area=world.aia_baliang, valid_from=on) is not None
    assert cover(CONSOLE, world.sek_la, area=world.aia_baliang, valid_from=on) is None  # it does already
    assert {unit.code for unit in Unit.objects.covering(world.aia_baliang.path, on) if unit.kind == "polsek"} == {"SEK-KR", "SEK-LA"}
    held = Jurisdiction.objects.get(unit=world.sek_la, area=world.aia_baliang)
    uncover(CONSOLE, held, valid_until=on + timedelta(days=30))
    assert {unit.code for unit in Unit.objects.covering(world.aia_baliang.path, on + timedelta(days=30)) if unit.kind == "polsek"} == {
        "SEK-KR"
    }
    assert uncover(CONSOLE, held, valid_until=on) is None


def test_an_area_that_is_no_more_or_too_small_is_not_covered(world: SimpleNamespace) -> None:
    with pytest.raises(NotPossible):
        cover(CONSOLE, world.sek_la, area=Area.objects.filter(level=5).first(), valid_from=date(2026, 7, 1))


def test_an_area_that_no_polsek_answers_for_is_listed(world: SimpleNamespace) -> None:
    on = date(2026, 7, 1)
    assert [area.name for area in gaps(world.res_rd, on)] == ["Tibarau Ilia"]  # the Polsek of Lembah Alun has the other half
    assert gaps(world.sek_kr, on) == [] and gaps(world.polda_nc, on) == [] and gaps(world.mabes, on) == []
    for held in Jurisdiction.objects.filter(unit=world.sek_la):
        uncover(CONSOLE, held, valid_until=on)
    assert [area.name for area in gaps(world.res_rd, on)] == ["Lembah Alun", "Ranah Tibarau"]


def test_a_unit_is_closed_after_those_under_it(world: SimpleNamespace) -> None:
    with pytest.raises(NotPossible):
        change_unit(CONSOLE, world.res_rd, name=world.res_rd.name, closed_on=date(2026, 7, 1))
    change_unit(CONSOLE, world.sek_la, name=world.sek_la.name, closed_on=date(2026, 7, 1))
    assert not Unit.objects.covering(world.sungai_alun.path, date(2026, 7, 1)).filter(code="SEK-LA").exists()
    assert change_unit(CONSOLE, world.sek_kr, name=world.sek_kr.name, phone=world.sek_kr.phone) is None


@pytest.fixture
def tomi(world: SimpleNamespace, client: Client) -> Client:
    client.force_login(world.tomi.account)
    client.cookies["rukun_language"] = "en"
    return client


def test_tomi_founds_a_polsek_and_gives_it_an_area(world: SimpleNamespace, tomi: Client) -> None:
    assert "Mabes Polri" in tomi.get("/satuan/").content.decode()
    shown = tomi.get(f"/satuan/{world.res_rd.path}/").content.decode()
    assert "Tibarau Ilia" in shown and "no Polsek" in shown
    answer = tomi.post(
        f"/satuan/{world.res_rd.path}/baru/", {"code": "SEK-RT", "name": "Polsek Ranah Tibarau", "phone": "0000-117"}, follow=True
    )
    unit = Unit.objects.get(code="SEK-RT")
    assert unit.parent == world.res_rd and "No area yet" in answer.content.decode()
    tomi.post(f"/satuan/{unit.path}/wilayah/", {"area": "9901032002", "valid_from": "2026-06-01"})
    held = Jurisdiction.objects.get(unit=unit)
    assert held.area == world.tibarau_ilia and Entry.objects.filter(act="unit.cover").latest("pk").details["area"].startswith(
        "territory.area:"
    )
    assert "Tibarau Ilia" in tomi.get(f"/satuan/{unit.path}/").content.decode()
    tomi.post(f"/satuan/{unit.path}/wilayah/{held.pk}/lepas/")
    held.refresh_from_db()
    assert held.valid_until is not None
    tomi.post(f"/satuan/{unit.path}/ubah/", {"name": "Polsek Tibarau", "phone": ""})
    unit.refresh_from_db()
    assert (unit.name, unit.phone) == ("Polsek Tibarau", "")


@pytest.mark.parametrize(
    ("where", "sent"),
    [
        ("baru", {"code": "SEK-KR", "name": "X"}),
        ("baru", {"code": "", "name": "X"}),
        ("wilayah", {"area": "99.09", "valid_from": "2026-06-01"}),
        ("wilayah", {"area": "Agam", "valid_from": "2026-06-01"}),
        ("wilayah", {"area": "99.01", "valid_from": "kemarin"}),
        ("ubah", {"name": ""}),
    ],
)
def test_what_cannot_be_is_said_on_the_page(world: SimpleNamespace, tomi: Client, where: str, sent: dict[str, str]) -> None:
    answer = tomi.post(f"/satuan/{world.res_rd.path}/{where}/", sent)
    assert answer.status_code == 422 and 'role="alert"' in answer.content.decode()


def test_budi_sees_units_and_founds_none(world: SimpleNamespace, client: Client) -> None:
    client.force_login(world.budi.account)
    assert "Polsek Koto Rimbo" in client.get("/satuan/").content.decode()
    assert client.get(f"/satuan/{world.sek_la.path}/").status_code == 404
    assert client.get(f"/satuan/{world.sek_kr.path}/").status_code == 200
    assert client.post(f"/satuan/{world.sek_kr.path}/wilayah/", {"area": "99", "valid_from": "2026-06-01"}).status_code == 403
    with pytest.raises(PermissionDenied):
        cover(world.actor(world.budi), world.sek_kr, area=world.sungai_alun, valid_from=date(2026, 6, 1))


def test_the_first_unit_is_mabes(db: None, world: SimpleNamespace, tomi: Client) -> None:
    assert tomi.get("/satuan/pertama/").status_code == 200
    assert tomi.post("/satuan/pertama/", {"code": "MABES-2", "name": "Mabes"}).status_code == 302
    assert Unit.objects.get(code="MABES-2").kind == "mabes"


UNITS = """code,name,kind,parent,phone,areas
RES-RD,Polres Rimbo Data,polres,POLDA-NC,0000-111,99.01
SEK-RT,Polsek Ranah Tibarau,polsek,RES-RD,0000-117,99.01.03 99.01.02.2004
"""


def test_units_come_from_a_file_and_again_change_nothing(
    world: SimpleNamespace, publish: Callable[..., Path], territory: Callable[..., SimpleNamespace]
) -> None:
    assert "1 units founded, 0 changed, 2 areas given to them, 1 rows known already" in territory("units", publish("units.csv", UNITS)).text
    assert gaps(world.res_rd, date(2999, 1, 1)) == []
    assert "0 units founded, 0 changed, 0 areas given to them, 2 rows known already" in territory("units", publish("units.csv", UNITS)).text


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("SEK-XX,Polsek X,polsek,RES-XX,,", "RES-XX"),
        ("SEK-XX,Polsek X,polda,RES-RD,,", "Polres"),
        ("SEK-XX,Polsek X,polsek,RES-RD,,99.09", "99.09"),
        (",Polsek X,polsek,RES-RD,,", r"units\.csv:4: A unit needs a code"),
    ],
)
def test_a_file_of_units_with_a_bad_row_founds_none(
    world: SimpleNamespace, publish: Callable[..., Path], territory: Callable[..., SimpleNamespace], row: str, why: str
) -> None:
    before = Unit.objects.count()
    with pytest.raises(CommandError, match=why):
        territory("units", publish("units.csv", UNITS + row + "\n"))
    assert Unit.objects.count() == before


def test_units_are_looked_at_in_a_rehearsal_and_may_stand_in_any_order(world: SimpleNamespace, publish: Callable[..., Path]) -> None:
    rows = UNITS.splitlines()
    file = publish(
        "units.csv",
        ";".join(rows[0].split(","))
        + "\n"
        + "\n".join(
            ";".join(row.split(","))
            for row in (*reversed(rows[1:]), "RES-XX,Polres Baru,polres,Polda Nusa Contoh,,", "SEK-XX,Polsek Baru,polsek,RES-XX,,")
        ),
    )
    said = command("units", "import", file, "--dry-run")
    assert (
        "A rehearsal" in said and "Polsek Ranah Tibarau: new, under Polres Rimbo Data" in said and "answers for Ranah Tibarau now" in said
    )
    assert (
        not Unit.objects.filter(code__in=("SEK-RT", "RES-XX")).exists()
        and not Entry.objects.filter(act="unit.found", at__year=2999).exists()
    )
    assert "3 units founded, 0 changed, 2 areas given" in command("units", "import", file)
    assert Unit.objects.get(code="SEK-XX").parent.code == "RES-XX"


def test_what_a_file_changes_is_said_word_by_word(world: SimpleNamespace, publish: Callable[..., Path]) -> None:
    file = publish(
        "units.csv", "kode,nama,jenis,induk,telepon,wilayah\nSEK-KR,Polsek Koto Rimbo Baru,polsek,RES-RD,0000-999,Koto Rimbo/Aia Baliang\n"
    )
    said = command("units", "import", file)
    assert "name: “Polsek Koto Rimbo” becomes “Polsek Koto Rimbo Baru”" in said and "telephone: “0000-113” becomes “0000-999”" in said
    assert Jurisdiction.objects.filter(unit=world.sek_kr, area=world.aia_baliang).exists()


def test_rows_that_cannot_be_taken_are_set_aside_and_can_be_mended(
    world: SimpleNamespace, publish: Callable[..., Path], tmp_path: Path
) -> None:
    file = publish(
        "units.csv",
        UNITS
        + 'SEK-XX,Polsek X,polsek,RES-XX,,\nSEK-YY,"=HYPERLINK(1)",polsek,RES-RD,,\nSEK-ZZ,Polsek Z,polsek,POLDA-NC,,\nSEK-KR,Polsek Koto Rimbo,polsek,RES-SC,,\n',
    )
    said = command("units", "import", file, "--skip-bad", tmp_path / "bad.csv")
    assert "4 rows were set aside" in said and Unit.objects.filter(code="SEK-RT").exists()
    kept = (tmp_path / "bad.csv").read_text(encoding="utf-8-sig")
    assert kept.startswith("file,line,why,remedy,code,name") and "'=HYPERLINK" in kept and "a unit does not move" in kept
    (tmp_path / "bad.csv").write_text(kept.replace("RES-XX", "RES-RD"), encoding="utf-8")
    with pytest.raises(CommandError, match=r"formula"):
        command("units", "import", tmp_path / "bad.csv")
    assert "1 units founded" in command("units", "import", tmp_path / "bad.csv", "--skip-bad", tmp_path / "worse.csv")
    with pytest.raises(CommandError, match="holds something else"):
        command("units", "import", file, "--skip-bad", file)


def test_tomi_brings_in_units_on_a_page(world: SimpleNamespace, tomi: Client) -> None:
    assert "/satuan/berkas/" in tomi.get("/satuan/").content.decode() and tomi.get("/satuan/berkas/").status_code == 200
    seen = tomi.post("/satuan/berkas/", {"file": SimpleUploadedFile("units.csv", UNITS.encode())})
    assert "Polsek Ranah Tibarau" in seen.content.decode() and not Unit.objects.filter(code="SEK-RT").exists()
    assert "1 new" in tomi.post("/satuan/berkas/", {"text": seen.context["text"]}, follow=True).content.decode()
    assert Unit.objects.filter(code="SEK-RT").exists()
    wrong = tomi.post("/satuan/berkas/", {"file": SimpleUploadedFile("units.csv", UNITS.replace("RES-RD,0000-117", "RES-XX,").encode())})
    assert wrong.status_code == 422 and "Line 3" in wrong.content.decode()


def test_nobody_but_the_administrator_brings_in_units(world: SimpleNamespace, client: Client) -> None:
    for person in (world.budi, world.sari, world.yusuf):
        client.force_login(person.account)
        assert client.get("/satuan/berkas/").status_code == 403


def command(*words: object) -> str:
    out = StringIO()
    call_command(*map(str, words), stdout=out)
    return out.getvalue()
