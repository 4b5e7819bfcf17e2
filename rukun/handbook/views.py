"""The handbooks, from the page of whoever needs one."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from rukun.access.policy import signed_in
from rukun.access.request import Request
from rukun.handbook.paper import pdf
from rukun.handbook.sheets import Reader


@signed_in
@require_safe
def guide(request: Request, reader: str) -> HttpResponse:
    if reader not in list(Reader):
        raise Http404
    answer = HttpResponse(pdf(Reader(reader)), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="rukun-{reader}.pdf"'
    return answer
