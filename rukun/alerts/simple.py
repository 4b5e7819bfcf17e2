"""The simple rule, while history is short: seven days against the same of past weeks, by village and by district."""

from rukun.alerts.counts import ALL, Book
from rukun.alerts.engine import Found, apart
from rukun.alerts.rules import Method, simple_rule

PAST_WEEKS = 12
WEEK = 7


def stands_out(book: Book, villages: frozenset[str] | None = None) -> list[Found]:
    """What is far above past weeks on the last day; of these villages and their districts alone, where some are named."""
    found = []
    for group, counts in book.groups.items():
        for rows in zones(book, villages) if group else ():
            series = counts[rows].sum(axis=0)[::-1]
            weeks = [int(series[WEEK * number : WEEK * number + WEEK].sum()) for number in range(min(PAST_WEEKS + 1, len(series) // WEEK))]
            usual = simple_rule(weeks[0], weeks[1:]) if len(weeks) > 1 else None
            if usual is not None:
                paths = tuple(book.ground.paths[row] for row in rows)
                first = book.day(book.days - WEEK)
                found.append(Found("" if group == ALL else group, paths, first, book.last, weeks[0], usual, None, Method.SIMPLE))
    return apart(found)


def zones(book: Book, villages: frozenset[str] | None) -> list[list[int]]:
    chosen = [row for path, row in book.ground.rows.items() if villages is None or path in villages]
    districts = {book.ground.paths[row][:6] for row in chosen}
    return [[row] for row in chosen] + [book.ground.districts[path] for path in sorted(districts)]
