"""Who signs in (Account), who serves (Officer), with which role, where and until when (Assignment), and who is away (Absence)."""

from datetime import date, datetime
from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rukun.access.roles import PURPOSES
from rukun.access.scope import ScopedQuerySet, Where
from rukun.officers.rules import FIELD_ROLES, RANKS, Role, digest_of
from rukun.territory.models import Area, Unit, ValidQuerySet
from rukun.territory.rules import ancestors


class AccountManager(BaseUserManager["Account"]):
    def create_user(self, nrp: str, password: str | None = None, **fields: object) -> "Account":
        account = self.model(nrp=nrp, **fields)
        account.set_password(password)
        account.save(using=self._db)
        return account

    def get_by_natural_key(self, nrp: str | None) -> "Account":
        return self.get(nrp=nrp)


class Account(AbstractBaseUser):
    """What signs in: an NRP with a password, and a second factor; what a person may do stands with the officer."""

    nrp = models.CharField("NRP", max_length=8, unique=True)
    email = models.EmailField(blank=True)  # allauth asks for the column; never shown, never required
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "nrp"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = AccountManager()

    def __str__(self) -> str:
        return self.nrp


class OfficerQuerySet(ScopedQuerySet):
    sees = "officer.view"
    area_path = "assignments__areas__path"
    unit_path = "unit__path"
    author = "pk"
    many_areas = True

    def in_service(self) -> "OfficerQuerySet":
        return self.filter(left_on=None)

    def serving(self, role: str, area_path: str, on: date) -> "OfficerQuerySet":
        """Those who hold a role on a day over an area or over what lies above it, be it by name or with all that their unit covers."""
        return self.holding(Assignment.objects.filter(role=role).over(area_path, on))

    def of_area(self, area_path: str, on: date) -> "OfficerQuerySet":
        """Whom a resident of the area calls hers: those who serve there in the field on a day."""
        return self.holding(Assignment.objects.filter(role__in=FIELD_ROLES).over(area_path, on))

    def answerable(self, role: str, area_path: str, on: date) -> "OfficerQuerySet":
        """Who answers for an area on one rung of the ladder on a day, and is there to do it; acting cover counts."""
        return self.serving(role, area_path, on).on_duty(on)

    def on_duty(self, on: date) -> "OfficerQuerySet":
        return self.in_service().exclude(pk__in=Absence.objects.valid(on).values("officer"))

    def named(self, text: str) -> "OfficerQuerySet":
        """Those whose name or NRP holds what was typed."""
        text = text.strip()
        return self.filter(account__nrp__startswith=text) if text.isdigit() else self.filter(name__icontains=text)

    def by_unit(self) -> "OfficerQuerySet":
        """Unit by unit, in each by name."""
        return self.order_by("unit__path", "name", "pk")

    def following(self, mark: str) -> "OfficerQuerySet":
        """Those after the last one shown, unit by unit; a mark that somebody has bent begins at the top."""
        digits = mark.isascii() and mark.isdigit() and len(mark) < 19
        last = Officer.objects.filter(pk=mark).values_list("unit__path", "name", "pk").first() if digits else None
        if last is None:
            return self
        path, name, pk = last
        return self.filter(Q(unit__path__gt=path) | Q(unit__path=path, name__gt=name) | Q(unit__path=path, name=name, pk__gt=pk))

    def of_unit(self, unit: Unit) -> "OfficerQuerySet":
        """Those whose home is the unit or one below it."""
        return self.filter(unit__path__gte=unit.path, unit__path__lt=unit.path + "z")

    def holding(self, terms: "AssignmentQuerySet") -> "OfficerQuerySet":
        return self.in_service().filter(pk__in=terms.values("officer"))


class Officer(models.Model):
    """A person in service, apart from the account with which they sign in."""

    account = models.OneToOneField(Account, models.PROTECT, null=True, related_name="officer")
    name = models.CharField(_("name"), max_length=100)
    rank = models.CharField(_("rank"), max_length=12, choices=[(rank, rank) for rank in RANKS])
    function = models.CharField(_("function"), max_length=40, blank=True)  # Binmas, Satlantas, Samapta …: Polisi RW come from all
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="officers", verbose_name=_("home unit"))
    left_on = models.DateField(null=True)

    objects = OfficerQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.rank} {self.name}"

    def where(self) -> Where:
        paths = self.assignments.values_list("areas__path", flat=True)
        return Where(tuple(path for path in paths if path), unit=self.unit.path, author=self.pk)


