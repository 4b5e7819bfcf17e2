"""What recurs for phones: photos whose record came late, keys that rotate, what is too old; and who is told of a decision that waits."""

from collections.abc import Collection
from datetime import timedelta

from rukun.access.scope import system
from rukun.care import keep
from rukun.lib import clock
from rukun.lib.jobs import after, every
from rukun.notices.services import tell
from rukun.officers.models import Assignment
from rukun.officers.rules import LADDER
from rukun.phone import keys
from rukun.phone.models import Dispute, Handed, Item, Renewal, Upload
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
    for file in uploads.leftovers(clock.now()):
        uploads.photos_gone(file)


@every(hours=24)
def rotate_seal_key() -> None:
    keys.current_seal(clock.now())


@every(hours=24)
def retain() -> None:
    now = clock.now()
    for act, rule in (
        (retention.expire_items, "item"), (uploads.expire, "upload"), (retention.expire_devices, "device"), (retention.expire_handed, "handed"), (retention.blank_disputes, "problem_text"),
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


@after("handed.give")
def tell_of_handed(pk: str) -> None:
    """Those who command the unit; again each week while it waits."""
    handed = Handed.objects.open().filter(pk=pk).select_related("unit").first()
    if handed is not None:
        heads = heads_of(handed.unit, besides=[handed.officer_id])
        week = (clock.now() - handed.handed_at).days // 7
        tell(HERALD, to=heads, kind="handed.waiting", about=f"handed:{pk}", key=f"handed:{pk}:{handed.handed_at:%Y%m%d%H%M}:{week}")


@every(hours=24)
def remind_of_handed() -> None:
    for pk in Handed.objects.open().filter(handed_at__lt=clock.now() - timedelta(days=7)).values_list("pk", flat=True):
        tell_of_handed.call(str(pk))


@after("handed.take")
def photos_of_taken(pk: str) -> None:
    """The photos came before; now their record is there."""
    for upload in Upload.objects.filter(item=pk, state=Upload.State.WHOLE).select_related("device__officer__unit"):
        uploads.attach(KEEPER, upload)
    tell_of_answer.call(pk)


@after("handed.send_back")
def tell_of_answer(pk: str) -> None:
    handed = Handed.objects.filter(pk=pk).exclude(state=Handed.State.OPEN).first()
    if handed is not None and handed.ended_at is not None:
        about = f"handed:{pk}"
        tell(HERALD, to=[handed.officer_id], kind="handed.answered", about=about, key=f"{about}:{handed.ended_at:%Y%m%d%H%M%S}")


@after("handed.release")
def tell_of_release(pk: str) -> None:
    tell_of_answer.call(pk)


def heads_of(unit: Unit, *, besides: Collection[int]) -> list[int]:
    """Who commands the unit today; who is away may answer when they are back."""
    terms = Assignment.objects.valid(unit.today()).filter(unit=unit, role__in=LADDER)
    return sorted(set(terms.exclude(officer__in=besides).values_list("officer", flat=True)))
