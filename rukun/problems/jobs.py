"""What follows a corrected report, what is said when a day has passed, and who is told of what is theirs."""

from datetime import timedelta

from rukun.access.scope import system
from rukun.care import keep
from rukun.fieldwork.models import Report
from rukun.lib import clock
from rukun.lib.jobs import after, every
from rukun.notices.services import tell
from rukun.notices.telling import by_whom
from rukun.officers.models import Assignment, Officer
from rukun.officers.rules import LADDER
from rukun.problems import services
from rukun.problems.models import Action, Entry, Problem
from rukun.problems.retention import blank_problems
from rukun.problems.rules import REMINDED_FOR, Happening, Step

HERALD = system("herald")


@after("report.correct")
def follow(pk: str) -> None:
    """A problem holds the newest version of each of its reports."""
    report = Report.objects.get(pk=pk)
    for problem in Problem.objects.filter(reports=report.corrects_id):
        services.follow(system("follow"), problem, report=report)


@every(hours=12)
def remind() -> None:
    """A day that passes without an end is told in the story."""
    latest = clock.today("Asia/Jayapura")  # the first of our zones in which a day begins; the act asks again in the unit's own
    for problem in Problem.objects.unreminded(latest):
        services.remind(system("remind"), problem)


@every(days=1)
def retain() -> None:
    while blank_problems(system("retention"), before=keep.before("problem_text", clock.now())):
        pass


@after("problem.open", "problem.assign")
def tell_of_owner(pk: str) -> None:
    """The one into whose hands it was put, unless by himself; each time it is put there."""
    problem = Problem.objects.filter(pk=pk).first()
    entry = problem.story.filter(happening__in=(Happening.OPENED, Happening.ASSIGNED)).order_by("-pk").first() if problem else None
    if problem and entry and problem.owner_id != entry.officer_id:
        tell(HERALD, to=[problem.owner_id], kind="problem.given", about=f"problem:{pk}", key=f"problem:{pk}:held:{entry.pk}")


@after("problem.remind")
def tell_of_lateness(pk: str) -> None:
    """Who holds it; where nobody does, the first who commands its unit and is there."""
    problem = Problem.objects.select_related("unit").filter(pk=pk).first()
    if problem:
        to = [problem.owner_id] if problem.owner_id else [head_of(problem)]
        tell(HERALD, to=to, kind="problem.late", about=f"problem:{pk}", key=f"problem:{pk}:late:{problem.due}")


def head_of(problem: Problem) -> int | None:
    today = problem.unit.today()
    terms = Assignment.objects.valid(today).filter(unit=problem.unit, role__in=LADDER)
    there = set(Officer.objects.on_duty(today).filter(pk__in=terms.values("officer")).values_list("pk", flat=True))
    ranked = sorted((LADDER.index(term.role), term.officer_id) for term in terms if term.officer_id in there)
    return ranked[0][1] if ranked else None


@after("problem.reopen")
def tell_of_reopening(pk: str) -> None:
    problem = Problem.objects.filter(pk=pk).first()
    entry = problem.story.filter(happening=Happening.REOPENED).order_by("-pk").first() if problem else None
    if problem and entry:
        holders = {problem.owner_id, *problem.actions.filter(withdrawn_at=None).values_list("officer", flat=True)}
        tell(HERALD, to=holders - {entry.officer_id}, kind="problem.reopened", about=f"problem:{pk}", key=f"problem:{pk}:again:{entry.pk}")


@after("problem.move")
def tell_of_solution(pk: str) -> None:
    """Those who reported it hear that it was solved."""
    problem = Problem.objects.filter(pk=pk, step=Step.SOLVED).first()
    if problem and problem.solved_at:
        authors = set(problem.reports.values_list("officer", flat=True)) - {by_whom(f"problems.problem:{pk}", "problem.move")}
        key = f"problem:{pk}:solved:{problem.solved_at:%Y%m%d%H%M}"
        tell(HERALD, to=authors, kind="problem.solved", about=f"problem:{pk}", key=key)


@after("action.give", "action.change")
def tell_of_action(pk: str) -> None:
    """Somebody else, or another day, is told anew; other words alone are not."""
    action = Action.objects.filter(pk=pk).first()
    begun = since_when(action) if action else None
    if action and begun and begun.officer_id != action.officer_id:
        tell(HERALD, to=[action.officer_id], kind="action.given", about=f"action:{pk}", key=f"action:{pk}:given:{begun.pk}")


def since_when(action: Action) -> Entry | None:
    """The line of the story since which it is this person's, for this day."""
    begun = None
    for entry in action.story.filter(happening__in=(Happening.GIVEN, Happening.CHANGED)).order_by("-pk"):
        if (entry.person_id, entry.day) != (action.officer_id, action.due):
            break
        begun = entry
    return begun


@after("action.finish")
def tell_of_end(pk: str) -> None:
    """Who gave it and who holds the problem, unless they finished it themselves."""
    action = Action.objects.select_related("problem").filter(pk=pk).first()
    if action:
        wait = {action.given_by_id, action.problem.owner_id} - {by_whom(f"problems.action:{pk}", "action.finish")}
        tell(HERALD, to=wait, kind="action.finished", about=f"action:{pk}", key=f"action:{pk}:finished")


@after("action.withdraw")
def tell_of_withdrawal(pk: str) -> None:
    action = Action.objects.filter(pk=pk).first()
    if action:
        to = {action.officer_id} - {by_whom(f"problems.action:{pk}", "action.withdraw")}
        tell(HERALD, to=to, kind="action.withdrawn", about=f"action:{pk}", key=f"action:{pk}:withdrawn")


@every(hours=3)
def remind_of_actions() -> None:
    """On the day before to whoever does it; when the day has passed, to whoever holds the problem, too."""
    soon = clock.today("Asia/Jayapura") + timedelta(days=1)
    for action in Action.objects.open().filter(due__lte=soon).select_related("problem__unit").iterator():
        today, about = action.problem.unit.today(), f"action:{action.pk}"
        if action.due > today + timedelta(days=1) or action.due < today - REMINDED_FOR:
            continue
        kind = "action.late" if action.due < today else "action.due"
        tell(HERALD, to=[action.officer_id], kind=kind, about=about, key=f"{kind}:{action.pk}:{action.due}")
        if action.due < today:
            to = {action.problem.owner_id} - {action.officer_id}
            tell(HERALD, to=to, kind="action.held_up", about=about, key=f"action.held_up:{action.pk}:{action.due}")
