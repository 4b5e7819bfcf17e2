"""What the pages of the field may send."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from rukun.access.scope import Actor
from rukun.fieldwork.fields import AreaField, CodeField, a_clock, a_day
from rukun.fieldwork.models import Code, Concern, Report, Visit, new_id
from rukun.fieldwork.rules import Basis, PlaceKind, VisitKind
from rukun.fieldwork.watched import Guarded, Words
from rukun.lib import clock
from rukun.officers.models import Officer
from rukun.territory.models import Area, PublicPlace

CONCERNS, MANY = 6, 12  # rows for what residents said: of a visit, of a meeting
MEETINGS = {VisitKind.LISTENING, VisitKind.MEETING}
PROMISES = 4
USUAL = timedelta(days=7)  # a promise is to be kept within a week, where nobody says otherwise
PLACES = 300  # offered; more would be a list that nobody reads


def here_and_now(actor: Actor) -> dict[str, Any]:
    """The day and the time where the officer serves: a day is the local day of its area."""
    home = Area.objects.within(actor).order_by("path").first()
    now = clock.now().astimezone(home.zone if home else None)
    return {"day": now.date(), "clock": now.time()}


def known_places(actor: Actor, permission: str) -> list[str]:
    """The names of public places in the actor's reach, to choose from."""
    rows = PublicPlace.objects.within(actor, permission).filter(valid_until=None)
    return list(rows.order_by("name").values_list("name", flat=True).distinct()[:PLACES])


def an_identity() -> forms.BooleanField:
    return forms.BooleanField(
        label=_("This correction removes somebody's identity"),
        required=False,
        help_text=_("Older versions become unreadable for everybody, in the book, too. This can't be undone."),
    )


def a_known_time() -> forms.BooleanField:
    return forms.BooleanField(
        label=_("Day and time are right"),
        required=False,
        help_text=_("The clock of the phone could not be set right. Correct day and time, or say here that they are right as they stand."),
    )


