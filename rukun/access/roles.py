"""Who may do what: the one table that a commander can read and sign.

A permission names an act ("report.answer"), or the sight of a kind of thing ("report.view"). With ":own" it holds for one's
own records alone. Where it holds is said by the assignment: the areas and the unit for which the role is given.
"""

# whoever serves is told things, and says for themselves when and how
OWN = frozenset({"notice.view:own", "notice.mark:own", "notice.clear:own", "notice.choose:own", "notice.confirm:own"})

FIELD = OWN | frozenset(
    {
        "area.view", "unit.view", "officer.view",
        "visit.receive", "visit.correct:own", "photo.add:own", "photo.describe:own", "photo.remove:own", "visit.view:own", "promise.keep:own", "promise.reopen:own",
        "report.receive", "report.correct:own", "report.view:own", "alert.view:own", "alert.look:own",
        "problem.view", "problem.note:own", "action.finish:own", "subunit.add", "place.add", "place.change",
        "directive.acknowledge:own",
        "visit.share:own", "report.share:own", "bos.view:own", "bos.copy:own", "bos.undo:own", "recap.view:own",
        "device.view:own", "device.enrol:own", "device.lease:own", "device.reopen:own", "device.revoke:own", "dispute.decide:own", "action.note:own", "handed.view:own",
    }
)  # fmt: skip

READING = frozenset(
    {"area.view", "unit.view", "officer.view", "report.view", "visit.view", "problem.view", "directive.view", "history.view", "alert.view"}
)
# from the Kapolsek up: who tells everybody in an area what to heed
CHIEF = frozenset({"directive.issue", "directive.end", "directive.withdraw", "directive.resume"})

COMMAND = OWN | READING | frozenset(
    {
        "report.receive", "report.correct:own", "visit.receive", "visit.correct:own", "photo.add:own", "photo.describe:own", "photo.remove:own", "promise.keep:own", "promise.reopen:own",
        "report.open", "report.assess", "report.answer", "visit.read",
        "problem.open", "problem.join", "problem.describe", "problem.move", "problem.assign", "problem.reopen", "problem.note",
        "action.give", "action.change", "action.finish", "action.withdraw",
        "alert.assign", "alert.look", "alert.confirm", "alert.judge", "alert.reopen", "alert.second",
        "officer.assign", "officer.relieve", "absence.record", "absence.end",
        "account.invite", "account.reissue", "account.confirm", "account.revoke",
        "subunit.add", "subunit.change", "place.add", "place.change", "promise.hand_over", "work.hand_over", "work.view", "book.view",
        "directive.acknowledge:own", "summary.view", "summary.decide", "summary.undo",
        "visit.share:own", "report.share:own", "bos.view:own", "bos.copy:own", "bos.undo:own", "recap.view:own",
        "wording.write", "wording.reset",
        "device.view", "device.enrol:own", "device.lease:own", "device.reopen:own", "device.revoke", "device.renew", "device.confirm", "dispute.open", "dispute.decide", "action.note",
        "handed.view", "handed.bring", "handed.take", "handed.send_back", "handed.release", "handed.reopen",
    }
)  # fmt: skip

PLANNING = COMMAND | frozenset({"batch.view", "report.withdraw", "alert.budget"})  # from the Polres up: what was brought in from elsewhere

