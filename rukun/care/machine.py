"""What the machine itself must be: HTTPS, sound settings, secrets that nobody else reads, a durable database, room on the disk."""

import shutil
import stat
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core import checks
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from rukun.audit.models import Entry
from rukun.care import rules
from rukun.care.findings import ADVICE, OK, Finding, told
from rukun.lib import clock, jobs

LOCAL = {"localhost", "127.0.0.1", "[::1]"}
PRAGMAS = {"journal_mode": ("wal",), "synchronous": (2, 3), "secure_delete": (1,), "foreign_keys": (1,)}
POSTGRES = {"fsync": ("on",), "synchronous_commit": ("on", "remote_write", "remote_apply"), "full_page_writes": ("on",)}


def https(now: datetime) -> Finding:
    faults = []
    if not settings.HTTPS:
        faults.append(_("RUKUN_HTTPS is off"))
    if not set(settings.ALLOWED_HOSTS) - LOCAL or "*" in settings.ALLOWED_HOSTS:
        faults.append(_("RUKUN_HOSTS names no host of your own"))
    if not settings.SESSION_COOKIE_SECURE or not settings.SESSION_COOKIE_NAME.startswith("__Host-"):
        faults.append(_("cookies are not secure"))
    says = "; ".join(faults) or _("Cookies are secure, plain HTTP is redirected, hosts: %s.") % ", ".join(settings.ALLOWED_HOSTS)
    todo = _(
        "Put a web server with a certificate before rukun, let it send X-Forwarded-Proto and X-Real-IP, then set RUKUN_HTTPS=1 and RUKUN_HOSTS."
    )
    return told("https", _("HTTPS"), not faults, says, todo)


def worker(now: datetime) -> Finding:
    alive = jobs.somebody_works(now)
    says = _("It gave a sign of life within the last minute.") if alive else _("No sign of life within the last minute.")
    return told("worker", _("The worker lives"), alive, says, _("Start it with “rukun worker”, or see why it stopped in the system's log."))


def sound_settings(now: datetime) -> Finding:
    faults = [_("RUKUN_DEBUG is on")] if settings.DEBUG else []
    faults += [_("RUKUN_DEMO is on")] if settings.DEMO else []
    faults += [_("RUKUN_SECOND_FACTOR is none")] if settings.SECOND_FACTOR == "none" else []
    faults += [f"{message.id}" for message in checks.run_checks(include_deployment_checks=True) if message.level >= checks.WARNING]
    says = "; ".join(faults) or _("No warning of Django's, no debugging, no demo.")
    return told("settings", _("Settings are sound"), not faults, says, _("See docs/reference/settings.md, and “rukun check --deploy”."))


def secrets(now: datetime) -> Finding:
    folder = Path(settings.DATA) / "keys"
    loose = [file.name for file in (*folder.glob("*"), folder) if file.suffix != ".pub" and bits(file) & 0o077]
    says = _("Readable by others: %s") % ", ".join(sorted(loose)) if loose else _("Keys are readable by their owner alone.")
    return told("secrets", _("Secrets are secret"), not loose, says, _("Run: chmod -R go= on the folder “keys” in the data folder."))


def bits(file: Path) -> int:
    return stat.S_IMODE(file.stat().st_mode)


def database(now: datetime) -> Finding:
    faults = sqlite_faults() if connection.vendor == "sqlite" else postgres_faults()
    says = "; ".join(faults) or _("A commit is on the disk when it is acknowledged; what is erased is overwritten.")
    return told("database", _("The database keeps what it is told"), not faults, says, _("See docs/how-to/go-real.md, “The database”."))


def sqlite_faults() -> list[str]:
    faults = []
    with connection.cursor() as cursor:
        for name, good in PRAGMAS.items():
            found = cursor.execute(f"PRAGMA {name}").fetchone()[0]
            if found not in good:
                faults.append(f"{name} = {found}")
    return faults


def postgres_faults() -> list[str]:
    faults = []
    with connection.cursor() as cursor:
        for name, good in POSTGRES.items():
            cursor.execute("SELECT current_setting(%s)", [name])
            if (found := cursor.fetchone()[0]) not in good:
                faults.append(f"{name} = {found}")
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        if cursor.fetchone()[0]:
            faults.append(_("rukun connects as a superuser"))
    return faults


def disk(now: datetime) -> Finding:
    use = shutil.disk_usage(settings.DATA)
    says = _("%(free).1f GB of %(all).1f GB are free.") % {"free": use.free / 1024**3, "all": use.total / 1024**3}
    return told("disk", _("Room on the disk"), use.free >= rules.DISK_FREE, says, _("Make room, or give the data folder a larger disk."))


def sane_clock(now: datetime) -> Finding:
    newest = Entry.objects.order_by("-pk").values_list("at", flat=True).first()
    good = not clock.is_simulated() and (newest is None or newest <= now + timedelta(minutes=2))
    says = _("It is %s.") % f"{now:%Y-%m-%d %H:%M} UTC" if good else _("The book holds entries from after now.")
    return told(
        "clock", _("The clock goes right"), good, says, _("Let the machine take its time from the network (systemd-timesyncd, chrony).")
    )


def migrations(now: datetime) -> Finding:
    executor = MigrationExecutor(connection)
    behind = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    says = _("The database is %d steps behind this version.") % behind if behind else _("The database is as this version needs it.")
    return told("migrations", _("The database fits the version"), not behind, says, _("Make a backup, then run “rukun migrate”."))


def dead_jobs(now: datetime) -> Finding:
    dead = len(jobs.dead())
    says = _("%d jobs failed five times.") % dead if dead else _("None failed five times.")
    return Finding("jobs", _("No background job is dead"), ADVICE if dead else OK, says, _("See the page “Mesin”.") if dead else "")
