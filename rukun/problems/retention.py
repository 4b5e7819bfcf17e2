"""A problem solved long ago keeps its kind, places, steps and outcome; what was written in it goes."""

from datetime import datetime

from django.db.models import F, Q

from rukun.access.scope import Actor
from rukun.audit.door import Many, act
from rukun.problems.models import Action, Entry, Problem

AT_ONCE = 2000
REMOVED = "—"


@act("problem.blank", records=("before",))
def blank_problems(actor: Actor, subject: None = None, *, before: datetime) -> Many | None:
    rows = list(Problem.objects.filter(~Q(title=F("number")), solved_at__lt=before).select_related("unit").order_by("pk")[:AT_ONCE])
    keys = [problem.pk for problem in rows]
    Problem.objects.filter(pk__in=keys).update(title=F("number"), analysis="", outcome_text="")
    Action.objects.filter(problem__in=keys).update(text=REMOVED, result="", withdrawn_because="")
    Entry.objects.filter(problem__in=keys).update(text="")
    return Many(rows) if rows else None
