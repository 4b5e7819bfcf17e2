"""The door of every page: what declares nothing is closed, to everybody."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse

from rukun.access.policy import PolicyMiddleware, policy, public
from rukun.access.scope import NOBODY, system


@pytest.fixture
def asked(rf):
    def ask(view, actor):
        request = rf.get("/somewhere/")
        request.actor, request.resolver_match = actor, None
        return PolicyMiddleware(lambda request: HttpResponse()).process_view(request, view, (), {})

    return ask


def test_a_page_that_declares_nothing_is_closed_even_to_the_system(asked):
    with pytest.raises(PermissionDenied, match="declares no policy"):
        asked(lambda request: HttpResponse(), system("test"))


def test_a_page_is_closed_to_a_hat_that_holds_none_of_what_it_names(asked):
    with pytest.raises(PermissionDenied, match="holds none of"):
        asked(policy("report.view")(lambda request: HttpResponse()), NOBODY)


def test_a_public_page_is_open_to_a_stranger(asked):
    assert asked(public(lambda request: HttpResponse()), NOBODY) is None
