"""Issuing an Atensi, acknowledging it, and ending it."""

from collections.abc import Collection
from datetime import date

from django.utils.translation import gettext as _

from rukun.access.scope import Actor
from rukun.audit import erasures
from rukun.audit.door import Many, act
from rukun.directives.models import Addressee, Directive
from rukun.directives.reach import reached
from rukun.directives.rules import LONGEST, TEXT, in_force, names_a_side
from rukun.fieldwork.models import Code
from rukun.fieldwork.rules import REMOVED
from rukun.guard import read
from rukun.lib import clock
from rukun.territory.models import Area, Unit

AT_ONCE = 500


class NotPossible(ValueError):
    """What was asked for can't be; the sentence says why, the field where."""

    def __init__(self, sentence: str, field: str = "text") -> None:
        super().__init__(sentence)
        self.field = field


@act("directive.issue", records=("areas", "code", "last_day"))
def issue(
    actor: Actor, unit: Unit, *, text: str, last_day: date, areas: Collection[Area] = (), code: Code | str | None = None
) -> Directive:
    """An Atensi for everybody who serves in these areas under the unit; for all of the unit, where none is named."""
    text = proper(text)
    if actor.officer_id is None:
        raise NotPossible(_("An Atensi carries the name of the chief who issues it."))
    check_day(last_day, unit.today())
    check_areas(unit, areas)
    directive = Directive.objects.create(
        unit=unit, code_id=code.pk if isinstance(code, Code) else code or None, text=text, last_day=last_day,
        issued_by_id=actor.officer_id, issued_at=clock.now(),
    )  # fmt: skip
    directive.areas.set(areas)
    address_all(directive)
    return directive


@act("directive.address")
def address(actor: Actor, directive: Directive) -> Many | None:
    """Whoever has come to serve there since it was issued is reached, too."""
    if not directive.is_in_force:
        return None
    fresh = address_all(directive)
    return Many(fresh, told=str(directive.pk)) if fresh else None


def address_all(directive: Directive) -> list[Addressee]:
    known = set(directive.addressees.values_list("officer", flat=True))
    fresh = sorted(reached(directive) - known - {directive.issued_by_id})
    return Addressee.objects.bulk_create([Addressee(directive=directive, officer_id=pk) for pk in fresh], batch_size=1000)


@act("directive.acknowledge")
def acknowledge(actor: Actor, addressee: Addressee) -> Addressee | None:
    """Read, and known; said once, and it stays."""
    if addressee.acknowledged_at is not None:
        return None
    if not addressee.directive.is_in_force:
        raise NotPossible(_("This Atensi has ended; there is nothing left to acknowledge."))
    addressee.acknowledged_at = clock.now()
    addressee.save(update_fields=["acknowledged_at"])
    return addressee


@act("directive.end")
def end(actor: Actor, directive: Directive, *, because: str = "") -> Directive:
    """It has done its work before its last day."""
    directive = standing(directive)
    directive.ended_at, directive.because = clock.now(), because.strip()
    directive.save(update_fields=["ended_at", "because"])
    return directive


@act("directive.withdraw")
def withdraw(actor: Actor, directive: Directive, *, because: str) -> Directive:
    """It should not have been issued; it leaves every desk and stays to be read by whoever audits."""
    directive = standing(directive)
    if not because.strip():
        raise NotPossible(_("Say why it is withdrawn; whoever read it will ask."))
    directive.withdrawn_at, directive.because = clock.now(), because.strip()
    directive.save(update_fields=["withdrawn_at", "because"])
    return directive


@act("directive.resume")
def resume(actor: Actor, directive: Directive) -> Directive:
    """It was ended or withdrawn by mistake, and its last day has not passed."""
    directive = locked(directive)
    if not directive.is_over:
        raise NotPossible(_("This Atensi stands; there is nothing to take back."))
    if not in_force(directive.last_day, directive.unit.today(), over=False):
        raise NotPossible(_("Its last day has passed. Please issue a new one."))
    directive.ended_at, directive.withdrawn_at, directive.because = None, None, ""
    directive.save(update_fields=["ended_at", "withdrawn_at", "because"])
    return directive


@act("directive.expire", records=("before",))
def expire(actor: Actor, subject: None = None, *, before: date) -> Many | None:
    """What ended years ago goes, with who acknowledged it."""
    rows = list(Directive.objects.filter(last_day__lt=before).select_related("unit").order_by("pk")[:AT_ONCE])
    told = Many(rows) if rows else None
    Directive.objects.filter(pk__in=[row.pk for row in rows]).delete()
    return told


@act("directive.erase", records=("basis",))
def erase_directive(actor: Actor, directive: Directive, *, basis: str) -> Directive | None:
    """On somebody's right: its words go; where it stood, until when, and who acknowledged it stay."""
    if directive.text == REMOVED:
        return None
    directive.text, directive.because = REMOVED, ""
    directive.save(update_fields=["text", "because"])
    erasures.remember(erasures.Erased("directives.directive", str(directive.pk)))
    return directive


@erasures.replays("directives.directive", tables=("directives_directive",))
def erase_directives_again(actor: Actor, erased: list[erasures.Erased]) -> None:
    for directive in Directive.objects.filter(pk__in=[one.key for one in erased]).select_related("unit"):
        erase_directive(actor, directive, basis=erasures.AGAIN)


def proper(text: str) -> str:
    """What may be said to everybody: something, short, about a place and what may happen there."""
    text = " ".join(text.split())
    if not text:
        raise NotPossible(_("Say what is to be heeded, and where."))
    if len(text) > TEXT:
        raise NotPossible(_("At most %d letters: it stands whole on everybody's first page.") % TEXT)
    reading = read(text, kind="visit")
    if reading.refused:
        raise NotPossible(" ".join(str(sentence) for sentence in reading.sentences))
    if names_a_side(text):
        raise NotPossible(
            _(
                "An Atensi speaks of no party, candidate or team. Neutrality can be asked for without naming any side; write the place and what to heed."
            )
        )
    return reading.clean[:TEXT]


def check_day(last_day: date, today: date) -> None:
    if last_day < today:
        raise NotPossible(_("The last day has passed already. Please check the date."), "last_day")
    if last_day > today + LONGEST:
        raise NotPossible(_("An Atensi holds for 90 days at most; after that, issue a new one."), "last_day")


def check_areas(unit: Unit, areas: Collection[Area]) -> None:
    covered = tuple(Area.objects.covered_by(unit, unit.today()).values_list("path", flat=True))
    if beyond := [area.name for area in areas if not area.path.startswith(covered or ("z",))]:
        raise NotPossible(_("%(areas)s: not covered by %(unit)s.") % {"areas": ", ".join(beyond), "unit": unit}, "areas")


def locked(directive: Directive) -> Directive:
    return Directive.objects.select_for_update(of=("self",)).select_related("unit").get(pk=directive.pk)


def standing(directive: Directive) -> Directive:
    directive = locked(directive)
    if not directive.is_in_force:
        raise NotPossible(_("This Atensi has ended already."))
    return directive
