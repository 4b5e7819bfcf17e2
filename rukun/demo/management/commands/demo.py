import os
import sys
import time

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from rukun.demo.build import build, built_on, is_somebody_elses
from rukun.demo.nusa import PEOPLE
from rukun.lib import clock, serving


class Command(BaseCommand):
    help = "Builds Nusa Contoh, a province that does not exist, with half a year of life, and serves it."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--no-serve", action="store_true", help="only build")
        parser.add_argument("--fresh", action="store_true", help="build anew; what was tried in the old one is lost")
        parser.add_argument("--bind", default="127.0.0.1:8000", metavar="ADDRESS")

    def handle(self, *, no_serve: bool, fresh: bool, bind: str, **options) -> None:
        if fresh:
            self.clear()
        serving.ready(migrate=True)
        if is_somebody_elses():
            raise CommandError(f"{settings.DATA} holds other data. Name another folder: RUKUN_DATA=data/demo rukun demo")
        if built := built_on():
            self.stdout.write(f"Nusa Contoh was built on {built:%d %B %Y}. To build it anew up to today: rukun demo --fresh")
        else:
            started = time.monotonic()
            deeds = build(clock.now(), self.progress)
            self.stdout.write(f"\rNusa Contoh is built: {deeds} deeds in half a year, in {time.monotonic() - started:.0f} s.        ")
        if not no_serve:
            self.serve(bind)

    def clear(self) -> None:
        connection.close()
        if connection.vendor != "sqlite":
            raise CommandError("--fresh works with the demo's own SQLite file; on PostgreSQL drop and create the database.")
        for ending in ("", "-wal", "-shm"):
            file = settings.DATA / f"rukun.db{ending}"
            file.unlink(missing_ok=True)
        for file in (settings.DATA / "book").glob("*"):
            file.unlink()

    def progress(self, share: float) -> None:
        if self.stdout.isatty() or share == 1:
            self.stdout.write(f"\rBuilding Nusa Contoh … {share:4.0%}", ending="")
            self.stdout.flush()

    def serve(self, bind: str) -> None:
        os.environ["RUKUN_DEMO"] = "1"
        self.stdout.write(f"\nOpen http://{bind.replace('127.0.0.1', 'localhost')}/ and choose whom to be, for example:")
        for _, _nrp, name, rank, *_, sentence in PEOPLE[:7]:
            self.stdout.write(f"  {rank} {name}: {sentence}")
        self.stdout.write("Ctrl+C ends it. What you try is kept until you run: rukun demo --fresh")
        self.stdout.flush()
        sys.stdout.flush()
        serving.serve(bind)
