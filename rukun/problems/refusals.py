"""What can't be done now, each error named after what happened and with the sentence that the person reads."""

from collections.abc import Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rukun.fieldwork import guarded
from rukun.fieldwork.guarded import NotPossible

Sentence = str | Promise  # one that is translated when it is shown


class Refused(Exception):
    """What was asked can't be done now; `sentences` tell the person why, `field` where they typed it."""

    sentence: Sentence = ""
    field: str | None = None

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        return (self.sentence,)


class OutOfTurn(Refused):
    """The problem can't take this step from where it stands."""

    sentence = _("The problem can't take this step now. Perhaps a colleague has moved it meanwhile.")


class Lacking(Refused):
    """Something must be said or done first."""

    def __init__(self, sentences: Sequence[Sentence]) -> None:
        super().__init__(" ".join(map(str, sentences)))
        self.lacking = tuple(sentences)

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        return self.lacking


class AlreadySolved(Refused):
    """The problem has been solved; it must be opened again before anything else is done with it."""

    sentence = _("This problem has been solved. Open it again first.")


class NotSolved(Refused):
    """Only what has been solved can be opened again."""

    sentence = _("This problem is open already.")


class AlreadyEnded(Refused):
    """The action has been finished or withdrawn."""

    sentence = _("This action has been finished or withdrawn already.")


class NotServingHere(Refused):
    """The officer does not serve in the unit whose problem it is, nor in a unit under it."""

    sentence = _("This officer does not serve in the unit now.")


class AboutPersons(Refused):
    """The text tells of persons, or has grown too long; the guard's own sentences say which."""

    def __init__(self, refusal: NotPossible) -> None:
        super().__init__(str(refusal))
        self.told = (str(refusal),)

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        return self.told


def kept(text: str, *, most: int | None = None) -> str:
    """A free text as it is stored: the last gate, whoever brought it."""
    try:
        return guarded.kept(text, most=most)
    except NotPossible as refusal:
        raise AboutPersons(refusal) from refusal


class DayPassed(Refused):
    """The day lies before today."""

    sentence = _("This day has passed. Choose today or later.")
    field = "due"
