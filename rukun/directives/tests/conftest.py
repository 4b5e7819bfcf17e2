from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from rukun.directives import services
from rukun.directives.models import Addressee, Directive
from rukun.lib import clock

MORNING = datetime(2026, 11, 10, 2, tzinfo=UTC)  # nine o'clock in Aia Baliang
TEXT = "Parkiran surau dan pasar dijaga saat magrib; ingatkan kunci ganda."


@pytest.fixture(autouse=True)
def a_set_clock():
    with clock.at(MORNING):
        yield


@pytest.fixture
def issued(world) -> Callable[..., Directive]:
    """An Atensi of the Kapolsek Koto Rimbo for Aia Baliang; any argument may be another."""

    def issue(who=None, unit=None, **said) -> Directive:
        said = {"text": TEXT, "areas": [world.aia_baliang], "last_day": date(2026, 11, 20)} | said
        return services.issue(world.actor(who or world.budi), unit or world.sek_kr, **said)

    return issue


@pytest.fixture
def names() -> Callable[[Directive], set[str]]:
    """Whom it reaches, by their first names."""

    def of(directive: Directive) -> set[str]:
        rows = Addressee.objects.filter(directive=directive).select_related("officer")
        return {row.officer.name.split()[0] for row in rows}

    return of


@pytest.fixture
def page(signed_in, run_jobs):
    def read(officer, address: str = "/") -> str:
        run_jobs()
        answer = signed_in(officer).get(address)
        assert answer.status_code == 200, answer.status_code
        return " ".join(answer.content.decode().split())

    return read
