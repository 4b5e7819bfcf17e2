"""Whatever befalls two phones and a server, in any order: nothing is lost, nothing doubled, and all deliveries end in the same state."""

import json
import random
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rukun.fieldwork import services as fieldwork
from rukun.fieldwork.models import Report, Visit, new_id
from rukun.lib import clock
from rukun.phone.models import Dispute, Handed
from rukun.phone.services import handing
from rukun.phone.tests.model import report, visit
from rukun.phone.tests.schedules import FIELDS, NOWHERE, Kernel, World
from rukun.problems import services as problems

NOON = datetime(2026, 11, 20, 5, tzinfo=UTC)
SCHEDULES = st.binary(min_size=4, max_size=90)


def lived(schedule: bytes) -> tuple[World, Kernel]:
    server = Kernel()
    world = World(server)
    world.play(schedule)
    world.settle()
    return world, server


def judged(schedule: bytes) -> None:
    world, server = lived(schedule)
    here = world.still_here()
    facts = {key: item for key, (_user, item) in world.recorded.items() if item["kind"] != "problem"}
    for key, item in facts.items():
        assert (key in server.records) or (key in here), "lost"
        if key in server.records and key not in here:
            assert server.records[key] == item["body"], "other words than were recorded last and acknowledged"
    assert len(server.made) == len(set(server.made)), "doubled"
    assert set(server.records) <= set(facts), "strange"
    assert {key for key in world.acknowledged if key in facts} <= set(server.records), "acknowledged but missing"
    for key, (user, item) in world.recorded.items():
        if item["kind"] == "problem":
            assert key in server.items or key in here, "lost"
        elif item["body"]["area"] != NOWHERE and server.serves(user, item["body"]["area"], item["day"]):
            assert key in server.records, "recorded while authorised, and not taken in"
    lying = {key for key, row in server.handed.items() if row.state == "open"}
    assert not [key for key, state in here.items() if state != "tray" and not (state == "handed" and key in lying)], "stuck"
    assert not [key for key in lying if key not in here and key not in server.records], (
        "only the unit head has it, and the phone has let go"
    )
    assert {edit for edit in world.edits if edit not in server.written} <= server.disputed, "an edit that nobody can read any more"
    assert not server.unseen, "written over by somebody who had not seen it"
    converges(world, server)


def converges(world: World, first: Kernel) -> None:
    """The same items, delivered to another server in another order and twice: the same records."""
    order = [(user, item | {"sent": item["day"]}) for user, item in world.recorded.values() if item["kind"] != "problem"]
    random.Random(len(order)).shuffle(order)
    other = Kernel(terms=first.terms)
    for user, item in order + order:
        other.receive(user, [item])
    assert set(other.records) <= set(first.records)
    serving = {
        key
        for key, (user, item) in world.recorded.items()
        if item["kind"] != "problem" and item["body"]["area"] != NOWHERE and first.serves(user, item["body"]["area"], item["day"])
    }
    assert serving <= set(other.records)


