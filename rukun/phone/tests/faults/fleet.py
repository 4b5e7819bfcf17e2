"""Eight phones in eight hands: each hands in its queue in batches of any size and order, again and again until all of it is acknowledged."""

import http.client
import json
import random
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from rukun.phone.tests.model import Answer, Phone, new_key, report, sealed_to, visit

PIECE = 65536


def over_the_line(port: int) -> Callable[[str, str, dict[str, str], bytes], Answer]:
    """One request to a line, as over a bad network; a failure is told as status 0."""

    def ask(method: str, path: str, headers: dict[str, str], body: bytes) -> Answer:
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=90)
        try:
            line.request(method, path, body, headers | {"Connection": "close", "Content-Length": str(len(body))})
            answer = line.getresponse()
            return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
        except (OSError, http.client.HTTPException):
            return 0, {}, b""
        finally:
            line.close()

    return ask


@dataclass
class Hand:
    """One phone and whoever holds it."""

    phone: Phone
    areas: list[str]
    dice: random.Random
    said: Counter[str] = field(default_factory=Counter)
    made: dict[str, str] = field(default_factory=dict)  # every item ever queued, and its kind
    bytes_of: dict[str, dict[str, object]] = field(default_factory=dict)
    photos: dict[str, tuple[str, bytes]] = field(default_factory=dict)  # upload -> item, content
    landed: set[str] = field(default_factory=set)

    def fill(self, count: int) -> None:
        start = datetime.now(UTC) - timedelta(days=20)
        for number in range(count):
            at, area = start + timedelta(minutes=number), self.dice.choice(self.areas)
            if number % 3 == 2:
                key = self.phone.put("report", report(area, at, title=f"Lampu padam di simpang {number}"), sealed=number % 5 == 0)
                self.made[key] = "report"
            else:
                more = {"concerns": [{"text": f"Got tersumbat {number}", "code": "ENV-01"}]} if number % 4 == 0 else {}
                key = self.phone.put("visit", visit(area, at, **more), sealed=number % 5 == 0)
                self.made[key] = "visit"
        self.bytes_of = dict(self.phone.queue)

    def work(self, stop: threading.Event, most: int) -> None:
        while self.phone.queue and not stop.is_set():
            self.hand_in(self.dice.sample(list(self.phone.queue.values()), min(len(self.phone.queue), self.dice.randint(1, most))))
            if self.phone.acknowledged and self.dice.random() < 0.05:  # a reply was lost long ago, and the phone never heard
                self.hand_in([self.bytes_of[key] for key in self.dice.sample(sorted(self.phone.acknowledged), 1)])

    def hand_in(self, items: list[dict[str, object]]) -> None:
        status, headers, raw = self.phone.batch(items, packed=self.dice.random() < 0.5)
        self.said[str(status)] += 1
        if status == 200 and headers.get("x-rukun-api") == "1":
            results = json.loads(raw)["results"]
            self.said.update(row["status"] for row in results)
            self.phone.hear(results)
        else:
            time.sleep(self.dice.uniform(0.02, 0.2))

    # --- photos -----------------------------------------------------------------------------------------------------------------------

    def carry(self, contents: list[bytes]) -> None:
        """Five to a record, every second one sealed."""
        keys = sorted(self.made)
        for number, content in enumerate(contents):
            self.photos[new_key()] = (keys[(number // 5) % len(keys)], content)

    def send_photos(self, stop: threading.Event) -> None:
        sealed = {key: sealed_to(self.phone.seal, self.phone.seal_id, key, self.photos[key][1]) for key in sorted(self.photos)[::2]}
        while len(self.landed) < len(self.photos) and not stop.is_set():
            key = self.dice.choice(sorted(set(self.photos) - self.landed))
            item, content = self.photos[key]
            envelope, sent = sealed.get(key, (None, content))
            status, _headers, raw = self.phone.upload(key, item, sent, **({"sealed": envelope} if envelope else {}))
            self.said[f"begin {status}"] += 1
            if status in (200, 201):
                self.continue_with(key, sent, json.loads(raw), stop)
            else:
                time.sleep(self.dice.uniform(0.02, 0.2))

    def continue_with(self, key: str, sent: bytes, told: dict[str, object], stop: threading.Event) -> None:
        at, state = int(str(told["offset"])), told.get("status")
        while at < len(sent) and not stop.is_set():
            piece = sent[at : at + PIECE]
            arrives = bytes(len(piece)) if self.dice.random() < 0.05 else piece  # what arrives is not what was sent
            status, headers, _raw = self.phone.piece(key, at, arrives, claimed=piece)
            self.said[f"piece {status}"] += 1
            if "upload-offset" not in headers:
                return time.sleep(self.dice.uniform(0.02, 0.2))
            at, state = int(headers["upload-offset"]), headers.get("upload-status")
        if state in ("ok", "invalid", "waiting"):
            self.landed.add(key)