class AssignmentQuerySet(ValidQuerySet):
    sees = "officer.view"
    area_path = "areas__path"
    unit_path = "unit__path"
    author = "officer"
    many_areas = True

    def over(self, area_path: str, on: date) -> "AssignmentQuerySet":
        """Terms that hold on a day and reach an area: named for it or for what lies above it, or for a whole unit that covers it."""
        named = Q(areas__path__in=ancestors(area_path))
        whole = Q(areas=None, unit__in=Unit.objects.covering(area_path, on))
        return self.valid(on).filter(pk__in=Assignment.objects.filter(named | whole).values("pk"))

    def not_over(self, on: date) -> "AssignmentQuerySet":
        return self.filter(Q(valid_until=None) | Q(valid_until__gt=on)).order_by("valid_from", "pk")


class Assignment(models.Model):
    """A role that an officer holds for a unit, in areas (all that the unit covers, if none is named), from a day until a day."""

    officer = models.ForeignKey(Officer, models.PROTECT, related_name="assignments")
    role = models.CharField(_("role"), max_length=20, choices=Role)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="assignments")
    areas = models.ManyToManyField(Area, related_name="assignments", blank=True)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)
    basis = models.CharField(_("order"), max_length=80, blank=True)  # number of the assignment order (Sprin)
    stands_in_for = models.ForeignKey("self", models.PROTECT, null=True, related_name="covers")  # acting cover

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(valid_until=None) | Q(valid_until__gt=models.F("valid_from")), name="assignment_term"),
        ]

    @property
    def purpose(self) -> str:
        return PURPOSES[self.role]

    def where(self) -> Where:
        return Where(tuple(self.areas.values_list("path", flat=True)), unit=self.unit.path, author=self.officer_id)


class AbsenceQuerySet(ValidQuerySet):
    sees = "officer.view"
    area_path = None
    unit_path = "officer__unit__path"
    author = "officer"


class Absence(models.Model):
    """Days on which an officer is away; why is nobody's business beyond a word."""

    class Reason(models.TextChoices):
        LEAVE = "leave", _("leave")
        SICK = "sick", _("sick")
        TRAINING = "training", _("training")
        DUTY = "duty", _("duty elsewhere")

    officer = models.ForeignKey(Officer, models.PROTECT, related_name="absences")
    reason = models.CharField(_("reason"), max_length=8, choices=Reason)
    valid_from = models.DateField(_("from"))
    valid_until = models.DateField(_("until"), null=True)  # the first day back
    objects = AbsenceQuerySet.as_manager()

    def where(self) -> Where:
        return Where((), unit=self.officer.unit.path, author=self.officer_id)


class InviteQuerySet(ScopedQuerySet):
    sees = "officer.view"
    area_path = None
    unit_path = "account__officer__unit__path"

    def open(self, now: datetime) -> "InviteQuerySet":
        """Sheets that still open something, and re-issues that still wait for the second person."""
        return self.filter(used_at=None, expires_at__gt=now)

    def matching(self, nrp: str, code: str, now: datetime) -> "Invite | None":
        """The sheet that this NRP and this code open; for whoever stands at the door, so under no scope."""
        return self.open(now).select_related("account__officer__unit").filter(account__nrp=nrp.strip(), secret_hash=digest_of(code)).first()

    def waiting(self, now: datetime) -> "InviteQuerySet":
        return self.open(now).filter(kind=Invite.Kind.REISSUE, confirmed_by=None)


class Invite(models.Model):
    """A one-time sign-in sheet: its secret is printed once, kept only as a hash, and after first use it is spent.

    A lost phone or password is re-issued by two people: the first asks, the second confirms; until then the sheet opens nothing.
    """

    class Kind(models.TextChoices):
        FIRST = "first", _("first sign-in")
        REISSUE = "reissue", _("re-issue")

    account = models.ForeignKey(Account, models.CASCADE, related_name="invites")
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.FIRST)
    secret_hash = models.CharField(max_length=64, blank=True)
    asked_by = models.BigIntegerField(null=True)  # officer id; null: the console or the system
    confirmed_by = models.BigIntegerField(null=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)  # or put aside, when a newer one replaced it
    reason = models.CharField(_("reason"), max_length=200, blank=True)

    objects = InviteQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | ~Q(asked_by=models.F("confirmed_by")) | Q(kind="first"), name="reissue_by_two"
            ),
        ]

    def where(self) -> Where:
        return Where((), unit=self.account.officer.unit.path)
