"""What can be done in this house, by whom, and what follows: read from the code that does it."""

from importlib import import_module
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from rukun.access.roles import ROLES, permits, permits_own
from rukun.audit.door import ACTS, NOTES
from rukun.lib.jobs import AFTER


class Command(BaseCommand):
    help = "Everything that can be done: by whom, where it stands in the code, and what follows"

    def handle(self, *args: Any, **options: Any) -> None:
        import_module(settings.ROOT_URLCONF)  # what is noted is declared by the pages
        rows = [(name, who(name), f"{act.__module__}.{act.__qualname__}", follows(name)) for name, act in sorted(ACTS.items())]
        widths = [max(len(row[column]) for row in rows) for column in range(3)]
        for name, roles, function, after in rows:
            self.stdout.write(f"{name:{widths[0]}}  {roles:{widths[1]}}  {function:{widths[2]}}  {after}".rstrip())
        self.stdout.write("\nRecorded without changing anything:")
        for name, module in sorted(NOTES.items()):
            self.stdout.write(f"{name:{widths[0]}}  {module}")


def who(name: str) -> str:
    held = [role if permits(role, name) else f"{role} (own)" for role in ROLES if permits(role, name) or permits_own(role, name)]
    return ", ".join(held) or "nobody"


def follows(name: str) -> str:
    jobs = ", ".join(job.module_path for job in AFTER.get(name, ()))
    return f"-> {jobs}" if jobs else ""
