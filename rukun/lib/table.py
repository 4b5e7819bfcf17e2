"""Reads a table that somebody exported, row by row: CSV, packed or not; what can't be read is named with its line, and the rest goes on."""

import csv
import gzip
import re
import zlib
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, NamedTuple, cast

from django.utils.translation import gettext as _

LONGEST = 1_000_000  # bytes of one line; the longest honest one we know has some thousands
FOLDED = 60  # lines that one row may go over, where a field holds line breaks
GZIP, ZIP, OLD_EXCEL = b"\x1f\x8b", b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
UTF16 = (b"\xff\xfe", b"\xfe\xff")
DELIMITERS = ";,\t"
# "=1+1", "@SUM(…", "+cmd|…", "-A1(…": what a spreadsheet would run; "-0.47", "+62" and "- lampu" are none
FORMULA = re.compile(r"\s*(?:=|[@+\-]\s*[A-Za-z_]\w*\s*[(|!])")


class Place(NamedTuple):
    """Where a row was read."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


class BadRow(ValueError):
    """A row that can't be read: where it stands, why, and what to do about it."""

    def __init__(
        self, place: Place, why: str, remedy: str, row: str = "", cells: Mapping[str, str] | None = None, kind: str = "row"
    ) -> None:
        super().__init__(f"{place}: {why}. {remedy}")
        self.place, self.why, self.remedy, self.row, self.cells, self.kind = place, why, remedy, row, cells, kind


class Unreadable(BadRow):
    """Not a row but the file itself: nothing of it can be read."""


# What becomes of a bad row: the strict answer raises it, another sets it aside.
OnBad = Callable[[BadRow], None]


def strict(bad: BadRow) -> None:
    raise bad


@dataclass(frozen=True, slots=True)
class Row:
    """A row under the names of its columns; what the file doesn't have reads as empty."""

    place: Place
    cells: dict[str, str]

    def __getitem__(self, name: str) -> str:
        return self.cells.get(name, "")


@dataclass(slots=True)
class Table:
    """A table that is open: its header, then its rows, once."""

    name: str
    lines: "Lines"
    header: list[str] = field(default_factory=list)
    delimiter: str = ","

    def rows(self, on_bad: OnBad) -> Iterator[Row]:
        """Each row once; a broken one is told and left behind."""
        width = len(self.header)
        for number, text in self.lines.each(on_bad):
            if not text.strip():
                continue
            place = Place(self.name, number)
            try:
                cells = self.cells_of(place, text)
                if not any(cells):
                    continue
                if len(cells) != width:
                    raise BadRow(
                        place, _("the row has %(has)s fields, the header %(wants)s") % {"has": len(cells), "wants": width},
                        _("Check the separators and the quotes"), text.strip()[:2000],
                    )  # fmt: skip
                yield Row(place, dict(zip(self.header, cells, strict=True)))
            except BadRow as bad:
                on_bad(bad)

    def cells_of(self, place: Place, text: str) -> list[str]:
        """The fields of the row that begins here; further lines are taken only where a quote stays open, and given back if it is never closed."""
        taken: list[tuple[int, str]] = []
        whole = text
        while True:
            try:
                cells = next(csv.reader([whole], delimiter=self.delimiter, strict=True), [])
                return [plain(cell) for cell in cells]
            except csv.Error as wrong:
                following = self.lines.next() if "end of data" in str(wrong) and len(taken) < FOLDED and len(whole) < LONGEST else None
                if following is None:
                    self.lines.give_back(taken)
                    why = _("a quote is opened and never closed") if "end of data" in str(wrong) else _("the row is no CSV")
                    raise BadRow(place, why, _("Check the quotes"), text.strip()[:2000]) from None
                taken.append(following)
                whole += following[1]


def plain(cell: str) -> str:
    """A field as it was meant: without the apostrophe that keeps a spreadsheet from reckoning."""
    cell = cell.strip()
    return cell[1:] if cell.startswith("'") and FORMULA.match(cell[1:]) else cell


def harmless(cell: str) -> str:
    """The other way round: a field that a spreadsheet opens without reckoning."""
    return f"'{cell}" if FORMULA.match(cell) else cell


@dataclass(slots=True)
class Lines:
    """The lines of a file, decoded, with their numbers from 1; some can be given back."""

    name: str
    file: IO[bytes]
    number: int = 0
    returned: deque[tuple[int, str]] = field(default_factory=deque)
    on_bad: OnBad = strict

    def each(self, on_bad: OnBad) -> Iterator[tuple[int, str]]:
        self.on_bad = on_bad
        while (line := self.next()) is not None:
            yield line

    def next(self) -> tuple[int, str] | None:
        if self.returned:
            return self.returned.popleft()
        while True:
            try:
                data = self.file.readline(LONGEST + 1)
            except (OSError, EOFError, zlib.error) as torn:
                self.on_bad(
                    BadRow(Place(self.name, self.number + 1), _("the file is damaged or cut off here"), _("Fetch it again"), str(torn))
                )
                return None
            if not data:
                return None
            self.number += 1
            place = Place(self.name, self.number)
            if len(data) > LONGEST:
                self.on_bad(BadRow(place, _("the line is longer than a million characters"), _("Write each row on a line of its own")))
                while data and not data.endswith(b"\n"):
                    data = self.file.readline(LONGEST)
                continue
            if b"\0" in data:
                self.on_bad(BadRow(place, _("the line holds no text"), _("Export the table again as CSV")))
                continue
            try:
                return self.number, data.decode("utf-8-sig" if self.number == 1 else "utf-8")
            except UnicodeDecodeError:
                shown = data.decode("utf-8", errors="replace").strip()[:2000]
                self.on_bad(BadRow(place, _("the line isn't UTF-8 text"), _("Save the table as “CSV UTF-8”"), shown))

    def give_back(self, lines: list[tuple[int, str]]) -> None:
        self.returned.extendleft(reversed(lines))


