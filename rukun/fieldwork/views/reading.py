"""A report as a page shows it: to its author, or to whoever answers it."""

from datetime import timedelta
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from rukun import guard
from rukun.access.request import Request
from rukun.fieldwork.models import Report
from rukun.fieldwork.replies import AnswerForm, AssessForm
from rukun.fieldwork.story import state_of, story
from rukun.lib import clock

A_DAY = timedelta(days=1)  # how long danger told of is shown as danger now


def find(request: Request, pk: Any, permission: str | None = None) -> Report:
    rows = Report.objects.within(request.actor, permission).select_related(
        "area__parent", "officer", "recorded_by", "unit", "code", "assessed_by"
    )
    found = get_object_or_404(rows, pk=pk)
    if permission and found.officer_id == request.actor.officer_id:
        raise Http404
    return found


def reading(request: Request, found: Report, **forms: Any) -> dict[str, Any]:
    """A report as a page shows it: to its author, or to whoever answers it."""
    where, own = found.where(), found.officer_id == request.actor.officer_id
    newest = not Report.objects.within(request.actor).filter(corrects=found).exists()
    told = {name: getattr(found, name) for name in ("stage", "severity", "source_grade", "content_grade")} | {
        "code": found.code_id,
        "other_codes": found.other_codes.all(),
    }
    said = guard.read(f"{found.title}\n{found.facts}")
    return {
        "danger": said.emergency and clock.now() - found.received_at < A_DAY, "money": said.election_money,
        "report": found, "own": own, "newest": newest, "state": state_of(found), "story": story(request.actor, found),
        "problems": found.problems.within(request.actor),
        "newer": None if newest else found.corrected_by,
        "assess": forms.get("assess") or (AssessForm(initial=told, auto_id=f"nilai-{found.pk}-%s") if newest and not own and request.actor.may("report.assess", where) else None),
        "answer": forms.get("answer") or (AnswerForm(initial={"kind": "acted"}, auto_id=f"jawab-{found.pk}-%s") if newest and not own and request.actor.may("report.answer", where) else None),
        "may_open_problem": newest and request.actor.may("problem.open", where),
        "photos": found.photos.all(), "photo_url": reverse("fieldwork:add_report_photos", args=[found.pk]),
        "may_photo": newest and request.actor.may("photo.add", where),
        "may_share": newest and own and request.actor.may("report.share", where),
        "may_correct": newest and request.actor.may("report.correct", where),
    }  # fmt: skip
