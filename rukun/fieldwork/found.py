"""How a report is found: by its words, its place and its kind; never what VUL codes say, never an older version, never practice."""

from collections.abc import Iterable, Iterator

from rukun.fieldwork.models import Report
from rukun.fieldwork.rules import REMOVED, is_searched
from rukun.search import index
from rukun.search.index import Found

KIND = "report"


def found_of(report: Report, more_codes: Iterable[str] = ()) -> Found | None:
    if report.practice or report.facts == REMOVED or not is_searched([report.code_id or "", *more_codes]):
        return None
    area = report.area
    village = area.parent.name if area.level == 5 and area.parent else ""
    kind = report.code.label_id if report.code else ""
    texts = (report.title, report.facts, report.place, area.name, village, kind, report.code_id or "")
    return Found(KIND, str(report.pk), texts, areas=(area.path,), author=report.officer_id)


def keep(report: Report) -> None:
    """Inside an act: the report is found as it is now, or no more."""
    found = found_of(report, report.other_codes.values_list("pk", flat=True))
    if found is None:
        index.drop(KIND, str(report.pk))
    else:
        index.put(found)


def rows() -> Iterator[Found]:
    reports = Report.objects.all().current().exclude(facts=REMOVED).select_related("area__parent", "code").prefetch_related("other_codes")
    for report in reports.order_by("received_at", "pk").iterator(2000):
        if found := found_of(report, [code.pk for code in report.other_codes.all()]):
            yield found
