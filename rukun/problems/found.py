"""How a problem is found: by its words, its places and its kind; never what VUL codes say."""

from collections.abc import Iterator

from rukun.fieldwork.rules import is_searched
from rukun.problems.models import Problem
from rukun.search import index
from rukun.search.index import Found

KIND = "problem"


def found_of(problem: Problem) -> Found | None:
    if not is_searched([problem.code_id]):
        return None
    areas = list(problem.areas.all())
    texts = (problem.title, problem.analysis, problem.outcome_text, problem.code.label_id, problem.code_id, *(area.name for area in areas))
    return Found(KIND, str(problem.pk), texts, tuple(area.path for area in areas), problem.unit.path, problem.owner_id)


def keep(problem: Problem) -> None:
    """Inside an act: the problem is found as it is now, or no more."""
    found = found_of(problem)
    if found is None:
        index.drop(KIND, str(problem.pk))
    else:
        index.put(found)


def rows() -> Iterator[Found]:
    problems = Problem.objects.select_related("unit", "code").prefetch_related("areas").order_by("opened_at", "pk")
    yield from filter(None, map(found_of, problems.iterator(2000)))
