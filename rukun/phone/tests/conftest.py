from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client

from rukun.lib import clock
from rukun.phone.tests.model import API, NOON, Answer, Phone


def over(client: Client) -> Callable[[str, str, dict[str, str], bytes], Answer]:
    """The server, asked without a network."""

    def ask(method: str, path: str, headers: dict[str, str], body: bytes) -> Answer:
        kind = headers.get("Content-Type", "application/octet-stream")
        answer = client.generic(method, path, body, content_type=kind, headers=headers)
        return answer.status_code, {name.lower(): value for name, value in answer.items()}, answer.content

    return ask


@pytest.fixture
def admit(world: Any) -> Callable[..., Phone]:
    """A phone of one of the cast, enrolled as its page does it: `admit(world.sari)`."""

    def enrolled(officer: Any, **more: Any) -> Phone:
        browser = Client()
        browser.force_login(officer.account)
        phone = Phone(over(Client()), **more)
        answer = browser.post(API + "enrol", {"label": "HP", "key": phone.jwk}, content_type="application/json")
        assert answer.status_code == 200, answer.content
        return phone.admitted(answer.json())

    return enrolled


@pytest.fixture
def at_noon() -> Iterator[None]:
    """It is noon of one day, for whoever asks."""
    with clock.at(NOON):
        yield


@pytest.fixture
def sari(world: Any, admit: Callable[..., Phone], at_noon: None) -> Phone:
    """Sari's phone, whose clock may go wrong: by its `skew`."""
    phone = admit(world.sari)
    phone.now = lambda: NOON + phone.skew
    return phone
