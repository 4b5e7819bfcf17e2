"""What stands on a person's own page besides: rooms above add links to what is theirs alone."""

from django.utils.functional import Promise

LINKS: dict[str, str | Promise] = {}  # the name of an address, and what it is called


def add(url_name: str, label: str | Promise) -> None:
    LINKS[url_name] = label
