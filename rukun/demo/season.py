"""The season: who is who, what day it is, one source of chance, and the deeds that are planned."""

import random
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

from rukun.access.scope import Actor

ZONE = ZoneInfo("Asia/Jakarta")
WEEKS = 26


@dataclass
class Season:
    """The world while it is lived through: who is who, what day it is, and one source of chance."""

    world: SimpleNamespace
    today: date
    chance: random.Random = field(default_factory=lambda: random.Random(29042024))
    planned: list[tuple[datetime, Callable[[], object]]] = field(default_factory=list)

    def actor(self, key: str) -> Actor:
        return self.world.actor(getattr(self.world, key))

    def plan(self, day: date, hour: float, deed: Callable[[], object]) -> None:
        moment = datetime.combine(day, time(int(hour), int(hour % 1 * 60)), ZONE)
        self.planned.append((moment, deed))

    def new_id(self) -> uuid.UUID:
        return uuid.UUID(int=self.chance.getrandbits(128), version=4)

    def days_ago(self, days: int) -> date:
        return self.today - timedelta(days=days)
