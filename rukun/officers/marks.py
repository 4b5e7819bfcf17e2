"""What accounts and assignments hold of those in service, and how long."""

from rukun.lib.marks import NONE, OFFICER, Marks, mark

MARKS: Marks = {
    "Account": (mark(OFFICER, "service", "id password last_login nrp email is_active created_at"),),
    "Officer": (mark(OFFICER, "service", "id account name rank function unit left_on"),),
    "Assignment": (mark(OFFICER, "service", "id officer role unit areas valid_from valid_until basis stands_in_for"),),
    "Absence": (mark(OFFICER, "absence", "id officer reason valid_from valid_until"),),
    "Invite": (
        mark(OFFICER, "sign_in_sheet", "account asked_by confirmed_by reason"),
        mark(NONE, "sign_in_sheet", "id kind secret_hash created_at expires_at used_at"),
    ),
}
