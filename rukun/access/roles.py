"""Who may do what: the one table that a commander can read and sign.

A permission names an act ("report.answer"), or the sight of a kind of thing ("report.view"). With ":own" it holds for one's
own records alone. Where it holds is said by the assignment: the areas and the unit for which the role is given.
"""

FIELD = frozenset(
    {
        "area.view", "unit.view", "officer.view",
        "visit.receive", "visit.correct:own", "visit.view:own", "promise.keep:own", "promise.reopen:own",
        "report.receive", "report.correct:own", "report.view:own",
        "problem.view", "problem.note:own", "action.finish:own", "subunit.add", "place.add", "place.change",
    }
)  # fmt: skip

READING = frozenset({"area.view", "unit.view", "officer.view", "report.view", "visit.view", "problem.view"})

COMMAND = READING | frozenset(
    {
        "report.receive", "report.correct:own", "visit.receive", "visit.correct:own", "promise.keep:own", "promise.reopen:own",
        "report.open", "report.assess", "report.answer", "visit.read",
        "problem.open", "problem.join", "problem.describe", "problem.move", "problem.assign", "problem.reopen", "problem.note",
        "action.give", "action.change", "action.finish", "action.withdraw",
        "officer.assign", "officer.relieve", "absence.record", "absence.end",
        "account.invite", "account.reissue", "account.confirm", "account.revoke",
        "subunit.add", "subunit.change", "place.add", "place.change", "promise.hand_over", "work.hand_over", "work.view", "book.view",
    }
)  # fmt: skip

ROLES: dict[str, frozenset[str]] = {
    "rw_officer": FIELD,
    "village_officer": FIELD,
    "sector_unit_head": COMMAND,
    "sector_chief": COMMAND,
    "resort_unit_head": COMMAND,
    "resort_chief": COMMAND,
    "regional_director": COMMAND,
    "operator": frozenset({"area.view", "unit.view", "officer.view", "visit.receive", "report.receive", "report.view:own", "visit.view:own"}),
    "analyst": frozenset({"area.view", "unit.view", "problem.view", "report.view"}),
    "auditor": frozenset({"area.view", "unit.view", "officer.view", "book.view"}),
    "dpo": frozenset(
        {
            "area.view", "unit.view", "officer.view", "book.view", "book.redact", "dpia.sign", "retention.lengthen", "retention.restore",
            "report.erase", "visit.erase",
        }
    ),
    "administrator": frozenset(
        {
            "area.view", "unit.view", "officer.view", "job.view", "territory.import", "unit.found", "unit.change", "unit.cover", "unit.uncover",
            "subunit.add", "subunit.change", "officer.enrol", "officer.change", "officer.leave", "officer.assign", "officer.relieve",
            "account.invite", "account.reissue", "account.confirm", "account.revoke", "absence.record", "absence.end",
            "mode.grant", "mode.withdraw",
        }
    ),
    "system": frozenset(
        {
            "area.view", "unit.view", "officer.view", "report.view", "visit.view", "problem.view", "book.view",
            "territory.import", "unit.found", "unit.change", "unit.cover", "unit.uncover", "subunit.add", "subunit.change",
            "officer.enrol", "officer.change", "officer.leave", "officer.assign", "officer.relieve", "absence.record", "absence.end",
            "account.invite", "account.open", "account.reissue", "account.revoke",
            "place.add", "place.change", "promise.hand_over", "work.hand_over", "work.view", "problem.assign", "action.change",
            "report.escalate", "problem.remind", "problem.follow", "book.redact", "mode.grant", "mode.withdraw",
            "visit.blank", "visit.expire", "visit.erase", "report.blank", "report.unpin", "report.erase", "problem.blank",
            "sheet.expire", "absence.expire", "work.blank",
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
