"""The one page that is shown when there is no network; kept by the browser beforehand."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from rukun.access.policy import public


@public
@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    return render(request, "web/offline.html")
