"""Which hats see which kind of desk; pure."""

from rukun.officers.rules import FIELD_ROLES, LADDER, Role

FIELD: frozenset[str] = frozenset(FIELD_ROLES)
COMMAND: frozenset[str] = frozenset(LADDER)
RECORDERS = FIELD | {Role.OPERATOR}
ADMINISTRATION: frozenset[str] = frozenset({Role.ADMINISTRATOR})
READERS_OF_THE_BOOK: frozenset[str] = frozenset({Role.AUDITOR, Role.DPO})
READERS: frozenset[str] = frozenset({Role.ANALYST})
