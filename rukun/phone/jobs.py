"""What recurs for phones: photos whose record came late, keys that rotate, what is too old; and who is told of a decision that waits."""

from collections.abc import Collection

from rukun.access.scope import system
from rukun.care import keep
from rukun.lib import clock
from rukun.lib.jobs import after, every
from rukun.notices.services import tell
from rukun.officers.models import Assignment
from rukun.officers.rules import LADDER
from rukun.phone import keys
from rukun.phone.models import Dispute, Item, Renewal, Upload
from rukun.phone.services import retention, uploads
from rukun.territory.models import Unit

KEEPER, HERALD = system("phone"), system("notices")


@every(hours=1)
def attach_photos() -> None:
    """Those whose record came, and whose request was cut off before they were opened."""
    whole = Upload.objects.filter(state=Upload.State.WHOLE)
    for upload in whole.filter(item__in=Item.objects.filter(pk__in=whole.values("item")).values("pk")).select_related(
        "device__officer__unit"
    ):
        uploads.attach(KEEPER, upload)


@every(hours=24)
def rotate_seal_key() -> None:
    keys.current_seal(clock.now())


@every(hours=24)
def retain() -> None:
    now = clock.now()
    for act, rule in (
        (retention.expire_items, "item"), (uploads.expire, "upload"), (retention.expire_devices, "device"), (retention.blank_disputes, "problem_text"),
    ):  # fmt: skip
        while act(KEEPER, before=keep.before(rule, now)):
            pass


@after("dispute.open")
def tell_of_disputes(item: str) -> None:
    """Whoever answers for the problem; where nobody holds it, who commands its unit."""
    for dispute in Dispute.objects.open().filter(item=item).select_related("problem__unit"):
        to = [dispute.problem.owner_id] if dispute.problem.owner_id else heads_of(dispute.problem.unit, besides=[dispute.officer_id])
        tell(HERALD, to=to, kind="problem.disputed", about=f"dispute:{dispute.pk}", key=f"dispute:{dispute.pk}")


@after("device.renew")
def tell_of_renewal(pk: str) -> None:
    """Those who may confirm: who commands the unit, besides whoever asked."""
    renewal = Renewal.objects.select_related("device__officer__unit").filter(pk=pk).first()
    if renewal is None:
        return
    heads = heads_of(renewal.device.officer.unit, besides=[renewal.asked_by_id, renewal.device.officer_id])
    tell(HERALD, to=heads, kind="device.renewal", about=f"renewal:{pk}", key=f"renewal:{pk}")


def heads_of(unit: Unit, *, besides: Collection[int]) -> list[int]:
    """Who commands the unit today; who is away may answer when they are back."""
    terms = Assignment.objects.valid(unit.today()).filter(unit=unit, role__in=LADDER)
    return sorted(set(terms.exclude(officer__in=besides).values_list("officer", flat=True)))
