from django.core.management.base import BaseCommand

from rukun.site import worker


class Command(BaseCommand):
    help = "Runs background work: what follows an act, and what recurs. One process is enough."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--once", action="store_true", help="run what waits now, and stop")

    def handle(self, *, once: bool, **options) -> None:
        worker.drain() if once else worker.serve()
