"""What the access matrix is made of: every address, filled for each relation; who asks; what is answered; the table that is reviewed."""

import csv
import os
from collections.abc import Iterator
from pathlib import Path

from django.core.cache import cache
from django.core.handlers.base import BaseHandler
from django.db import connection, transaction
from django.test import Client, RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from rukun.officers.models import Account
from rukun.site.tests.planted import ROLES, Planted

TABLE = Path(__file__).parents[3] / "docs/reference/access-matrix.csv"
WRITE = os.environ.get("RUKUN_MATRIX") == "write"
KEY = ("page", "method", "relation")
COLUMNS = (*ROLES, "relieved", "no_officer", "anonymous")
METHODS = ("GET", "POST")
NEAR_AND_FAR = ("inside", "beside", "sibling", "elsewhere")

Row = tuple[str, str, str]
Rows = dict[Row, dict[str, str]]

# Of what kind of thing a page is: what fills its address. A page without an address of its own to fill needs no entry.
PERSONAL = {
    "fieldwork:visit": "visit", "fieldwork:correct_visit": "visit", "fieldwork:read_visit": "visit", "fieldwork:promise": "promise",
    "rights:request": "request", "rights:allow": "request", "rights:search": "request", "rights:answer": "request", "rights:letter": "request",
    "rights:export": "request", "rights:decide": "hit", "fieldwork:photo": "photo", "fieldwork:change_photo": "photo", "fieldwork:add_report_photos": "report",
    "fieldwork:add_visit_photos": "visit", "fieldwork:report": "report", "fieldwork:correct_report": "report", "fieldwork:assess": "report", "fieldwork:answer": "report",
    "problems:problem": "problem", "problems:join": "problem", "problems:describe": "problem", "problems:move": "problem",
    "problems:reopen": "problem", "problems:assign": "problem", "problems:note": "problem", "problems:give": "problem",
    "problems:action": "action", "problems:finish": "action", "problems:change": "action", "problems:withdraw": "action",
    "officers:officer": "officer", "officers:change": "officer", "officers:assign": "officer", "officers:leave": "officer",
    "officers:absence": "officer", "officers:reissue": "officer", "officers:revoke": "officer", "officers:relieve": "term",
    "notices:notice": "notice", "notices:mark": "notice", "directives:directive": "directive", "directives:acknowledge": "directive",
    "directives:end": "directive", "directives:withdraw": "directive", "directives:resume": "directive",
    "sharing:visit": "visit", "sharing:report": "report", "sharing:bos_visit": "visit", "sharing:bos_report": "report",
    "sharing:bos_undo": "tick", "phone:revoke": "device", "phone:renew": "device", "phone:confirm": "renewal", "phone:dispute": "dispute",
    "phone:handed": "handed", "phone:handed_answer": "handed", "phone:handed_reopen": "handed",
    "phone_api:upload": "upload",
    "alerts:alert": "alert", "alerts:places": "alert", "alerts:judge": "alert", "alerts:second": "alert", "alerts:look": "alert",
    "alerts:assign": "alert", "alerts:confirm": "alert", "alerts:reopen": "alert",
    "handover:give": "officer", "handover:handover": "handover", "handover:give_back": "handover",
    "officers:end_absence": "absence", "officers:confirm": "invite", "audit:entry": "entry",
}  # fmt: skip
LOCAL = {
    "history:incident": "incident", "history:batch": "batch", "history:withdraw": "batch",
    "territory:places": "area", "territory:place": "place", "territory:end_place": "place", "territory:revive_place": "place",
    "desk:area": "area", "territory:subunits": "area", "territory:subunit_file": "area", "territory:subunit": "subunit",
    "territory:end_subunit": "subunit", "territory:revive_subunit": "subunit", "territory:unit": "unit", "territory:found": "unit",
    "territory:change": "unit", "territory:cover": "unit", "territory:uncover": "unit",
    "alerts:watch": "watched", "sharing:wording": "unit", "sharing:preview": "unit", "sharing:reset": "unit",
}  # fmt: skip
NOWHERE = {
    "desk:revive": "job",
    "mfa_edit_webauthn": "passkey",
    "mfa_remove_webauthn": "passkey",
    "demo:be": "cast",
    "handbook:guide": "guide",
    "phone:icon": "icon",
    "territory:tile": "tile",
}
BESIDES = {
    "territory:tile": {"version": "0", "zoom": 0, "x": 0, "y": 0},
    "problems:move": {"to": "analysis"},
    "sharing:wording": {"kind": "kunjungan"},
    "sharing:preview": {"kind": "kunjungan"},
    "sharing:reset": {"kind": "kunjungan"},
}  # what an address asks for besides the thing itself


class Unknown(LookupError):
    """A page that the matrix does not know how to address."""


