"""What follows a corrected report, and what is said when a day has passed."""

from rukun.access.scope import system
from rukun.care import keep
from rukun.fieldwork.models import Report
from rukun.lib import clock
from rukun.lib.jobs import after, every
from rukun.problems import services
from rukun.problems.models import Problem
from rukun.problems.retention import blank_problems


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
