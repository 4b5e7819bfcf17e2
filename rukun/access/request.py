"""A request as a page of ours gets it: with its actor, and with what htmx says of itself."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from rukun.access.scope import Actor


class Request(HttpRequest):
    """For types alone: the middlewares set both."""

    actor: Actor
    htmx: HtmxDetails
