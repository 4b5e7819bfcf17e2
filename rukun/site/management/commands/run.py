from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from rukun.care import doctor
from rukun.lib import clock, serving


class Command(BaseCommand):
    help = "Serves rukun: the pages and the worker beside them. Put it behind HTTPS before real work."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--bind", default="127.0.0.1:8000", metavar="ADDRESS")
        parser.add_argument("--migrate", action="store_true", help="bring the database to this version first")

    def handle(self, *, bind: str, migrate: bool, **options) -> None:
        serving.ready(migrate=migrate)
        if settings.MODE == "real" and (missing := doctor.hindrances(clock.now())):
            lines = [f"  {finding.title}: {finding.says}\n    -> {finding.todo}" for finding in missing]
            raise CommandError(
                "RUKUN_MODE=real is not granted, so nothing was started. Missing:\n" + "\n".join(lines)
                + "\nThen: rukun doctor --grant. To go on practising: RUKUN_MODE=latihan."
            )  # fmt: skip
        self.stdout.write(f"http://{bind.replace('127.0.0.1', 'localhost')}/  (Ctrl+C ends it)")
        self.stdout.flush()
        serving.serve(bind)
