"""From what a phone sent to an act of the house: opened, read by the forms of the pages, and refused in their words where it must be."""

from rukun.phone.intake.envelope import Envelope, Sender, read
from rukun.phone.intake.outcome import Intake, Outcome, refusal_of, unreadable
from rukun.phone.intake.prepare import prepare

__all__ = ["Envelope", "Intake", "Outcome", "Sender", "prepare", "read", "refusal_of", "unreadable"]