def pages(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every page by its name, straight from the URL configuration."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from pages(entry, f"{prefix}{entry.namespace}:" if entry.namespace else prefix)
        else:
            yield f"{prefix}{entry.name}", entry


def relations(name: str, pattern: URLPattern) -> tuple[str, ...]:
    if not pattern.pattern.converters or name in NOWHERE:
        return ("none",)
    if name in PERSONAL:
        return ("own", *NEAR_AND_FAR)
    if name in LOCAL:
        return NEAR_AND_FAR
    raise Unknown(f"{name} takes {', '.join(pattern.pattern.converters)}: say in matrix.py of what kind of thing it is")


def address(name: str, pattern: URLPattern, things: dict[str, object]) -> str:
    kind = PERSONAL.get(name) or LOCAL.get(name) or NOWHERE.get(name)
    wanted = list(pattern.pattern.converters)
    filled = dict(BESIDES.get(name, {}))
    if "path" in wanted:
        filled["path"] = str(things[kind or ""])
        wanted.remove("path")
    for converter in wanted:
        if converter not in filled:
            filled[converter] = things["held"] if name == "territory:uncover" else things[kind or ""]
    return reverse(name, kwargs=filled)


def addresses(world: Planted, name: str, pattern: URLPattern, relation: str) -> dict[str, str]:
    """The address that each asks for: one's own thing differs from one to the next, others' are the same for all."""
    mine = {role: world.own.get(role, world.things["inside"]) for role in COLUMNS} if relation == "own" else {}
    shared = world.machine if relation == "none" else world.things.get(relation, {})
    return {role: address(name, pattern, mine.get(role, shared)) for role in COLUMNS if relation != "own" or role in world.own}


class Asking:
    """One door for all: each asks with a session of their own, in a world that is put back as it was."""

    def __init__(self, accounts: dict[str, Account | None]) -> None:
        self.handler, self.requests = BaseHandler(), RequestFactory()
        self.handler.load_middleware()
        self.cookies = {role: signed_in(account) for role, account in accounts.items()}

    def ask(self, role: str, method: str, url: str) -> str:
        request = self.requests.generic(method, url)
        request.COOKIES, request._dont_enforce_csrf_checks = dict(self.cookies[role]), True  # type: ignore[attr-defined]  # as Django's own client does
        cache.clear()
        mark = transaction.savepoint()
        try:
            return str(self.handler.get_response(request).status_code)
        finally:
            connection.run_on_commit.clear()  # nothing commits here, and every rollback would look through what piles up
            transaction.savepoint_rollback(mark)
            transaction.savepoint_commit(mark)  # or thousands would stand in each other, and PostgreSQL keeps a lock for each


def signed_in(account: Account | None) -> dict[str, str]:
    client = Client()
    if account is not None:
        client.force_login(account)
    return {name: morsel.value for name, morsel in client.cookies.items()}


def room_of(page: str) -> str:
    """Where a page lives; those of the sign-in libraries and of the site itself have no name before theirs."""
    return page.partition(":")[0] if ":" in page else "door"


def rooms() -> list[str]:
    return sorted({room_of(name) for name, _pattern in pages()})


def answers(world: Planted, room: str) -> Rows:
    asking, rows = Asking(world.accounts), {}
    for name, pattern in sorted((page for page in pages() if room_of(page[0]) == room), key=lambda page: page[0]):
        for relation in relations(name, pattern):
            urls = addresses(world, name, pattern, relation)
            for method in METHODS:
                asked = {role: asking.ask(role, method, url) for role, url in urls.items()}
                rows[name, method, relation] = {role: asked.get(role, "-") for role in COLUMNS}
    return rows


def reviewed() -> Rows:
    with TABLE.open(newline="") as file:
        return {(row["page"], row["method"], row["relation"]): {role: row[role] for role in COLUMNS} for row in csv.DictReader(file)}


def write(room: str, rows: Rows) -> None:
    """In place of what the table says of this room, and of rooms that are gone."""
    standing = set(rooms()) - {room}
    kept = [(key, row) for key, row in reviewed().items() if room_of(key[0]) in standing]
    with TABLE.open("w", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow([*KEY, *COLUMNS])
        table.writerows([*key, *row.values()] for key, row in sorted([*kept, *rows.items()], key=lambda told: told[0][0]))


def differences(found: Rows, table: Rows) -> list[str]:
    """Each cell that is not as reviewed, in words: what is missing, what is new, what has changed."""
    said = [f"{' '.join(key)}: in the table, but no such page is asked any more" for key in table.keys() - found.keys()]
    said += [f"{' '.join(key)}: not in the table" for key in found.keys() - table.keys()]
    said += [
        f"{' '.join(key)} as {role}: answers {found[key][role]}, the table says {table[key][role]}"
        for key in found.keys() & table.keys() for role in COLUMNS if found[key][role] != table[key][role]
    ]  # fmt: skip
    return sorted(said)
