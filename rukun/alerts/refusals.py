"""What can't be done now with an alert, each error named after what happened and with the sentence that the person reads."""

from django.utils.translation import gettext_lazy as _

from rukun.problems.refusals import Refused


class AlreadyJudged(Refused):
    """There is a verdict; it must be taken back first."""

    sentence = _("This alert has a verdict already. Take the verdict back first.")


class NotJudged(Refused):
    """There is no verdict yet."""

    sentence = _("This alert has no verdict yet.")


class NothingSaid(Refused):
    """A verdict without a reason teaches nobody anything."""

    sentence = _("Say in a sentence what was found.")
    field = "reason"


class WithoutProblem(Refused):
    """What was right is worked on: it opens a problem, or joins one."""

    sentence = _("It was right: open a problem for it, or choose the problem that it belongs to.")
    field = "title"


class SameHand(Refused):
    """The second verdict comes from somebody else, outside the unit."""

    sentence = _("The second verdict is given by somebody outside the unit, not by whoever gave the first.")


class NoSecond(Refused):
    """This one is not among the fifth that is looked at twice."""

    sentence = _("For this alert no second verdict is asked.")


class Frozen(Refused):
    """An election is near: how a unit is watched stays as it is."""

    sentence = _("How alerts are raised stays as it is for now; the calendar says so.")


class OutOfBounds(Refused):
    """A budget that nobody could look into, or that would say nothing."""

    sentence = _("Choose between 1 and 365 alerts a year.")
    field = "budget"
