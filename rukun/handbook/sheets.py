"""What stands in the two handbooks, one page each: for whoever walks, and for whoever answers."""

import re
from dataclasses import asdict, dataclass
from enum import StrEnum

from django.utils.translation import gettext as _

from rukun.handbook.words import word

NAMED = re.compile(r"{(\w+)}")


class Reader(StrEnum):
    OFFICER = "officer"
    HEAD = "kasat"


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text; the word of a page or button is strong."""

    text: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    title: str
    lines: tuple[tuple[Run, ...], ...]


@dataclass(frozen=True, slots=True)
class Handbook:
    """One page of paper."""

    title: str
    lead: str
    parts: tuple[Part, ...]
    foot: str

    def plain(self) -> dict[str, object]:
        return asdict(self)


def part(title: str, *lines: str) -> Part:
    return Part(title, tuple(runs(line) for line in lines))


def runs(line: str) -> tuple[Run, ...]:
    """A sentence cut at the {words} of pages."""
    pieces = NAMED.split(line)
    found = [Run(word(piece), strong=True) if number % 2 else Run(piece) for number, piece in enumerate(pieces)]
    return tuple(run for run in found if run.text)


def handbook(reader: Reader) -> Handbook:
    return for_the_officer() if reader is Reader.OFFICER else for_the_head()


def for_the_officer() -> Handbook:
    parts = (
        part(
            _("The first day"),
            _("Use your sheet, choose your own password, then follow {first}: four steps, fifteen minutes."),
            _("{practise}: it is counted nowhere and reaches nobody."),
        ),
        part(
            _("A visit"),
            _("{record}, then {visit}. Nobody had anything to say? {nothing}: one tap, and it is a full answer."),
            _("What residents said: one sentence each. {promise} Give it a day; it stays in {today} until it is kept."),
        ),
        part(
            _("A report"),
            _("{record}, then {report}: what, where, when. Facts apart from what you think. Then {send}."),
            _("Your unit head reads it within a day, danger within an hour; else it goes one rung up. {records} shows who has read it and what became of it."),
        ),
        part(
            _("Written once"),
            _("{share} after saving. Written there already? {paste}. For BOS: {bos}, field by field."),
            _("Atensi of your chiefs stands on top of {today}: {heeded} is one tap."),
        ),
        part(
            _("Without a signal"),
            _("{phones}: register yours once, with a PIN. It records where there is no signal, and sends by itself later."),
        ),
        part(
            _("What is not written"),
            _("No names of residents, no NIK, no numbers of telephones or vehicles: rukun takes them out."),
            _("Nobody's choice at elections, party, belief or origin; not who protests or complains. Write the problem and the place."),
        ),
        part(
            _("Yours"),
            _("Visit notes are yours: others read them only for a reason, and you see who. {month} is for you alone."),
            _("Nobody is ranked by counts. A hard problem reported early is good work."),
        ),
        part(
            _("When you move"),
            _("Promises, actions and problems go to the next officer; what comes to you stands in {inherited}."),
        ),
    )  # fmt: skip
    return Handbook(
        _("Pocket guide for officers"),
        _("What rukun asks of you, and what you get from it."),
        parts,
        _("In danger, call 110 first. Record afterwards."),
    )


def for_the_head() -> Handbook:
    parts = (
        part(
            _("Every morning"),
            _("{today} says in one sentence what waits: not read, late, in nobody's hands. {notices} holds what is yours."),
        ),
        part(
            _("Every report is answered"),
            _("{inbox}: the unread first. Read it, say stage and severity, answer in one sentence: whoever reported sees it."),
            _("Unread for 24 hours (danger: one hour) it goes one rung up by itself."),
        ),
        part(
            _("Every problem has an owner"),
            _("{board}: by step, the late ones first. Give actions to people, with a day. Closing asks how it was solved; what comes back is opened again."),
        ),
        part(
            _("Someone is there"),
            _("{uncovered} lists villages without an officer and officers without an area, each with its next step. {handover} before somebody moves."),
        ),
        part(
            _("One voice"),
            _("{atensi}: places, what, until when. It is acknowledged in one tap, and the auditor reads it, too."),
        ),
        part(
            _("For the Kapolres"),
            _("{sheet}: one page for the day, the week or the month, with three decisions that you ask for; on paper, or as a text for WhatsApp."),
        ),
        part(
            _("What stands out"),
            _("{alerts} says what is more than usual there, and why. Somebody goes and looks; then say whether it was right."),
        ),
        part(
            _("Before you decide"),
            _("{map} shows where reports come from. Many may mean that an officer listens well; none may mean that nobody came."),
            _("A figure without its period and its n is no figure. Below five, say nothing of a trend."),
        ),
        part(
            _("What is not done"),
            _("No ranking of officers by counts, no lists of persons, no question about anybody's choice at elections."),
            _("Visit notes are read only for a reason; the officer and the auditor see it. Whatever was done stands in {book}."),
        ),
    )  # fmt: skip
    return Handbook(
        _("Guide for heads of unit"),
        _("For Kasat and Kanit Binmas: what to look at, and what to leave alone."),
        parts,
        _("Detect early, act early, and find a solution: preventing is better than curing."),
    )
