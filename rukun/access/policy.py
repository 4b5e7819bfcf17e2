"""What a page asks of its caller, said on the view itself: a view that says nothing is refused."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

from rukun.access.request import Request

PUBLIC = "public"  # anyone, signed in or not
SIGNED_IN = "signed in"  # anyone with an account, whatever the hat
METHODS = ("GET", "HEAD", "POST")  # no page of ours knows another

View = Callable[..., HttpResponse]


def policy(*permissions: str) -> Callable[[View], View]:
    """This view is for hats that hold any of these permissions; which rows it shows is the scope's business."""

    def declare(view: View) -> View:
        view.policy = permissions  # type: ignore[attr-defined]  # a function carries its policy
        return view

    return declare


def public(view: View) -> View:
    return login_not_required(policy(PUBLIC)(view))


def signed_in(view: View) -> View:
    return policy(SIGNED_IN)(view)


class PolicyMiddleware:
    """The door of every page: refuses a view without a policy, a hat that holds none of what the policy names, and other methods."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: Request, view: View, args: Any, kwargs: Any) -> HttpResponse | None:
        methods = getattr(view, "methods", METHODS)
        if request.method not in methods:
            return HttpResponseNotAllowed(methods)
        asked = getattr(view, "policy", None) or FOREIGN.get(request.resolver_match.view_name if request.resolver_match else "")
        if asked is None:
            raise PermissionDenied(f"{request.path} declares no policy")
        if PUBLIC in asked or (SIGNED_IN in asked and request.user.is_authenticated):
            return None
        if door := next((DOORS[name] for name in asked if name in DOORS), None):
            return door(request)
        if not any(request.actor.holds(permission) for permission in asked):
            raise PermissionDenied(f"{request.actor.name} holds none of {', '.join(asked)}")
        return None


# Pages that libraries bring, by name; `site` fills it, so that this floor knows none of them.
FOREIGN: dict[str, tuple[str, ...]] = {}

# Doors that a room above keeps itself, by the name of the policy: it lets in, or answers. One that nobody keeps lets nobody in.
DOORS: dict[str, Callable[[HttpRequest], HttpResponse | None]] = {}
