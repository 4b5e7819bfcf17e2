"""What the doctor says of one thing: whether it is there, and if not, what to do."""

from dataclasses import dataclass

from django.utils.functional import Promise

OK, MISSING, ADVICE = "ok", "missing", "advice"
Words = str | Promise


@dataclass(frozen=True, slots=True)
class Finding:
    key: str
    title: Words
    state: str
    says: Words
    todo: Words = ""

    @property
    def hinders(self) -> bool:
        return self.state == MISSING


def told(key: str, title: Words, good: bool, says: Words, todo: Words) -> Finding:
    return Finding(key, title, OK, says) if good else Finding(key, title, MISSING, says, todo)