@settings(max_examples=2000, deadline=None, database=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(SCHEDULES)
def test_two_thousand_schedules(schedule):
    judged(schedule)


@pytest.mark.long
@pytest.mark.timeout(7200)  # a quarter of an hour on a busy machine, and more on one that is busier
@settings(max_examples=100_000, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(SCHEDULES)
def test_a_hundred_thousand_schedules(schedule):
    judged(schedule)


# --- the kernel and the real server say the same --------------------------------------------------------------------------------------


class Real:
    """The server itself, asked as phones ask it, answering as the kernel answers."""

    def __init__(self, world: Any, phones: list[Any]) -> None:
        self.world, self.phones, self.keys = world, phones, {}
        first = fieldwork.receive_report(
            world.actor(world.sari),
            world.pasar,
            id=new_id(),
            title="Motor hilang",
            facts="Hilang.",
            basis="told",
            happened_at=NOON,
            code="CRM-03",
        )
        chief = world.actor(world.nofri)
        self.row = problems.open_from_reports(chief, first, title="-", code="CRM-03", stage="GN", severity=3, owner=world.nofri)
        problems.describe(chief, self.row, analysis="-")

    @property
    def problem(self) -> dict[str, str]:
        self.row.refresh_from_db()
        return {name: getattr(self.row, name) for name in FIELDS}

    def edit(self, name: str, value: str) -> None:
        problems.describe(self.world.actor(self.world.nofri), self.row, **{name: value})

    def receive(self, user: int, items: list[dict[str, Any]]) -> list[dict[str, Any]]:
        phone = self.phones[user]
        phone.queue = {key["id"]: key for key in (self.sent(phone, item) for item in items)}
        names = {self.keys[item["id"]]: item["id"] for item in items}
        return [
            {"id": names[row["id"]], "status": row["status"], "code": row["code"], "kept": row["kept"]} for row in phone.send()["results"]
        ]

    def head(self, dice: int, *, take: bool) -> None:
        """As the kernel does; taking in has its own tests."""
        names = {key: name for name, key in self.keys.items()}
        rows = sorted((row for row in Handed.objects.filter(pk__in=names)), key=lambda row: names[str(row.pk)])
        for row in rows[dice % 3 :][:1]:
            actor = self.world.actor(self.world.dewi)
            if row.is_open:
                (handing.send_back if dice % 4 else handing.release)(actor, row, sentence="Perbaiki dulu.")
            else:
                handing.reopen(actor, row)

    def news(self, user: int) -> dict[str, str]:
        names = {key: name for name, key in self.keys.items()}
        rows = json.loads(self.phones[user].call("GET", "handed")[2])["handed"]
        return {names[row["id"]]: row["state"] for row in rows if row["id"] in names}

    def sent(self, phone: Any, item: dict[str, Any]) -> dict[str, Any]:
        key, body = self.keys.setdefault(item["id"], str(new_id())), item["body"]
        at = NOON - timedelta(hours=30) + timedelta(minutes=item["day"])
        if item["kind"] == "problem":
            return dict(phone.item("problem", {"problem": self.row.pk} | body, key=key, seq=item["seq"]))
        area = {0: self.world.pasar.path, 1: self.world.aia_baliang_bawah.path, NOWHERE: "9999999999"}[body["area"]]
        more = (
            {"concerns": [{"text": f"Got {body['text']} tersumbat"}]}
            if item["kind"] == "visit"
            else {"title": f"Lampu padam {body['text']}"}
        )
        return dict(
            phone.item(
                item["kind"],
                (visit if item["kind"] == "visit" else report)(area, at, **more),
                key=key,
                seq=item["seq"],
                handed=item["handed"],
            )
        )

    def move(self, user: int, area: int, day: int) -> None:
        raise AssertionError("moves are a story of their own")


def test_the_kernel_says_what_the_server_says(world, admit):
    dice, lay = random.Random(11), 0
    with clock.at(NOON):
        phones = [admit(world.nofri), admit(world.budi)]
        for phone in phones:
            phone.now = lambda: NOON
        for _ in range(6):
            schedule, real, kernel = dice.randbytes(45), Real(world, phones), Kernel()
            told = []
            for server in (real, kernel):
                lives = World(server, moves=False)
                lives.play(schedule)
                lives.settle()
                told.append(lives.history)
            assert told[0] == told[1]
            lay += len(kernel.handed)
            assert real.problem == kernel.problem
            assert {real.keys[key] for key in kernel.records} == {
                str(pk) for table in (Visit, Report) for pk in table.objects.filter(pk__in=real.keys.values()).values_list("pk", flat=True)
            }
            assert {name: row.state for name, row in kernel.handed.items()} == real.news(0) | real.news(1)
            assert {(row.field, row.came) for row in Dispute.objects.filter(problem=real.row)} == kernel.disputed
        assert lay, "nothing was handed to the unit head in all of them"
