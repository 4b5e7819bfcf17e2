"""rukun doctor: what this house still needs before it may be real, and what to do; grants real mode where nothing is missing."""

import json
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from rukun.access import console
from rukun.care import doctor, mode, services
from rukun.care.findings import ADVICE, MISSING, OK, Finding
from rukun.lib import clock

SIGNS = {OK: lazy("ok"), ADVICE: lazy("advice"), MISSING: lazy("MISSING")}
WIDE = 8


class Command(BaseCommand):
    help = "Names what is missing before real work, with what to do. 0: nothing; 1: something is missing; 2: it can't be examined"
    requires_system_checks: list[str] = []  # it examines settings itself, and says more

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true")
        parser.add_argument("--grant", action="store_true", help="grant real mode, where nothing is missing")
        parser.add_argument("--withdraw", metavar="REASON", default="", help="back to practice")
        parser.add_argument("--sign-dpia", action="store_true", help="the data-protection officer notes the assessment; with --as")
        parser.add_argument("--as", dest="nrp", default="", metavar="NRP", help="who does it; else the console itself")

    def handle(self, *, json: bool, grant: bool, withdraw: str, sign_dpia: bool, nrp: str, **_options: Any) -> None:
        try:
            actor = console.actor(nrp)
            if sign_dpia:
                self.sign(actor)
            if withdraw and (permit := mode.permit()):
                services.withdraw(actor, permit, reason=withdraw)
            found = doctor.examine(clock.now())
            self.stdout.write(as_json(found) if json else as_lines(found))
            if grant:
                services.grant(actor, found=found, dpia=mode.digest(mode.assessment_file()))
                self.stdout.write(f"Real mode is granted. Set RUKUN_MODE=real and start again (it is {settings.MODE} now).")
        except (console.Unknown, PermissionDenied, services.NotGranted) as refused:
            raise CommandError(str(refused)) from refused
        if any(finding.hinders for finding in found):
            raise SystemExit(1)

    def sign(self, actor: Any) -> None:
        file = mode.assessment_file()
        if file is None:
            raise CommandError(f"There is no dpia.pdf and no dpia.md in {settings.DATA}.")
        services.sign_assessment(actor, services.ground(actor), name=file.name, sha256=mode.digest(file))
        self.stdout.write(f"{file.name} is noted: SHA-256 {mode.digest(file)}")


def as_lines(found: list[Finding]) -> str:
    lines = []
    for finding in found:
        lines.append(f"{SIGNS[finding.state]:<{WIDE}}{finding.title}: {finding.says}")
        lines += [f"{'':<{WIDE}}-> {finding.todo}"] if finding.todo else []
    missing = sum(finding.hinders for finding in found)
    whole = _("%(missing)d of %(all)d are missing.") % {"missing": missing, "all": len(found)} if missing else _("Nothing is missing.")
    return "\n".join([*lines, whole])


def as_json(found: list[Finding]) -> str:
    rows = [
        {"key": finding.key, "title": str(finding.title), "state": finding.state, "says": str(finding.says), "todo": str(finding.todo)}
        for finding in found
    ]
    return json.dumps({"mode": settings.MODE, "granted": granted(), "findings": rows}, ensure_ascii=False, indent=1)


def granted() -> bool:
    try:
        return mode.permit() is not None
    except DatabaseError:  # a bare server: nothing was granted
        return False
