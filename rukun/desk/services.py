"""The machine's dead jobs sent back to the queue, and the decisions that a sheet asks for worded by hand."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _
from django_tasks_db.models import DBTaskResult

from rukun.access.scope import COUNTRY, Actor
from rukun.audit import erasures
from rukun.audit.door import Many, act, declare_note, note
from rukun.desk.models import Wording
from rukun.desk.sheet.rules import DECISIONS
from rukun.fieldwork.rules import REMOVED
from rukun.guard import read
from rukun.lib import clock, jobs
from rukun.territory.models import Unit

REVIVED = declare_note("job.revive")
AT_ONCE = 500
LONGEST = 240  # letters of one decision: it must fit the page


class NotPossible(ValueError):
    """What was asked for can't be; the sentence says why."""


def revive(actor: Actor, job: DBTaskResult) -> None:
    actor.must("job.view", COUNTRY)
    jobs.revive(job, clock.now())
    note(actor, REVIVED, None, job=job.task_path)


@act("summary.decide", records=("span", "first"))
def decide(actor: Actor, unit: Unit, *, span: str, first: date, texts: Sequence[str]) -> Wording | None:
    """The decisions in one's own words, for one unit and period; an empty one is left out."""
    said = [guarded(" ".join(text.split())) for text in texts if text.strip()][:DECISIONS]
    if any(len(text) > LONGEST for text in said):
        raise NotPossible(_("At most %d letters for each, so that the sheet stays one page.") % LONGEST)
    standing = Wording.objects.standing().filter(unit=unit, span=span, first=first).first()
    if standing and standing.texts == said:
        return None
    return Wording.objects.create(unit=unit, span=span, first=first, texts=said, by_id=actor.officer_id, at=clock.now())


@act("summary.expire", records=("before",))
def expire(actor: Actor, subject: None = None, *, before: date) -> Many | None:
    """What was asked for in a period of years ago goes."""
    rows = list(Wording.objects.filter(first__lt=before).select_related("unit").order_by("pk")[:AT_ONCE])
    told = Many(rows) if rows else None
    Wording.objects.filter(pk__in=[row.pk for row in rows]).delete()
    return told


@act("summary.erase", records=("basis",))
def erase_wording(actor: Actor, wording: Wording, *, basis: str) -> Wording:
    """On somebody's right: its words go; how many decisions were asked for, by whom and when, stays."""
    wording.texts = [REMOVED for _text in wording.texts]
    wording.save(update_fields=["texts"])
    erasures.remember(erasures.Erased("desk.wording", str(wording.pk)))
    return wording


@erasures.replays("desk.wording", tables=("desk_wording",))
def erase_wordings_again(actor: Actor, erased: list[erasures.Erased]) -> None:
    for wording in Wording.objects.filter(pk__in=[one.key for one in erased]).select_related("unit"):
        erase_wording(actor, wording, basis=erasures.AGAIN)


def guarded(text: str) -> str:
    """A sheet is read aloud and sent on: it holds no name and no number of anybody, and nobody is its subject."""
    reading = read(text, kind="visit")
    if reading.refused:
        raise NotPossible(" ".join(str(sentence) for sentence in reading.sentences))
    return reading.clean


@act("summary.undo")
def undo(actor: Actor, wording: Wording) -> Wording | None:
    """Takes the newest wording back; the one before it stands again, or what the rule proposes."""
    if wording.undone_at is not None:
        return None
    wording.undone_at = clock.now()
    wording.save(update_fields=["undone_at"])
    return wording
