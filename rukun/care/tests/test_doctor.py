"""The doctor names what is missing, grants real mode only where nothing is, and every page says which of the two it is."""

import json
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.urls import reverse
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from rukun.access.scope import system
from rukun.audit import book, keepers, keys
from rukun.audit.door import note
from rukun.audit.models import Entry
from rukun.care import doctor, machine, mode, proofs, services
from rukun.care.findings import MISSING, OK, Finding
from rukun.care.models import Permit
from rukun.lib import clock, jobs

PRACTICE = "Latihan"


@pytest.fixture
def signed(world, data: Path) -> str:
    """The assessment lies in the data folder, and the data-protection officer has signed it."""
    (data / "dpia.md").write_text("Penilaian dampak, ditandatangani.")
    services.sign_assessment(
        world.actor(world.mira), services.ground(world.actor(world.mira)), name="dpia.md", sha256=mode.digest(data / "dpia.md")
    )
    return mode.digest(data / "dpia.md")


def fine(*keys: str) -> list[Finding]:
    return [Finding(key, key, OK, "") for key in keys]


def test_a_bare_house_names_each_thing_that_is_missing_and_what_to_do(data, world, capsys):
    with pytest.raises(SystemExit) as ended:
        call_command("doctor", "--json")
    told = json.loads(capsys.readouterr().out)
    found = {finding["key"]: finding for finding in told["findings"]}
    assert ended.value.code == 1
    assert (told["granted"], told["mode"]) == (False, "latihan")
    assert {key for key, finding in found.items() if finding["state"] == MISSING} >= {
        "keeper", "backup", "rehearsal", "dpia", "https", "worker", "settings", "retention",
    }  # fmt: skip
    assert all(finding["todo"] for finding in found.values() if finding["state"] == MISSING)
    assert {key: found[key]["says"] for key in ("migrations", "disk", "clock") if found[key]["state"] != OK} == {}


