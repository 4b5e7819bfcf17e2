"""The book in the words of its readers: what an act did, what a thing is, what a detail means."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

Word = str | Promise


def _of(word: str) -> Promise:
    return pgettext_lazy("book", word)  # short words mean other things on other pages


DID: dict[str, Word] = {
    "absence.end": _("ended an absence"),
    "absence.expire": _("deleted an old absence"),
    "absence.record": _("recorded an absence"),
    "account.confirm": _("confirmed the new sign-in of someone else"),
    "account.invite": _("invited someone to sign in"),
    "account.open": _("opened an account"),
    "account.reissue": _("asked for a new sign-in"),
    "account.revoke": _("closed an account"),
    "action.change": _("changed an action"),
    "action.finish": _("finished an action"),
    "action.give": _("gave someone an action"),
    "action.withdraw": _("withdrew an action"),
    "backup.make": _("made a backup"),
    "backup.rehearse": _("tried whether a backup can be restored"),
    "backup.restore": _("restored a backup"),
    "book.redact": _("erased details from the book"),
    "book.verify": _("examined the book"),
    "checkpoint.keep": _("took in a keeper’s word that they hold a checkpoint"),
    "dpia.sign": _("signed the data-protection assessment"),
    "directive.acknowledge": _("acknowledged an Atensi"),
    "directive.address": _("reached somebody new with an Atensi"),
    "directive.end": _("ended an Atensi before its last day"),
    "directive.expire": _("deleted an old Atensi"),
    "directive.issue": _("issued an Atensi"),
    "directive.resume": _("let an ended Atensi stand again"),
    "directive.withdraw": _("withdrew an Atensi"),
    "bos.copy": _("ticked a record as copied to BOS"),
    "bos.expire": _("deleted an old tick for BOS"),
    "bos.undo": _("took back that a record was copied to BOS"),
    "factor.add": _("added a second factor for signing in"),
    "factor.remove": _("removed a second factor for signing in"),
    "hat.change": _("put on another role"),
    "job.revive": _("sent a failed background job back to the queue"),
    "keeper.name": _("named an outside keeper of checkpoints"),
    "mode.grant": _("granted real mode"),
    "mode.withdraw": _("took real mode back"),
    "notice.choose": _("chose when and how to be told of things"),
    "notice.clear": _("marked a notice as read, with all others"),
    "notice.confirm": _("confirmed their own e-mail address"),
    "notice.digest": _("sent the daily letter about notices"),
    "notice.forget": _("forgot the notices of someone who has left"),
    "notice.mark": _("marked a notice as read or unread"),
    "notice.sweep": _("swept old notices"),
    "notice.tell": _("told someone of something"),
    "officer.assign": _("gave an officer a role"),
    "officer.change": _("changed an officer's particulars"),
    "officer.enrol": _("enrolled an officer"),
    "officer.leave": _("recorded that an officer has left"),
    "officer.relieve": _("relieved an officer of a role"),
    "own.export": _("took a file of their own data"),
    "page.miss": _("asked for a page that isn't there or isn't theirs"),
    "page.refuse": _("was refused a page"),
    "password.change": _("changed their own password"),
    "photo.add": _("added a photo"),
    "photo.describe": _("described a photo"),
    "photo.erase": _("erased a photo on somebody’s right"),
    "photo.expire": _("deleted an old photo"),
    "photo.remove": _("removed a photo"),
    "place.add": _("listed a public place"),
    "place.change": _("changed a public place"),
    "problem.assign": _("handed a problem to someone"),
    "problem.blank": _("erased the old text of a problem"),
    "problem.describe": _("described a problem anew"),
    "problem.erase": _("erased the text of a problem on somebody’s right"),
    "problem.follow": _("linked a report to a problem as a follow-up"),
    "problem.join": _("added a report to a problem"),
    "problem.move": _("moved a problem to another step"),
    "problem.note": _("added a note to a problem"),
    "problem.open": _("opened a problem"),
    "problem.remind": _("reminded the owner of a problem"),
    "problem.reopen": _("reopened a problem"),
    "promise.hand_over": _("handed a promise to the next officer"),
    "promise.keep": _("kept a promise to a resident"),
    "promise.reopen": _("reopened a promise to a resident"),
    "report.answer": _("answered a report"),
    "report.assess": _("assessed a report"),
    "report.blank": _("erased the old text of a report"),
    "report.correct": _("corrected a report"),
    "report.erase": _("erased the text of a report on somebody’s right"),
    "report.escalate": _("passed an unread report one level up"),
    "report.open": _("read a report for the first time"),
    "report.receive": _("handed in a report"),
    "report.redact": _("made older versions of a report unreadable"),
    "request.answer": _("answered a request about personal data"),
    "request.decide": _("decided on a record in which somebody was found"),
    "request.expire": _("deleted an old request about personal data"),
    "request.export": _("took a file of what was found about somebody"),
    "request.receive": _("took down a request about personal data"),
    "request.search": _("searched for somebody on their request"),
    "retention.lengthen": _("had a kind of data kept longer"),
    "retention.restore": _("had a kind of data kept as the table says again"),
    "report.unpin": _("forgot the exact point of an old report"),
    "report.share": _("shared a report on WhatsApp"),
    "session.close": _("signed out"),
    "session.end": _("signed out on every device"),
    "session.fail": _("tried to sign in and failed"),
    "session.lock": _("was locked out after too many tries"),
    "session.open": _("signed in"),
    "sheet.expire": _("deleted an old sign-in sheet"),
    "summary.decide": _("worded the decisions on a sheet"),
    "summary.export": _("took a unit's sheet out of rukun"),
    "summary.expire": _("deleted old decisions of a sheet"),
    "summary.undo": _("took the wording of a sheet's decisions back"),
    "subunit.add": _("added a sub-unit to a village"),
    "subunit.change": _("changed a sub-unit"),
    "territory.import": _("imported areas"),
    "unit.change": _("changed a unit"),
    "unit.cover": _("put an area under a unit"),
    "unit.found": _("founded a unit"),
    "unit.uncover": _("took an area from a unit"),
    "work.blank": _("erased the old note of a handover"),
    "work.hand_over": _("handed over an officer's work"),
    "visit.blank": _("erased the old text of a visit"),
    "visit.correct": _("corrected a visit"),
    "visit.erase": _("erased the text of a visit on somebody’s right"),
    "visit.expire": _("counted and deleted an old visit"),
    "visit.read": _("read a visit note and gave a reason"),
    "visit.receive": _("recorded a visit"),
    "visit.share": _("shared a visit on WhatsApp"),
    "wording.reset": _("went back to the common wording for WhatsApp"),
    "wording.write": _("worded anew what the unit sends to WhatsApp"),
}

THINGS: dict[str, Word] = {
    "audit.entry": _of("entry"),
    "care.assessment": _of("data-protection assessment"),
    "care.longer": _of("exception from the retention table"),
    "care.permit": _of("permit for real mode"),
    "desk.wording": _of("decisions of a sheet"),
    "directives.addressee": _of("acknowledgement"),
    "directives.directive": _of("Atensi"),
    "fieldwork.photo": _of("photo"),
    "fieldwork.promise": _of("promise"),
    "fieldwork.report": _of("report"),
    "fieldwork.visit": _of("visit"),
    "handover.handover": _of("handover"),
    "notices.choice": _of("choice of notices"),
    "notices.notice": _of("notice"),
    "officers.absence": _of("absence"),
    "officers.account": _of("account"),
    "officers.assignment": _of("assignment"),
    "officers.invite": _of("sign-in sheet"),
    "officers.officer": _of("officer"),
    "page": _of("page"),
    "problems.action": _of("action"),
    "problems.problem": _of("problem"),
    "sharing.copied": _of("tick for BOS"),
    "sharing.wording": _of("wording"),
    "rights.hit": _of("place where somebody was found"),
    "rights.request": _of("request about personal data"),
    "territory.area": _of("area"),
    "territory.publicplace": _of("public place"),
    "territory.jurisdiction": _of("jurisdiction"),
    "territory.unit": _of("unit"),
}

DETAILS: dict[str, Word] = {
    "area": _of("area"),
    "areas": _of("areas"),
    "author": _of("author"),
    "backup": _of("backup"),
    "before": _of("older than"),
    "basis": _of("basis"),
    "by": _of("by"),
    "closed_on": _of("closed on"),
    "code": _of("code"),
    "content_grade": _of("grade of the content"),
    "counts": _of("counts"),
    "desk": _of("desk"),
    "due": _of("due"),
    "files": _of("files"),
    "first": _of("first day"),
    "function": _of("function"),
    "identity": _of("identity"),
    "job": _of("background job"),
    "kind": _of("kind"),
    "last_day": _of("last day"),
    "name": _of("name"),
    "nrp": _of("NRP"),
    "officer": _of("officer"),
    "on": _of("on"),
    "operator": _of("operator"),
    "outcome": _of("outcome"),
    "owner": _of("person in charge"),
    "phone": _of("telephone"),
    "practice": _of("practice"),
    "rank": _of("rank"),
    "read": _of("read"),
    "reason": _of("reason"),
    "report": _of("report"),
    "reports": _of("reports"),
    "role": _of("role"),
    "severity": _of("severity"),
    "skipped": _of("skipped"),
    "source_grade": _of("grade of the source"),
    "span": _of("period"),
    "stage": _of("stage"),
    "stands_in_for": _of("stands in for"),
    "status": _of("answer code"),
    "taker": _of("successor"),
    "to": _of("to"),
    "unit": _of("unit"),
    "valid_from": _of("valid from"),
    "valid_until": _of("valid until"),
    "days": _of("days"),
    "dpia": _of("assessment"),
    "entries": _of("entries"),
    "findings": _of("findings"),
    "keeper": _of("keeper"),
    "mark": _of("mark"),
    "rule": _of("kind of data"),
    "sha256": _of("SHA-256"),
    "size": _of("size"),
    "until": _of("until"),
    "whole": _of("whole"),
    "decision": _of("decision"),
    "article": _of("article"),
    "why": _of("reason"),
}


def did(act: str) -> str:
    """What was done, as a sentence without its subject."""
    if act.endswith(":refused"):
        return _now("was refused: %(act)s") % {"act": did(act.removesuffix(":refused"))}
    if act.startswith("maintenance:"):
        return _now("maintenance: %(name)s") % {"name": act.removeprefix("maintenance:")}
    return str(DID.get(act, act))


def thing(reference: str) -> str:
    """ "report 7" for fieldwork.report:7; a long key is cut to its beginning."""
    kind, _colon, key = reference.partition(":")
    if not reference:
        return ""
    if reference == "page:sign-in":
        return pgettext("book", "the sign-in page")
    return f"{THINGS.get(kind, kind)} {key if len(key) <= 12 or kind == 'page' else key[:8] + '…'}"


def detail(name: str) -> str:
    return str(DETAILS.get(name, name.replace("_", " ")))


def value(text: str) -> str:
    """A detail's value; what it refers to is said in words, what is a code stays a code."""
    if text in ("yes", "no"):
        return pgettext("book", "yes") if text == "yes" else pgettext("book", "no")
    return thing(text) if text.partition(":")[0] in THINGS else text
