"""Being one of the cast with one tap."""

from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from rukun.access.policy import public
from rukun.demo.cast import account_of
from rukun.demo.context import is_open_to


@public
@require_POST
def be(request: HttpRequest, key: str) -> HttpResponse:
    account = account_of(key) if is_open_to(request) else None
    if account is None:
        raise Http404
    login(request, account, backend="allauth.account.auth_backends.AuthenticationBackend")
    return redirect("/")
