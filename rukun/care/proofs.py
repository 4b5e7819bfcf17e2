"""What the book proves: that someone outside holds checkpoints, that backups are made and tried, that the assessment is signed."""

from datetime import datetime

from django.utils.translation import gettext as _
from django_tasks_db.models import DBTaskResult

from rukun.audit import book, keepers
from rukun.audit.models import Entry
from rukun.care import mode, rules
from rukun.care.findings import MISSING, OK, Finding, told
from rukun.care.models import Assessment
from rukun.lib import jobs


def last(act: str) -> Entry | None:
    return Entry.objects.filter(act=act).select_related("payload").order_by("-pk").first()


def keeper(now: datetime) -> Finding:
    title, todo = (
        _("An outside keeper of checkpoints"),
        _(
            "Name a keeper with “rukun audit keeper FILE”, send them “rukun audit export”, and bring their answer back with "
            "“rukun audit acknowledge FILE” at least every 7 days (docs/how-to/keep-checkpoints.md)."
        ),
    )
    if not keepers.known():
        return Finding("keeper", title, MISSING, _("No keeper is named."), todo)
    held = keepers.newest_held()
    if held is None:
        return Finding("keeper", title, MISSING, _("No keeper has acknowledged a checkpoint yet."), todo)
    says = _("%(keeper)s holds the checkpoint of %(size)d entries, sealed on %(day)s.") % {
        "keeper": held.keeper, "size": held.size, "day": f"{held.sealed_at:%Y-%m-%d %H:%M} UTC",
    }  # fmt: skip
    return told("keeper", title, now - held.sealed_at <= rules.KEEPER, says, todo)


def backup(now: datetime) -> Finding:
    made = last("backup.make")
    says = _("The last one was made on %s.") % f"{made.at:%Y-%m-%d %H:%M} UTC" if made else _("None has been made.")
    todo = _("Run “rukun backup FOLDER” every night, for instance by a systemd timer (docs/how-to/backup.md).")
    return told("backup", _("A backup within 24 hours"), bool(made and now - made.at <= rules.BACKUP), says, todo)


def rehearsal(now: datetime) -> Finding:
    done = last("backup.rehearse")
    says = _("The last one was on %s.") % f"{done.at:%Y-%m-%d}" if done else _("No backup has ever been opened.")
    todo = _("Run “rukun restore BACKUP --key FILE --rehearse” with the key that its holder brings.")
    return told("rehearsal", _("A restore rehearsed within 90 days"), bool(done and now - done.at <= rules.REHEARSAL), says, todo)


def assessment(now: datetime) -> Finding:
    title, file = _("A signed data-protection assessment (DPIA)"), mode.assessment_file()
    if file is None:
        todo = _("Fill in docs/dpia.md, have it signed, and put it into the data folder as dpia.pdf or dpia.md.")
        return Finding("dpia", title, MISSING, _("There is none in the data folder."), todo)
    signed = Assessment.objects.order_by("-pk").first()
    good = signed is not None and signed.sha256 == mode.digest(file)
    says = (
        _("%(name)s, noted by the data-protection officer on %(day)s.") % {"name": file.name, "day": f"{signed.at:%Y-%m-%d}"}
        if signed and good else _("%s is there, but the data-protection officer has not noted these very bytes.") % file.name
    )  # fmt: skip
    todo = _(
        "The data-protection officer reads it and notes it, on the page “Pelindungan data” or with “rukun doctor --sign-dpia --as NRP”."
    )
    return told("dpia", title, good, says, todo)


def whole_book(now: datetime) -> Finding:
    """The verifier itself: minutes on a large book, so the page is shown what the nightly run found."""
    report = book.examine([])
    return book_finding(report.whole, _("%(entries)d entries, %(findings)d findings.") % {
        "entries": report.entries, "findings": len(report.findings),
    })  # fmt: skip


def book_as_last_examined(now: datetime) -> Finding:
    done = last("book.verify")
    good = bool(done and (done.details or {}).get("whole") == "yes" and now - done.at <= rules.VERIFIED)
    return book_finding(good, _("Examined last on %s.") % f"{done.at:%Y-%m-%d %H:%M} UTC" if done else _("Not examined yet."))


def book_finding(good: bool, says: str) -> Finding:
    todo = _("Run “rukun audit verify”; if it finds something, follow docs/how-to/keep-checkpoints.md. The worker does it every night.")
    return told("book", _("The book is whole"), good, says, todo)


def retention(now: datetime) -> Finding:
    """Every job called retain has ended well within a day and a half."""
    wanted = {path for path in jobs.EVERY if path.endswith((".retain", "audit.jobs.expire"))}
    recent = DBTaskResult.objects.successful().filter(task_path__in=wanted, finished_at__gte=now - rules.RETAINED)
    late = sorted(wanted - set(recent.values_list("task_path", flat=True)))
    says = _("All %d jobs have run.") % len(wanted) if not late else _("Not run: %s.") % ", ".join(late)
    state = OK if not late else MISSING
    return Finding(
        "retention", _("Old data is erased"), state, says, "" if not late else _("Let the worker run for a day; see the failed jobs.")
    )