Names = Callable[[str], str]  # what we call a column that the file calls otherwise


@contextmanager
def opened(path: Path, named: Names = str.strip) -> Iterator[Table]:
    """A file as a table, its header read; raises Unreadable, with what to do, where it is none."""
    try:
        file = path.open("rb")
    except OSError as nothing:
        raise Unreadable(
            Place(path.name, 1), _("the file can't be opened: %s") % (nothing.strerror or ""), _("Look at its name and rights")
        ) from None
    with file:
        yield table_of(path.name, file, named)


def table_of(name: str, file: IO[bytes], named: Names = str.strip) -> Table:
    start = file.read(4)
    file.seek(0)
    check_start(name, start)
    lines = Lines(name, cast(IO[bytes], gzip.GzipFile(fileobj=file)) if start.startswith(GZIP) else file)
    table = Table(name, lines)
    first = next((line for line in iter(first_line(lines), None) if line[1].strip()), None)
    if first is None:
        raise Unreadable(Place(name, 1), _("the file is empty"), _("Export the table again"))
    number, text = first
    table.delimiter = max(DELIMITERS, key=text.count)
    try:
        cells = table.cells_of(Place(name, number), text)
    except BadRow as bad:
        raise Unreadable(bad.place, bad.why, bad.remedy, bad.row) from None
    table.header = [named(cell) for cell in cells]
    if doubled := sorted({cell for cell in table.header if cell and table.header.count(cell) > 1}):
        raise Unreadable(Place(name, number), _("the column %s stands twice") % doubled[0], _("Keep one of the two"))
    return table


def first_line(lines: Lines) -> Callable[[], tuple[int, str] | None]:
    """A header that can't be read ends it: no row could be told by name."""

    def unreadable(bad: BadRow) -> None:
        raise Unreadable(bad.place, bad.why, bad.remedy, bad.row)

    lines.on_bad = unreadable
    return lines.next


def check_start(name: str, start: bytes) -> None:
    here = Place(name, 1)
    if start.startswith((ZIP, OLD_EXCEL)):
        raise Unreadable(here, _("this is a workbook or a packed folder, not a CSV"), _("Open it and save the sheet as “CSV UTF-8”"))
    if start.startswith(UTF16) or (len(start) >= 2 and (start[0] == 0) != (start[1] == 0)):
        raise Unreadable(here, _("the file is UTF-16 text"), _("Save the table as “CSV UTF-8”"))


def need(table: Table, wanted: set[str]) -> None:
    """Raises Unreadable where the header lacks a column."""
    if missing := sorted(wanted - set(table.header)):
        hint = _("Begin the file with a line that names the columns, separated by commas or semicolons")
        raise Unreadable(Place(table.name, 1), _("the header lacks %s") % ", ".join(missing), hint)


# --- where bad rows are kept ------------------------------------------------------------------------------------------------------

ASIDE = ["file", "line", "why", "remedy"]


class NoPlaceForThem(ValueError):
    """Rows that were set aside can't be written where it was asked."""


def check_target(target: Path) -> None:
    """A slip such as --skip-bad people.csv must not cost the file."""
    if target.is_dir() or not target.absolute().parent.is_dir():
        raise NoPlaceForThem(f"Rows that are set aside can't be written to {target}: name a file in a folder that exists.")
    if (
        target.exists()
        and target.stat().st_size
        and not target.read_bytes()[:200].decode("utf-8-sig", errors="replace").startswith(",".join(ASIDE))
    ):
        raise NoPlaceForThem(f"{target} holds something else than rows that were set aside; name another file.")


@dataclass(slots=True)
class Aside:
    """Rows that were set aside, written as they come: mended in a spreadsheet, the file can be imported as it is."""

    target: Path | None
    header: list[str] = field(default_factory=list)
    count: int = 0
    why: dict[str, int] = field(default_factory=dict)
    kinds: dict[str, int] = field(default_factory=dict)
    shown: list[str] = field(default_factory=list)
    file: IO[str] | None = None

    def __call__(self, bad: BadRow) -> None:
        self.count += 1
        self.kinds[bad.kind] = self.kinds.get(bad.kind, 0) + 1
        if bad.why in self.why or len(self.why) < 1000:
            self.why[bad.why] = self.why.get(bad.why, 0) + 1
        if len(self.shown) < 200:
            self.shown.append(f"{bad.place}: {bad.why}. {bad.remedy}")
        if self.target is None:
            return
        if self.file is None:
            self.target.touch(mode=0o600)
            self.target.chmod(0o600)  # other people's rows: for nobody else's eyes
            self.file = self.target.open("w", newline="", encoding="utf-8-sig")
            csv.writer(self.file).writerow([*ASIDE, *self.header])
        cells = [bad.cells.get(name, "") for name in self.header] if bad.cells is not None else [bad.row]
        csv.writer(self.file).writerow([bad.place.file, bad.place.line, bad.why, bad.remedy, *(harmless(cell) for cell in cells)])

    def close(self) -> None:
        if self.file is not None:
            self.file.close()