ROLES: dict[str, frozenset[str]] = {
    "rw_officer": FIELD,
    "village_officer": FIELD,
    "sector_unit_head": COMMAND,
    "sector_chief": COMMAND | CHIEF,
    "resort_unit_head": PLANNING | CHIEF,
    "resort_chief": PLANNING | CHIEF,
    "regional_director": PLANNING | CHIEF,
    "operator": OWN | frozenset({"area.view", "unit.view", "officer.view", "visit.receive", "report.receive", "report.view:own", "visit.view:own", "directive.acknowledge:own"}),
    "analyst": OWN | frozenset({"area.view", "unit.view", "problem.view", "report.view", "history.view", "batch.view", "alert.view"}),
    "auditor": OWN | frozenset({"area.view", "unit.view", "officer.view", "request.view", "request.approve_export", "request.refuse_export", "book.view", "directive.view"}),
    "dpo": OWN | frozenset(
        {
            "area.view", "unit.view", "officer.view", "book.view", "book.redact", "dpia.sign", "retention.lengthen", "retention.restore",
            "report.erase", "visit.erase", "photo.erase", "problem.erase", "incident.erase", "directive.erase", "work.erase",
            "alert.erase", "summary.erase", "dispute.erase", "upload.erase", "handed.erase", "request.erase",
            "request.view", "request.receive", "request.search", "request.decide", "request.answer",
            "request.ask_export", "request.approve_export", "request.refuse_export",
        }
    ),
    "administrator": OWN | frozenset(
        {
            "area.view", "unit.view", "officer.view", "job.view", "territory.import", "unit.found", "unit.change", "unit.cover", "unit.uncover",
            "subunit.add", "subunit.change", "officer.enrol", "officer.change", "officer.leave", "officer.assign", "officer.relieve",
            "account.invite", "account.reissue", "account.confirm", "account.revoke", "absence.record", "absence.end",
            "mode.grant", "mode.withdraw",
            "batch.view", "batch.open", "batch.close", "report.import", "report.withdraw",
        }
    ),
    # a phone, known by its key: hands in what its officer recorded while he might, and reads nothing of anybody
    "device": frozenset({"item.receive:own", "outbox.receive:own", "upload.begin:own", "upload.append:own", "upload.attach:own", "handed.give:own"}),
    "system": frozenset(
        {
            "area.view", "unit.view", "officer.view", "report.view", "visit.view", "problem.view", "book.view",
            "territory.import", "unit.found", "unit.change", "unit.cover", "unit.uncover", "subunit.add", "subunit.change",
            "officer.enrol", "officer.change", "officer.leave", "officer.assign", "officer.relieve", "absence.record", "absence.end",
            "account.invite", "account.open", "account.reissue", "account.revoke",
            "place.add", "place.change", "promise.hand_over", "work.hand_over", "work.view", "problem.assign", "action.change",
            "report.escalate", "problem.remind", "problem.follow", "book.redact", "mode.grant", "mode.withdraw",
            "visit.blank", "promise.blank", "visit.expire", "visit.erase", "report.blank", "report.unpin", "report.erase", "problem.blank",
            "sheet.expire", "absence.expire", "work.blank", "incident.blank",
            "directive.view", "directive.address", "directive.expire", "summary.expire", "notice.view", "notice.tell", "notice.digest", "notice.sweep", "notice.forget",
            "bos.expire", "item.expire", "upload.expire", "upload.attach", "dispute.blank", "device.expire", "handed.expire",
            "photo.expire", "photo.erase", "problem.erase", "incident.erase", "directive.erase", "work.erase", "request.expire",
            "alert.erase", "summary.erase", "dispute.erase", "upload.erase", "handed.erase", "request.erase",
            "history.view", "batch.view", "batch.open", "batch.close", "report.import", "report.withdraw",
            "alert.view", "alert.raise", "alert.see", "alert.remind", "alert.calibrate", "alert.watch", "alert.compare", "alert.budget", "alert.freeze",
            "alert.thaw", "alert.blank",
        }
    ),
}  # fmt: skip

PURPOSES: dict[str, str] = {
    "rw_officer": "service",
    "village_officer": "service",
    "sector_unit_head": "supervision",
    "sector_chief": "supervision",
    "resort_unit_head": "supervision",
    "resort_chief": "supervision",
    "regional_director": "supervision",
    "operator": "service",
    "analyst": "evaluation",
    "auditor": "audit",
    "dpo": "dpo",
    "administrator": "administration",
    "device": "service",
    "system": "system",
}

# whose grants reach a unit's own things, which have no area: who commands it, and who reads what was done to its people
REACHES_A_UNIT = frozenset(
    {"sector_unit_head", "sector_chief", "resort_unit_head", "resort_chief", "regional_director", "administrator", "auditor", "dpo"}
)


def permits(role: str, permission: str) -> bool:
    return permission in ROLES[role]


def permits_own(role: str, permission: str) -> bool:
    return f"{permission}:own" in ROLES[role]


def known() -> frozenset[str]:
    """Every permission that some role holds, without its ":own"."""
    return frozenset(permission.removesuffix(":own") for permissions in ROLES.values() for permission in permissions)
