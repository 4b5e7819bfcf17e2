"""rukun restore: tries a backup, or puts it in place; what was erased since stays erased."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import Error

from rukun.access.scope import system
from rukun.audit import book, erasures, pen
from rukun.audit.__main__ import draw
from rukun.audit.door import note
from rukun.care import postgres, restore, services, vault
from rukun.lib import clock, jobs


class Command(BaseCommand):
    help = "Restores a backup into an empty data folder, or rehearses it; 0: the book in it is whole, 1: it is not, 2: nothing was done"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("backup", type=Path)
        parser.add_argument("--key", type=Path, help="the file that its holder brings")
        parser.add_argument("--public", type=Path, help="a keeper's copy of book.pub: only a backup that it signed is taken")
        parser.add_argument("--rehearse", action="store_true", help="open it, examine it, touch nothing")
        parser.add_argument("--force", action="store_true", help="move what is in the data folder aside first")
        parser.add_argument("--settle", action="store_true", help="what follows a restore: migrate, erase again, examine; may be run again")

    def handle(self, backup: Path, key: Path | None, public: Path | None, rehearse: bool, force: bool, settle: bool, **_: Any) -> None:
        try:
            if settle:
                return self.settle(backup)
            if key is None:
                raise CommandError("Say with which key: --key FILE", returncode=2)
            self.rehearse(backup, key, public) if rehearse else self.put(backup, key, public, force)
        except (restore.NotRestored, vault.NotOpened, postgres.NoTool, OSError) as wrong:
            raise CommandError(str(wrong), returncode=2) from wrong

    def rehearse(self, backup: Path, key: Path, public: Path | None) -> None:
        manifest, report = restore.rehearse(backup, vault.read_private(key), public)
        self.stdout.write(f"{backup.name}, made at {manifest['made_at']}, opens. {draw(report)}")
        if not report.whole:
            raise SystemExit(1)
        note(system("backup"), services.REHEARSED, backup=backup.name, size=report.sealed)

    def put(self, backup: Path, key: Path, public: Path | None, force: bool) -> None:
        if somebody_works():
            raise CommandError("rukun is running on this database. Stop it first; nothing was changed.", returncode=2)
        manifest, aside = restore.restore(backup.resolve(), vault.read_private(key), force=force, public=public, now=clock.now())
        self.stdout.write(
            f"{backup.name}, made at {manifest['made_at']}, is in place." + (f" What was there lies in {aside}" if aside else "")
        )
        self.stdout.flush()
        # with the restored keys, which this process does not have in mind
        rukun = [sys.executable, "-c", "from rukun.site.cli import main; main()", "restore", str(backup), "--settle"]
        if subprocess.run(rukun, env=os.environ | {"DJANGO_SETTINGS_MODULE": "rukun.site.settings"}).returncode:
            raise SystemExit(1)

    def settle(self, backup: Path) -> None:
        call_command("migrate", verbosity=0)
        Session.objects.all().delete()  # a session that was ended since would be open again
        actor = system("restore")
        note(actor, services.RESTORED, backup=backup.name)
        again = erasures.replay(actor, erasures.read(erasures.ledger()))
        if again:
            pen.rebuild(erasures.TABLES)
        report = book.examine([])
        self.stdout.write(f"{again} erasures were made once more. Everybody has to sign in again. {draw(report)}")
        self.stdout.write("What was done since the backup is lost. Look over roles and accounts: whoever was relieved since is back.")
        if not report.whole:
            raise SystemExit(1)


def somebody_works() -> bool:
    try:
        return jobs.somebody_works(clock.now())
    except Error:  # no tables yet
        return False
