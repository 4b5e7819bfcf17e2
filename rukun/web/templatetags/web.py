"""The parts that pages are made of: {% load web %}, then {% icon %}, {% shape %}, {% when %}, {% due %}, {% field %}, {% errors %}."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.forms import BoundField, CheckboxSelectMultiple, Form, RadioSelect
from django.utils import formats, timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from rukun.lib import clock
from rukun.web.ages import ago, ahead, late
from rukun.web.icons import SYMBOLS

register = template.Library()
STAGES = {"PG": ("pg", "Potential"), "AG": ("ag", "Threshold"), "GN": ("gn", "Actual"), "solved": ("solved", "Solved")}


@register.simple_tag
def icon(name: str) -> SafeString:
    """An outlined icon; it always stands beside a word."""
    box, body = SYMBOLS[name]
    css = "mark" if name == "mark" else "icon"
    return format_html('<svg class="{}" viewBox="{}" aria-hidden="true">{}</svg>', css, box, mark_safe(body))


@register.simple_tag
def shape(stage: str, word: bool = True) -> SafeString:
    """A stage as a shape with its word: circle, triangle, square, tick."""
    if stage not in STAGES:
        return format_html('<span class="stage"><span class="meta">{}</span></span>', _("not assessed yet")) if word else SafeString("")
    css, label = STAGES[stage]
    box, body = SYMBOLS[css]
    drawn = format_html('<svg class="shape {}" viewBox="{}" aria-hidden="true">{}</svg>', css, box, mark_safe(body))
    return format_html('<span class="stage">{} {}</span>', drawn, _(label)) if word else drawn


@register.simple_tag(takes_context=True)
def when(context: template.Context, moment: datetime | date | None, zone: str = "") -> SafeString:
    """How long ago, or how soon, with the date and time on hover: <time>kemarin</time>."""
    if moment is None:
        return SafeString("")
    return format_html('<time datetime="{}" title="{}">{}</time>', stamp(moment), full(moment, zone), relative(moment, zone))


@register.simple_tag(takes_context=True)
def due(context: template.Context, moment: datetime | date | None, zone: str = "", dated: bool = True) -> SafeString:
    """A day by which something is to be done: relative first, the date beneath, marigold once it is past."""
    if moment is None:
        return SafeString("")
    css = "due late" if is_past(moment, zone) else "due"
    return format_html(
        '<p class="{}"><time datetime="{}" title="{}">{}</time>{}</p>',
        css,
        stamp(moment),
        full(moment, zone),
        late(at_home(moment, zone), here(zone)) if is_past(moment, zone) else relative(moment, zone),
        format_html(" <small>{}</small>", short(moment, zone)) if dated else "",
    )


@register.filter
def clocktime(moment: datetime | None, zone: str = "") -> str:
    """ "12 Mei, pukul 18.30": a moment as people say it."""
    return "" if moment is None else full(moment, zone)


@register.filter
def day(moment: datetime | date | None) -> str:
    """ "Sel 12 Mei": a day, in few letters."""
    return "" if moment is None else short(moment, "")


def local(moment: datetime, zone: str) -> datetime:
    return moment.astimezone(ZoneInfo(zone) if zone else timezone.get_current_timezone())


def at_home(moment: datetime | date, zone: str) -> datetime | date:
    """A moment on the clock of its place; a day is a day everywhere."""
    return local(moment, zone) if isinstance(moment, datetime) else moment


def here(zone: str) -> datetime:
    return local(clock.now(), zone)


def relative(moment: datetime | date, zone: str) -> str:
    moment = at_home(moment, zone)
    return ahead(moment, here(zone)) if not is_past(moment, zone) else ago(moment, here(zone))


def is_past(moment: datetime | date, zone: str) -> bool:
    return moment < here(zone) if isinstance(moment, datetime) else moment < here(zone).date()


def stamp(moment: datetime | date) -> str:
    return moment.isoformat(timespec="minutes") if isinstance(moment, datetime) else moment.isoformat()


def full(moment: datetime | date, zone: str) -> str:
    if isinstance(moment, datetime):
        moment = local(moment, zone)
        return _("%(day)s, %(clock)s") % {
            "day": formats.date_format(moment, "l, j F Y"),
            "clock": _("at %s") % formats.date_format(moment, "H.i"),
        }
    return formats.date_format(moment, "l, j F Y")


def short(moment: datetime | date, zone: str) -> str:
    if isinstance(moment, datetime):
        moment = local(moment, zone)
    same_year = moment.year == here(zone).year
    return formats.date_format(moment, "D j M" if same_year else "j M Y")


@register.simple_tag
def field(bound: BoundField, css: str = "") -> SafeString:
    """A field: label, hint, the sentence of its error, the control; radios and ticks as large choices."""
    described = " ".join(f"{bound.auto_id}-{part}" for part, there in (("hint", bound.help_text), ("error", bound.errors)) if there)
    marks: dict[str, Any] = {"aria-describedby": described} if described else {}
    if bound.errors:
        marks["aria-invalid"] = "true"
    optional = "" if bound.field.required else format_html(' <span class="optional">({})</span>', _("may stay empty"))
    anchor = bound.auto_id
    hint = format_html('<p class="hint" id="{}-hint">{}</p>', anchor, bound.help_text) if bound.help_text else ""
    error = format_html('<p class="error" id="{}-error">{}</p>', anchor, " ".join(map(str, bound.errors))) if bound.errors else ""
    if isinstance(bound.field.widget, RadioSelect | CheckboxSelectMultiple):
        options = format_html_join("", "<label>{} <span>{}</span></label>", ((option.tag(), option.choice_label) for option in bound))
        inner = format_html('<legend>{}{}</legend>{}{}<div class="choices {}">{}</div>', bound.label, optional, hint, error, css, options)
        by = format_html(' aria-describedby="{}"', described) if described else ""
        # the summary of errors leads here: a group takes the focus as one
        return format_html('<fieldset class="field" id="{}" tabindex="-1"{}>{}</fieldset>', anchor, by, inner)
    if getattr(bound.field.widget, "input_type", "") == "checkbox":
        return format_html(
            '<div class="field choices">{}<label>{} <span>{}</span></label>{}</div>', error, bound.as_widget(attrs=marks), bound.label, hint
        )
    if bound.is_hidden:
        return bound.as_widget()
    return format_html(
        '<div class="field"><label for="{}">{}{}</label>{}{}{}{}</div>',
        anchor,
        bound.label,
        optional,
        hint,
        error,
        bound.as_widget(attrs=marks),
        getattr(bound, "beneath", ""),  # what a room's own field says of what is typed
    )


@register.simple_tag
def errors(form: Form) -> SafeString:
    """What is to be checked, on top, with a link to each field."""
    if not form.errors:
        return SafeString("")
    lines = []
    for name, sentences in form.errors.items():
        anchor = form[name].auto_id if name in form.fields else ""
        for sentence in sentences:
            lines.append(format_html('<p><a href="#{}">{}</a></p>', anchor, sentence) if anchor else format_html("<p>{}</p>", sentence))
    heading = _("One thing needs checking") if len(lines) == 1 else _("%s things need checking") % len(lines)
    return format_html(
        '<div class="errors" role="alert" tabindex="-1" aria-labelledby="periksa"><h2 id="periksa">{}</h2>{}</div>',
        heading,
        mark_safe("".join(lines)),
    )


_SAID = ("Potential", "Threshold", "Actual", "Solved")  # for the catalogue: see STAGES
