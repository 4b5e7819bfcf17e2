"""The simple rule, while history is short: seven days against the same of past weeks, by village and by district."""

from collections.abc import Collection

from rukun.alerts.counts import ALL, Book
from rukun.alerts.engine import Found, apart
from rukun.alerts.rules import Method, simple_rule

PAST_WEEKS = 12
WEEK = 7


def stands_out(book: Book, village: str = "", groups: Collection[str] = ()) -> list[Found]:
    """What is far above past weeks on the last day; of one village and its district, and of these groups alone, where they are named."""
    found = []
    for group, counts in book.groups.items():
        if not group or (groups and group not in groups):
            continue
        for rows in zones(book, village):
            series = counts[rows].sum(axis=0)[::-1]
            weeks = [int(series[WEEK * number : WEEK * number + WEEK].sum()) for number in range(min(PAST_WEEKS + 1, len(series) // WEEK))]
            usual = simple_rule(weeks[0], weeks[1:]) if len(weeks) > 1 else None
            if usual is not None:
                paths = tuple(book.ground.paths[row] for row in rows)
                first = book.day(book.days - WEEK)
                found.append(Found("" if group == ALL else group, paths, first, book.last, weeks[0], usual, None, Method.SIMPLE))
    return apart(found)


def zones(book: Book, village: str) -> list[list[int]]:
    ground = book.ground
    chosen = [row for path, row in ground.rows.items() if village in ("", path)]
    districts = sorted({ground.paths[row][:6] for row in chosen})
    return [rows for rows in [[row] for row in chosen] + [ground.districts[path] for path in districts] if ground.is_ours(rows)]
