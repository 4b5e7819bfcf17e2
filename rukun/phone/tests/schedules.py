"""Any order of things that befall two phones and a server: each byte of a schedule is one of them. At the end nothing is lost or doubled.

The server here is a kernel of dictionaries that decides by the room's own rules (`known`, `digest`, `merge`); `test_schedules.py` holds it
equal to the real one. So a hundred thousand schedules cost minutes, not days.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

from rukun.phone.rules import digest, known, merge

USERS, AREAS, LEASE = 2, 2, 3
NOWHERE = -1  # a place that no server knows: refused whoever sends it
FIELDS = ("title", "analysis")
Item = dict[str, Any]
Said = dict[str, Any]


class Server(Protocol):
    problem: dict[str, str]

    def receive(self, user: int, items: list[Item]) -> list[Said]: ...
    def edit(self, name: str, value: str) -> None: ...
    def move(self, user: int, area: int, day: int) -> None: ...
    def head(self, dice: int, *, take: bool) -> None: ...
    def news(self, user: int) -> dict[str, str]: ...


@dataclass
class Lying:
    """With the unit head."""

    user: int
    sha256: str
    body: dict[str, Any]
    seq: int
    state: str = "open"


@dataclass
class Kernel:
    """What the server decides, without a table."""

    items: dict[str, tuple[str, int, str]] = field(default_factory=dict)  # hash, whose, answer
    records: dict[str, Item] = field(default_factory=dict)
    made: list[str] = field(default_factory=list)  # every record that was ever written, in order
    problem: dict[str, str] = field(default_factory=lambda: dict.fromkeys(FIELDS, "-"))
    written: set[tuple[str, str]] = field(default_factory=lambda: {(name, "-") for name in FIELDS})
    disputed: set[tuple[str, str]] = field(default_factory=set)
    unseen: list[tuple[str, str]] = field(default_factory=list)  # what was written over by somebody who had not seen it
    terms: dict[tuple[int, int], list[tuple[int, bool]]] = field(default_factory=dict)  # since when somebody serves where, or not

    handed: dict[str, Lying] = field(default_factory=dict)

    def serves(self, user: int, area: int, day: int) -> bool:
        return next((serving for since, serving in reversed(self.terms.get((user, area), [])) if since <= day), True)

    def move(self, user: int, area: int, day: int) -> None:
        self.terms.setdefault((user, area), []).append((day, not self.serves(user, area, day)))

    def edit(self, name: str, value: str, seen: str | None = None) -> None:
        if seen is not None and seen != self.problem[name]:
            self.unseen.append((name, self.problem[name]))
        self.problem[name] = value
        self.written.add((name, value))

    def receive(self, user: int, items: list[Item]) -> list[Said]:
        return [{"id": item["id"]} | self.one(user, item) for item in items]

    def one(self, user: int, item: Item) -> Said:
        said, earlier = self.kept(user, item), self.handed.get(item["id"])
        if said["status"] == "ok" and earlier and earlier.state != "taken":
            earlier.state = "mended"
        if said["kept"] or not item.get("handed"):
            return said
        if earlier is None or item["seq"] > earlier.seq:
            if earlier and earlier.state == "taken":
                return {"status": "invalid", "code": "other_content", "kept": False}
            self.handed[item["id"]] = Lying(user, digest(item["kind"], False, item["body"]), item["body"], item["seq"])
        return {"status": "ok", "code": "handed", "kept": True}

    def head(self, dice: int, *, take: bool) -> None:
        """Takes one in, sends it back, lets it go, or fetches one back."""
        for name, row in sorted(self.handed.items())[dice % 3 :][:1]:
            if row.state == "open" and take and dice % 2 and name not in self.items:
                self.items[name], self.records[name], row.state = (row.sha256, row.user, "ok"), row.body, "taken"
                self.made.append(name)
            elif row.state == "open":
                row.state = "returned" if dice % 4 else "released"
            elif row.state in ("returned", "released"):
                row.state = "open"

    def news(self, user: int) -> dict[str, str]:
        return {name: row.state for name, row in self.handed.items() if row.user == user}

    def kept(self, user: int, item: Item) -> Said:
        sha256 = digest(item["kind"], False, item["body"])
        if earlier := self.items.get(item["id"]):
            code = known(earlier[0], sha256, own=earlier[1] == user)
            if code != "dup":
                return {"status": "conflict", "code": code, "kept": False}
            return (
                {"status": "dup", "code": "dup", "kept": True}
                if earlier[2] == "ok"
                else {"status": "conflict", "code": earlier[2], "kept": True}
            )
        if item["kind"] == "problem":
            return self.merged(user, item, sha256)
        if item["body"]["area"] == NOWHERE:
            return {"status": "invalid", "code": "area_unknown", "kept": False}
        if not self.serves(user, item["body"]["area"], item["day"]) and not self.serves(user, item["body"]["area"], item["sent"]):
            return {"status": "invalid", "code": "not_yours", "kept": False}
        self.items[item["id"]] = (sha256, user, "ok")
        self.records[item["id"]] = item["body"]
        self.made.append(item["id"])
        return {"status": "ok", "code": "ok", "kept": True}

    def merged(self, user: int, item: Item, sha256: str) -> Said:
        found = merge(item["body"]["base"], item["body"]["change"], self.problem)
        for name, value in found.apply.items():
            self.edit(name, value, item["body"]["base"][name])
        self.disputed |= {(name, value) for name, (_stands, value) in found.disputed.items()}
        answer = "needs_decision" if found.disputed else "ok"
        self.items[item["id"]] = (sha256, user, answer)
        return {"status": "conflict" if found.disputed else "ok", "code": answer, "kept": True}


@dataclass
class Entry:
    """One item in an outbox."""

    item: Item
    state: str = "queued"  # queued, sending, tray, handed, gone
    answered: bool = False  # by the unit head: sent back, or let go
    since: int = 0


@dataclass
class Handset:
    """A phone that two colleagues may share: an outbox for each, and nothing of one is ever sent as the other."""

    outboxes: dict[int, list[Entry]] = field(default_factory=lambda: {user: [] for user in range(USERS)})
    user: int = 0
    seen: dict[str, str] = field(default_factory=lambda: dict.fromkeys(FIELDS, "-"))

    def ready(self, now: int) -> list[Entry]:
        """What may go: queued, or said to be on its way for too long."""
        return [
            entry
            for entry in self.outboxes[self.user]
            if entry.state == "queued" or (entry.state == "sending" and now - entry.since >= LEASE)
        ]


@dataclass
class World:
    """Two phones, two people, a network that does as it likes."""

    server: Server
    moves: bool = True
    phones: list[Handset] = field(default_factory=lambda: [Handset(), Handset(user=1)])
    now: int = 0
    count: int = 0
    recorded: dict[str, tuple[int, Item]] = field(default_factory=dict)  # all that anybody ever recorded
    edits: list[tuple[str, str]] = field(default_factory=list)
    acknowledged: set[str] = field(default_factory=set)
    flying: list[tuple[int, list[Item]]] = field(default_factory=list)  # copies of requests that arrive whenever they like
    history: list[Said] = field(default_factory=list)

    def play(self, schedule: bytes) -> None:
        acts: list[Callable[[Handset, int], None]] = [
            self.record, self.send, self.lose_request, self.lose_reply, self.send_twice, self.arrive_late, self.change_user, self.move, self.edit_apart,
            self.edit_there, self.look, self.record, self.mend, self.wait, self.reword, self.hand, self.decide, self.listen, self.fetch,
            self.record_nowhere,
        ]  # fmt: skip
        for byte in schedule:
            acts[byte % 20](self.phones[byte // 20 % 2], byte // 40)
            self.now += 1

    # --- what people do ---------------------------------------------------------------------------------------------------------------

    def record(self, phone: Handset, dice: int) -> None:
        kind = "report" if dice % 2 else "visit"
        self.put(phone, {"kind": kind, "body": {"area": dice % AREAS, "text": self.count}})

    def record_nowhere(self, phone: Handset, dice: int) -> None:
        self.put(phone, {"kind": "report" if dice % 2 else "visit", "body": {"area": NOWHERE, "text": self.count}})

    def put(self, phone: Handset, item: Item) -> None:
        self.count += 1
        item |= {"id": f"{self.count:04d}", "day": self.now, "seq": self.now, "handed": False}
        self.recorded[item["id"]] = (phone.user, item)
        phone.outboxes[phone.user].append(Entry(item))

    def change_user(self, phone: Handset, dice: int) -> None:
        phone.user = 1 - phone.user

    def move(self, phone: Handset, dice: int) -> None:
        if self.moves:
            self.server.move(phone.user, dice % AREAS, self.now)

    def edit_apart(self, phone: Handset, dice: int) -> None:
        name, value = FIELDS[dice % 2], f"value {self.count}"
        self.edits.append((name, value))
        self.put(phone, {"kind": "problem", "body": {"base": {name: phone.seen[name]}, "change": {name: value}}})

    def edit_there(self, phone: Handset, dice: int) -> None:
        self.count += 1
        self.server.edit(FIELDS[dice % 2], f"there {self.count}")

    def look(self, phone: Handset, dice: int) -> None:
        phone.seen = dict(self.server.problem)

    def mend(self, phone: Handset, dice: int) -> None:
        """Out of the tray, as it is or with other words: the same name, for nothing was kept of it."""
        for entry in phone.outboxes[phone.user]:
            if entry.state == "tray":
                entry.state, entry.answered, entry.item = "queued", False, entry.item | {"seq": self.now, "handed": False}
                if dice % 2 and entry.item["kind"] != "problem":
                    entry.item = entry.item | {"body": entry.item["body"] | {"text": f"mended {self.now}", "area": dice % AREAS}}
                    self.recorded[entry.item["id"]] = (phone.user, entry.item)

    def reword(self, phone: Handset, dice: int) -> None:
        """Other words for what is in the outbox still; the server may have the first ones, and its reply was lost."""
        for entry in phone.ready(self.now)[: dice % 2 + 1]:
            if entry.item["kind"] != "problem":
                entry.item = entry.item | {"body": entry.item["body"] | {"text": f"reworded {self.now}"}, "seq": self.now, "handed": False}
                self.recorded[entry.item["id"]] = (phone.user, entry.item)

    def hand(self, phone: Handset, dice: int) -> None:
        """What lies in the tray goes to the unit head as it stands."""
        for entry in phone.outboxes[phone.user]:
            if entry.state == "tray" and entry.item["kind"] != "problem":
                entry.state, entry.answered, entry.item = "queued", False, entry.item | {"seq": self.now, "handed": True}

    def fetch(self, phone: Handset, dice: int) -> None:
        """Back from the unit head, to be mended after all."""
        for entry in phone.outboxes[phone.user]:
            if entry.state == "handed":
                entry.state, entry.item = "tray", entry.item | {"handed": False}

    def decide(self, phone: Handset, dice: int) -> None:
        self.server.head(dice, take=self.moves)

    def listen(self, phone: Handset, dice: int) -> None:
        """What became of it, as `handed.js` hears it."""
        news = self.server.news(phone.user)
        for entry in phone.outboxes[phone.user]:
            if entry.state != "handed" and not (entry.state == "tray" and entry.answered):
                continue
            state = news.get(entry.item["id"], "unknown")
            if state in ("taken", "mended"):
                entry.state = "gone"
                self.acknowledged.add(entry.item["id"])
            else:
                entry.state, entry.answered = ("handed", False) if state == "open" else ("tray", True)

    def wait(self, phone: Handset, dice: int) -> None:
        self.now += dice

    # --- what the network does --------------------------------------------------------------------------------------------------------

    def taken(self, phone: Handset, dice: int) -> list[Entry]:
        ready = phone.ready(self.now)
        chosen = ready[dice % 3 :] or ready
        if dice % 2:
            chosen = chosen[::-1]
        for entry in chosen:
            entry.state, entry.since = "sending", self.now
            entry.item["sent"] = self.now
        return chosen

    def send(self, phone: Handset, dice: int) -> None:
        if chosen := self.taken(phone, dice):
            self.hear(phone, self.arrives(phone.user, [dict(entry.item) for entry in chosen]))

    def lose_request(self, phone: Handset, dice: int) -> None:
        self.taken(phone, dice)

    def lose_reply(self, phone: Handset, dice: int) -> None:
        if chosen := self.taken(phone, dice):
            self.arrives(phone.user, [dict(entry.item) for entry in chosen])

    def send_twice(self, phone: Handset, dice: int) -> None:
        if chosen := self.taken(phone, dice):
            copy = [dict(entry.item) for entry in chosen]
            self.flying.append((phone.user, copy))
            self.hear(phone, self.arrives(phone.user, copy))

    def arrive_late(self, phone: Handset, dice: int) -> None:
        if self.flying:
            self.arrives(*self.flying.pop(dice % len(self.flying)))

    def arrives(self, user: int, items: list[Item]) -> list[Said]:
        said = self.server.receive(user, items)
        self.history += said
        return said

    def hear(self, phone: Handset, said: list[Said]) -> None:
        """The phone lets go only of what is kept."""
        entries = {entry.item["id"]: entry for entry in phone.outboxes[phone.user]}
        for row in said:
            entry = entries[row["id"]]
            entry.state = "handed" if row["code"] == "handed" else "gone" if row["kept"] else "tray"
            if entry.state == "gone":
                self.acknowledged.add(row["id"])

    def settle(self) -> None:
        """The network is back, everybody signs in once more, and what may go goes."""
        for phone in self.phones:
            for user in range(USERS):
                phone.user = user
                self.now += LEASE
                self.send(phone, 0)
        for user, items in self.flying:
            self.arrives(user, items)
        for phone in self.phones:
            for user in range(USERS):
                phone.user = user
                self.listen(phone, 0)

    def still_here(self) -> dict[str, str]:
        return {
            entry.item["id"]: entry.state
            for phone in self.phones
            for box in phone.outboxes.values()
            for entry in box
            if entry.state != "gone"
        }