def test_a_server_without_a_single_table_is_answered_too(tmp_path):
    """As it is right after the installation: no migration has run, and each thing is named with its next step."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("RUKUN_")} | {"RUKUN_DATA": str(tmp_path)}
    answer = subprocess.run(
        [sys.executable, "-c", "from rukun.site.cli import main; main()", "doctor", "--json"],
        capture_output=True,
        text=True,
        env=env,
        check=False,
    )
    assert answer.returncode == 1, answer.stderr
    told = json.loads(answer.stdout)
    found = {finding["key"]: finding for finding in told["findings"]}
    assert told["granted"] is False and "Traceback" not in answer.stderr
    assert {"keeper", "backup", "dpia", "https", "worker", "migrations", "whole_book"} <= set(found)
    assert all(finding["todo"] for finding in found.values() if finding["state"] == MISSING)


def test_the_doctor_grants_nothing_while_something_is_missing(world, data):
    with pytest.raises(services.NotGranted, match="HTTPS"):
        services.grant(system("console"), found=[Finding("https", "HTTPS", MISSING, "")], dpia="")
    with pytest.raises((CommandError, SystemExit)):
        call_command("doctor", "--grant")
    assert not Permit.objects.exists()


def test_what_was_granted_holds_until_the_assessment_is_another_or_somebody_takes_it_back(world, data, signed, settings):
    settings.MODE = "real"
    assert not mode.is_real()
    permit = services.grant(world.actor(world.tomi), found=fine("https"), dpia=signed)
    assert mode.is_real()
    assert Entry.objects.get(act="mode.grant").details == {"dpia": signed}
    assert services.grant(world.actor(world.tomi), found=fine("https"), dpia=signed) is None
    (data / "dpia.md").write_text("Another text, signed by nobody.")
    assert not mode.is_real()
    (data / "dpia.md").write_text("Penilaian dampak, ditandatangani.")
    services.withdraw(world.actor(world.tomi), permit, reason="pindah mesin")
    assert not mode.is_real()


@pytest.mark.parametrize("key", ["sari", "nofri", "hendra", "mira", "yusuf"])
def test_only_the_administrator_grants(world, data, signed, key):
    with pytest.raises(PermissionDenied):
        services.grant(world.actor(getattr(world, key)), found=fine("https"), dpia=signed)


def test_only_the_data_protection_officer_signs_and_only_what_lies_there(world, data):
    (data / "dpia.md").write_text("teks")
    with pytest.raises(PermissionDenied):
        services.sign_assessment(
            world.actor(world.tomi), services.ground(world.actor(world.tomi)), name="dpia.md", sha256=mode.digest(data / "dpia.md")
        )
    with pytest.raises(services.NotGranted):
        services.sign_assessment(world.actor(world.mira), services.ground(world.actor(world.mira)), name="dpia.md", sha256="0" * 64)
    assert proofs.assessment(clock.now()).hinders
    services.sign_assessment(
        world.actor(world.mira), services.ground(world.actor(world.mira)), name="dpia.md", sha256=mode.digest(data / "dpia.md")
    )
    assert not proofs.assessment(clock.now()).hinders


def test_every_page_says_that_it_is_practice_until_it_is_granted(world, data, signed, settings, client, monkeypatch):
    for address in ("/", reverse("account_login"), "/bukan-halaman/"):
        assert PRACTICE in client.get(address, follow=True).content.decode()
    settings.MODE = "real"
    assert PRACTICE in client.get("/", follow=True).content.decode()  # asked for, but nobody has granted it
    services.grant(world.actor(world.tomi), found=fine("https"), dpia=signed)
    monkeypatch.setattr(mode, "_known", (0.0, False))
    assert PRACTICE not in client.get("/", follow=True).content.decode()


def test_what_is_printed_says_so_too():
    style = (Path(__file__).parents[2] / "web/static/web/rukun.css").read_text()
    assert ".practice" not in style.split("@media print")[1].split("display: none")[0]


def test_a_keeper_acknowledges_a_checkpoint_and_only_one_that_the_book_has(
    world, data, tmp_path, monkeypatch, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        note(system("test"), proofs_note())
        book.sequence()
    monkeypatch.chdir(tmp_path)
    assert keepers.main(["new", "kampus"]) == 0
    call_command("audit", "keeper", "kampus.pub")
    call_command("audit", "export", "kept.jsonl")
    assert proofs.keeper(clock.now()).hinders
    said = keepers.sign(tmp_path / "kept.jsonl", tmp_path / "kampus.key", data / "keys" / keys.PUBLIC)
    (tmp_path / "ack.txt").write_text(said)
    call_command("audit", "acknowledge", "ack.txt")
    assert not proofs.keeper(clock.now()).hinders
    assert proofs.keeper(clock.now() + timedelta(days=8)).hinders
    keepers.main(["new", "orang-lain"])
    (tmp_path / "other.txt").write_text(keepers.sign(tmp_path / "kept.jsonl", tmp_path / "orang-lain.key", data / "keys" / keys.PUBLIC))
    for text in ("other.txt", "kampus.pub"):
        with pytest.raises(CommandError):
            call_command("audit", "acknowledge", text)
    lines = said.split("\n")
    lines[1] = "7"
    (tmp_path / "changed.txt").write_text("\n".join(lines))
    with pytest.raises(CommandError):
        call_command("audit", "acknowledge", "changed.txt")


def proofs_note() -> str:
    return services.VERIFIED


def test_a_backup_and_a_rehearsal_grow_old(world, data):
    now = clock.now()
    note(system("backup"), services.BACKED_UP, backup="rukun-x", size=1)
    note(system("backup"), services.REHEARSED, backup="rukun-x", size=1)
    assert not proofs.backup(now).hinders and not proofs.rehearsal(now).hinders
    assert proofs.backup(now + timedelta(hours=25)).hinders
    assert proofs.rehearsal(now + timedelta(days=91)).hinders


def test_old_data_counts_as_erased_when_every_job_has_run(world, data):
    now = clock.now()
    assert proofs.retention(now).hinders
    for path, (_interval, job) in jobs.EVERY.items():
        if path.endswith((".retain", "audit.jobs.expire")):
            job.enqueue()
    DBTaskResult.objects.update(status=TaskResultStatus.SUCCESSFUL, finished_at=now)
    assert not proofs.retention(now).hinders
    assert proofs.retention(now + timedelta(days=2)).hinders


def test_keys_that_others_can_read_are_named(data):
    (data / "keys" / "entry.key").write_text("x")
    (data / "keys" / "entry.key").chmod(0o644)
    assert "entry.key" in machine.secrets(clock.now()).says
    (data / "keys" / "entry.key").chmod(0o600)
    assert not machine.secrets(clock.now()).hinders


def test_a_clock_that_goes_wrong_is_noticed(world, data):
    assert not machine.sane_clock(clock.now()).hinders
    assert machine.sane_clock(clock.now() - timedelta(days=400)).hinders


def test_debugging_and_the_demo_are_no_settings_for_real_work(data, settings):
    settings.DEBUG = settings.DEMO = True
    says = machine.sound_settings(clock.now()).says
    assert "RUKUN_DEBUG" in says and "RUKUN_DEMO" in says


def test_with_https_set_django_warns_of_nothing(tmp_path):
    code = (
        "import django; django.setup(); from rukun.care import machine; from rukun.lib import clock;"
        "print(machine.https(clock.now()).state, machine.sound_settings(clock.now()).state)"
    )
    house = {
        "DJANGO_SETTINGS_MODULE": "rukun.site.settings", "RUKUN_DATA": str(tmp_path), "RUKUN_HTTPS": "1",
        "RUKUN_HOSTS": "rukun.contoh.go.id", "PATH": os.environ["PATH"],
    }  # fmt: skip
    done = subprocess.run([sys.executable, "-c", code], env=house, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["ok", "ok"]


def test_a_real_house_does_not_start_before_it_is_granted(tmp_path):
    own = {name: value for name, value in os.environ.items() if not name.startswith("RUKUN_")}
    house = own | {"RUKUN_DATA": str(tmp_path), "RUKUN_MODE": "real"}
    rukun = [sys.executable, "-c", "from rukun.site.cli import main; main()"]
    subprocess.run([*rukun, "migrate", "-v0"], env=house, check=True, capture_output=True)
    done = subprocess.run([*rukun, "run"], env=house, capture_output=True, text=True)
    assert done.returncode == 1
    assert "nothing was started" in done.stderr and "RUKUN_HTTPS" in done.stderr and "->" in done.stderr


def test_the_machines_page_shows_the_same_list(world, data, client):
    client.force_login(world.tomi.account)
    page = client.get("/mesin/").content.decode()
    assert all(str(finding.title) in page for finding in doctor.glance(clock.now()))
    assert "RUKUN_HTTPS" in page
