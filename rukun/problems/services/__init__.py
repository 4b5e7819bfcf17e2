"""The acts on problems and on actions, gathered."""

from rukun.problems.services.actions import change_action, finish_action, give_action, note_action, withdraw_action
from rukun.problems.services.problems import (
    assign,
    describe,
    follow,
    join,
    move,
    note_progress,
    open_from_reports,
    own_unit,
    remind,
    reopen,
)
from rukun.problems.services.shared import assignable

__all__ = [
    "assign",
    "assignable",
    "change_action",
    "describe",
    "finish_action",
    "follow",
    "give_action",
    "join",
    "move",
    "note_action",
    "note_progress",
    "open_from_reports",
    "own_unit",
    "remind",
    "reopen",
    "withdraw_action",
]