class Recorded(Guarded):
    """What a visit and a report share: an identity given before it is sent, a place, a moment, and for whom it is written."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    practice = forms.BooleanField(required=False, widget=forms.HiddenInput)
    area = AreaField(label=_("Where?"))
    place = Words(
        kind="visit", label=_("The place in words"), max_length=120, required=False, widget=forms.TextInput(attrs={"list": "tempat-umum"}),
        help_text=_("For example: behind the fish stalls. No house numbers."),
    )  # fmt: skip
    day = forms.DateField(label=_("Day"), widget=a_day())
    clock = forms.TimeField(label=_("About what time"), widget=a_clock())
    author = forms.ModelChoiceField(label=_("For which officer?"), queryset=Officer.objects.none(), required=False, empty_label=_("Choose"))

    def __init__(
        self, *args: Any, actor: Actor, permission: str, initial: dict[str, Any] | None = None, chosen: Area | None = None,
        places: list[str] | None = None, **kwargs: Any,
    ) -> None:  # fmt: skip
        """`chosen` and `places`: where nobody chooses any more, and many forms are read at once, as a phone hands them in."""
        here: dict[str, Any] = {"day": chosen.today()} if chosen else here_and_now(actor)
        self.today: date = here["day"]
        kwargs["initial"] = {"id": new_id()} | here | (initial or {})
        super().__init__(*args, **kwargs)
        self.for_whom(actor)
        if chosen:
            self.fields["area"].queryset = Area.objects.filter(pk=chosen.pk)  # type: ignore[attr-defined]
        else:
            self.offer(actor, permission)
        self.public_places = known_places(actor, permission) if places is None else places
        self.fields["place"].known = frozenset(self.public_places)  # type: ignore[attr-defined]

    def for_whom(self, actor: Actor) -> None:
        if actor.role != "operator":
            del self.fields["author"]
            return
        colleagues = Officer.objects.within(actor).filter(left_on=None).exclude(pk=actor.officer_id or 0)
        author: Any = self.fields["author"]
        author.queryset, author.required = colleagues.distinct().select_related("unit").order_by("name"), True
        # the places wait until they are narrowed: what is chosen meanwhile would be lost
        author.widget.attrs |= {
            "hx-get": reverse("fieldwork:new_visit"), "hx-include": "#id_area", "hx-disabled-elt": "#id_area", "hx-select": "#tempat",
            "hx-target": "#tempat", "hx-swap": "outerHTML",
        }  # fmt: skip

    def offer(self, actor: Actor, permission: str) -> None:
        self.fields["area"].offer(actor, permission)  # type: ignore[attr-defined]
        if officer := self.officer():
            self.fields["area"].narrow(officer)  # type: ignore[attr-defined]
        places = self.fields["area"].queryset[:2]  # type: ignore[attr-defined]
        if len(places) == 1:
            self.initial["area"] = places[0].path

    def officer(self) -> Officer | None:
        """For whom an operator writes this, once it is chosen."""
        if "author" not in self.fields:
            return None
        try:
            found: Officer | None = self.fields["author"].clean(self["author"].value())
        except forms.ValidationError:
            return None
        return found

    @property
    def practising(self) -> bool:
        """Whether it is practice; what comes back from a page is the word “False”, which is not."""
        return bool(self.fields["practice"].to_python(self["practice"].value()))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        area, day, at = data.get("area"), data.get("day"), data.get("clock")
        if area and day and at is not None:
            moment = datetime.combine(day, at, area.zone)
            if moment > clock.now():
                self.add_error("day", _("This lies after now. Check day and time."))
            data["moment"] = moment
        return data


class VisitForm(Recorded):
    """A contact with residents; with nothing said, two taps are enough."""

    kind = forms.ChoiceField(label=_("What was it?"), choices=VisitKind.choices, initial=VisitKind.VISIT)
    place_kind = forms.ChoiceField(label=_("Kind of place"), choices=[("", _("Choose")), *PlaceKind.choices], required=False)
    people = forms.IntegerField(label=_("How many people?"), min_value=0, max_value=5000, required=False)
    narrative = Words(
        kind="visit",
        label=_("Your notes"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Yours alone: others read them only with a reason, which the book keeps. No names of residents."),
    )

    field_order = ("id", "author", "area", "kind", "place_kind", "place", "day", "clock", "people")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, permission="visit.receive", **kwargs)
        kind = self.data.get("kind") or self.get_initial_for_field(self.fields["kind"], "kind")
        self.concerns = MANY if kind in MEETINGS or f"said_{CONCERNS + 1}" in {*self.data, *self.initial} else CONCERNS
        for number in range(1, PROMISES + 1):
            self.fields[f"promise_{number}"] = Words(kind="visit", label=_("What did you promise?"), max_length=200, required=False)
            self.fields[f"due_{number}"] = forms.DateField(label=_("By when"), required=False, widget=a_day())
            self.initial.setdefault(f"due_{number}", self.today + USUAL)
        for number in range(1, self.concerns + 1):
            self.fields[f"said_{number}"] = Words(
                kind="visit", label=_("What residents said"), required=False, widget=forms.Textarea(attrs={"rows": 2}), max_length=1000
            )
            self.fields[f"code_{number}"] = CodeField(label=_("Kind"))

    @property
    def more_said(self) -> bool:
        """Whether the further rows for what was said hold something, or will."""
        return self["kind"].value() in MEETINGS or any(self[f"said_{number}"].value() for number in range(2, self.concerns + 1))

    @property
    def more_promised(self) -> bool:
        return any(self[f"promise_{number}"].value() for number in range(2, PROMISES + 1))

    def rows(self) -> list[tuple[Any, Any]]:
        return [(self[f"said_{number}"], self[f"code_{number}"]) for number in range(1, self.concerns + 1)]

    def promises(self) -> list[tuple[Any, Any]]:
        return [(self[f"promise_{number}"], self[f"due_{number}"]) for number in range(1, PROMISES + 1)]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        data["nothing_said"] = "nothing" in self.data
        said = [(data.get(f"said_{number}", ""), data.get(f"code_{number}")) for number in range(1, self.concerns + 1)]
        data["concerns"] = [(text, code) for text, code in said if text]
        if data["nothing_said"] and data["concerns"]:
            self.add_error("said_1", _("Residents said something, or nothing: choose one of the two."))
        elif not data["nothing_said"] and not data["concerns"]:
            self.add_error("said_1", _("Write what residents said, or choose “Nothing was said”."))
        given = [(number, data.get(f"promise_{number}"), data.get(f"due_{number}")) for number in range(1, PROMISES + 1)]
        for number, promise, due in given:
            if promise and not due:
                self.add_error(f"due_{number}", _("A promise needs a day."))
        data["promises"] = [(promise, due) for _number, promise, due in given if promise and due]
        return data

    def arguments(self) -> dict[str, Any]:
        """What the act is told."""
        data = self.cleaned_data
        return {
            "id": data["id"], "kind": data["kind"], "made_at": data["moment"], "place_kind": data["place_kind"], "place": data["place"],
            "people": data["people"], "nothing_said": data["nothing_said"], "narrative": data["narrative"], "concerns": data["concerns"],
            "topics": {code for _text, code in data["concerns"] if code},
            "promises": data["promises"], "author": data.get("author"), "practice": data["practice"],
        }  # fmt: skip


class ReportForm(Recorded):
    """Laporan deteksi dini: facts apart from opinion."""

    title = Words(label=_("In one line"), max_length=120, help_text=_("What, and where. No names of persons."))
    facts = Words(
        label=_("What happened?"),
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Only what was seen or heard. What you think of it has its place below."),
    )
    basis = forms.ChoiceField(label=_("How do you know?"), choices=Basis.choices, widget=forms.RadioSelect)
    code = CodeField(label=_("What kind is it?"), help_text=_("If you are not sure, leave it; your unit head decides."))
    opinion = Words(label=_("What do you think of it?"), max_length=3000, required=False, widget=forms.Textarea(attrs={"rows": 3}))
    latitude = forms.FloatField(
        label=_("Latitude"), required=False, min_value=-90, max_value=90, widget=forms.NumberInput(attrs={"step": "any"})
    )
    longitude = forms.FloatField(
        label=_("Longitude"), required=False, min_value=-180, max_value=180, widget=forms.NumberInput(attrs={"step": "any"})
    )

    field_order = ("id", "author", "area", "place", "latitude", "longitude", "day", "clock", "title", "facts", "basis", "code", "opinion")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, permission="report.receive", **kwargs)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if hint := self.data.get("usul"):  # one of the kinds suggested from the words, rather than one of the list
            data["code"] = Code.objects.filter(pk=hint).first() or data.get("code")
        if (data.get("latitude") is None) != (data.get("longitude") is None):
            self.add_error("latitude", _("A point needs both numbers; or leave both empty."))
        return data

    @property
    def says_nothing(self) -> bool:
        """Only that all is quiet: then it is a visit, unless the officer says otherwise."""
        return self.readings()["facts"].empty

    def arguments(self) -> dict[str, Any]:
        """What the act is told."""
        names = ("id", "title", "facts", "basis", "opinion", "place", "latitude", "longitude", "code")
        return {name: self.cleaned_data[name] for name in names} | {
            "happened_at": self.cleaned_data["moment"],
            "author": self.cleaned_data.get("author"),
            "practice": self.cleaned_data["practice"],
        }


class CorrectReportForm(ReportForm):
    """The same, once more; the place stays where it was."""

    identity = an_identity()
    time_known = a_known_time()

    def __init__(self, *args: Any, report: Report, **kwargs: Any) -> None:
        names = ("title", "facts", "basis", "opinion", "place", "latitude", "longitude", "code")
        told = {name: getattr(report, name) for name in names}
        super().__init__(*args, initial=told | {"area": report.area.path} | as_day_and_clock(report.happened_at, report.area), **kwargs)
        self.fields.pop("author", None)
        if not report.time_uncertain:
            del self.fields["time_known"]
        self.fields["area"].queryset = Area.objects.filter(pk=report.area_id).select_related("parent")  # type: ignore[attr-defined]

    def arguments(self) -> dict[str, Any]:
        return corrected(super().arguments(), self.cleaned_data)


class CorrectVisitForm(VisitForm):
    """The same visit, once more; the place stays where it was."""

    identity = an_identity()
    time_known = a_known_time()

    def __init__(self, *args: Any, visit: Visit, **kwargs: Any) -> None:
        told = {name: getattr(visit, name) for name in ("kind", "place_kind", "place", "people", "narrative")}
        for number, concern in enumerate(visit.concerns.order_by("pk")[:MANY], start=1):
            told |= {f"said_{number}": concern.text, f"code_{number}": concern.code_id}
        for number, promise in enumerate(visit.promises.filter(kept_on=None, holder=visit.officer).order_by("pk")[:PROMISES], start=1):
            told |= {f"promise_{number}": promise.text, f"due_{number}": promise.due}
        super().__init__(*args, initial=told | {"area": visit.area.path} | as_day_and_clock(visit.made_at, visit.area), **kwargs)
        self.fields.pop("author", None)
        if not visit.time_uncertain:
            del self.fields["time_known"]
        self.fields["area"].queryset = Area.objects.filter(pk=visit.area_id).select_related("parent")  # type: ignore[attr-defined]

    def arguments(self) -> dict[str, Any]:
        return corrected(super().arguments(), self.cleaned_data)


def corrected(told: dict[str, Any], data: dict[str, Any]) -> dict[str, Any]:
    """Of what the act of a new record is told, what a correction may say anew."""
    kept = {name: told[name] for name in told if name not in {"id", "author", "practice"}}
    return kept | {"identity": data["identity"], "time_known": data.get("time_known", False)}


def as_day_and_clock(moment: datetime, area: Area) -> dict[str, date | time]:
    local = moment.astimezone(area.zone)
    return {"day": local.date(), "clock": local.time()}


def concern_of(actor: Actor, text: str) -> Concern | None:
    """The concern of one's own visit from which a report is made."""
    return Concern.objects.within(actor).filter(visit__officer=actor.officer_id, report=None, pk=text).first() if text.isdecimal() else None


def visit_from_report(typed: Mapping[str, str]) -> dict[str, str]:
    """What somebody typed as a report, as the beginning of a visit: nothing is typed twice."""
    said = {name: typed.get(name, "") for name in ("area", "author", "place", "day", "clock", "practice")}
    told = [typed.get(name, "").strip() for name in ("title", "facts", "opinion")]
    return {name: value for name, value in said.items() if value} | {"narrative": "\n".join(line for line in told if line)}
