"""rukun backup: database, media and keys into a folder, sealed to a key that is kept elsewhere."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from rukun.access.scope import system
from rukun.audit.door import note
from rukun.care import backup, keep, postgres, services, vault
from rukun.lib import clock


class Command(BaseCommand):
    help = "Makes a backup that only the holder of its key can open, checks it, and removes the oldest ones"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", nargs="?", type=Path, help="where backups are kept; best on another machine's disk")
        parser.add_argument("--keep", type=int, default=35, help="how many to keep (35); none is kept longer than the retention table says")
        parser.add_argument(
            "--new-key", type=Path, metavar="FILE", help="make the key first: FILE goes to its holder, its public half stays"
        )

    def handle(self, folder: Path | None, keep: int, new_key: Path | None, **_: Any) -> None:
        if new_key:
            self.make_key(new_key)
        if folder is None:
            if not new_key:
                raise CommandError("Say into which folder: rukun backup FOLDER")
            return
        self.make(folder, max(keep, 1))

    def make_key(self, path: Path) -> None:
        public = Path(settings.DATA) / "keys" / "backup.pub"
        if public.exists():
            raise CommandError(
                f"There is a key already. To change it, move {public} away first; older backups go on opening with the older key."
            )
        try:
            public.write_text(vault.new_key(path))
        except OSError as wrong:
            raise CommandError(f"No key was made: {wrong}") from wrong
        self.stdout.write(f"{path} opens every backup from now on. Give it to who keeps it, twice, and remove it from this machine.")

    def make(self, folder: Path, count: int) -> None:
        now = clock.now()
        try:
            made = backup.make(folder, now, count, keep.days("backup", now))
        except (backup.NotMade, postgres.NoTool, vault.NotOpened, OSError) as wrong:
            raise CommandError(f"No backup was made: {wrong}") from wrong
        note(system("backup"), services.BACKED_UP, backup=made.folder.name, size=made.size)
        self.stdout.write(f"{made.folder}: {made.bytes / 1024**2:.1f} MB, checked; the book in it is sealed up to {made.size} entries.")
        if made.removed:
            self.stdout.write(f"Removed: {', '.join(made.removed)}")
