"""What the guard may find, what stands in its place, and the sentence that says so."""

from dataclasses import dataclass
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# what stands in the place of an identity; the texts are Indonesian, whatever language the page speaks
PLACEHOLDERS = {
    "nik": "[NIK]",
    "phone": "[nomor telepon]",
    "email": "[alamat surel]",
    "plate": "[pelat nomor]",
    "account": "[nomor rekening]",
    "handle": "[akun]",
    "name": "[nama]",
}
REPLACED: dict[str, Promise] = {
    "nik": _("An identity number is not kept; [NIK] stands in its place."),
    "phone": _("A telephone number is not kept; [nomor telepon] stands in its place."),
    "email": _("An e-mail address is not kept; [alamat surel] stands in its place."),
    "plate": _("A number plate is not kept; [pelat nomor] stands in its place."),
    "account": _("An account number is not kept; [nomor rekening] stands in its place."),
    "handle": _("A person's account on a network is not kept; [akun] stands in its place."),
    "name": _("A name is not kept; [nama] stands in its place."),
}
REFUSED: dict[str, Promise] = {
    "preference": _("Whom residents would vote for is never recorded. Write the problem and its place."),
    "profiling": _("Persons, their origin, faith and habits are never described or watched here. Write the problem and its place."),
    "protest": _("Who calls or joins a demonstration is not recorded. Its place and hour may be written, so that traffic can be guided."),
    "press": _("Journalists are not a subject here. Write the problem and its place."),
    "ngo": _("Associations and activists are not a subject here. Write the problem and its place."),
    "union": _("Unions and their members are not a subject here. Write the problem and its place."),
    "land_party": _("In a dispute about land the persons are not a subject here. Write what is disputed, and where."),
    "religion_group": _("Congregations and their members are not a subject here. Write the problem and its place."),
}
SAID: dict[str, Promise] = {
    "emergency": _("This sounds like danger now. Call 110 first; the text can wait."),
    "election_money": _("Money or goods for votes: report it to Bawaslu as well, within seven days."),
    "empty": _("This report says only that nothing happened. Then it is a visit, not a report."),
}
SENTENCES = REPLACED | REFUSED | SAID


class Finding(NamedTuple):
    """One thing in a text: what kind, from which letter to which, as it was typed."""

    kind: str
    start: int
    end: int

    @property
    def sentence(self) -> Promise:
        return SENTENCES[self.kind]

    @property
    def replaced(self) -> bool:
        return self.kind in REPLACED

    @property
    def refused(self) -> bool:
        return self.kind in REFUSED


@dataclass(frozen=True, slots=True)
class Reading:
    """What the guard says of a text."""

    clean: str  # identities replaced
    findings: tuple[Finding, ...] = ()
    offered: str = ""  # what may be kept instead of a refused text; of any other, the clean one

    @property
    def kinds(self) -> frozenset[str]:
        return frozenset(found.kind for found in self.findings)

    @property
    def refused(self) -> bool:
        return any(found.refused for found in self.findings)

    @property
    def replaced(self) -> bool:
        return any(found.replaced for found in self.findings)

    @property
    def emergency(self) -> bool:
        return "emergency" in self.kinds

    @property
    def election_money(self) -> bool:
        return "election_money" in self.kinds

    @property
    def empty(self) -> bool:
        return "empty" in self.kinds

    @property
    def sentences(self) -> tuple[Promise, ...]:
        """One for each kind found, in the order of the text."""
        return tuple(SENTENCES[kind] for kind in dict.fromkeys(found.kind for found in self.findings))
