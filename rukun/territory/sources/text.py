"""Opens a file whatever it is called: packed or not, with or without a mark in front; gives its lines with their numbers."""

import gzip
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, cast

from rukun.territory.sources.rows import BadRow, OnBad, Place

LONGEST = 32 * 1024 * 1024  # bytes of one line: a thousand times the longest border that is published
GZIP = b"\x1f\x8b"


@contextmanager
def opened(path: Path) -> Iterator[IO[bytes]]:
    """The bytes of a file; unpacked when they are packed, whatever its name says."""
    with path.open("rb") as file:
        packed = file.read(2) == GZIP
        file.seek(0)
        if not packed:
            yield file
            return
        with gzip.open(file) as unpacked:
            yield cast(IO[bytes], unpacked)


def head(path: Path, size: int = 65536) -> str:
    """The beginning of a file, enough to know it by; raises BadRow when it is no text."""
    try:
        with opened(path) as file:
            data = file.read(size)
    except (OSError, EOFError, zlib.error) as torn:
        raise unreadable(Place(path.name, 1), torn) from torn
    if b"\0" in data:
        raise BadRow(Place(path.name, 1), "the file holds no text", "Is it the right file? Text in UTF-8 is expected")
    return data.decode("utf-8-sig", errors="replace")


def lines(path: Path, on_bad: OnBad) -> Iterator[tuple[int, str]]:
    """The lines of a file with their numbers, from 1. Reads no further than it must."""
    number = 0
    try:
        with opened(path) as file:
            while data := file.readline(LONGEST + 1):
                number += 1
                if len(data) > LONGEST:
                    why = "the line is longer than 32 million characters"
                    on_bad(BadRow(Place(path.name, number), why, "Write each row on a line of its own"))
                    pass_over(file, data)
                    continue
                try:
                    yield number, data.decode("utf-8-sig" if number == 1 else "utf-8")
                except UnicodeDecodeError:
                    row = data.decode("utf-8", errors="replace").strip()
                    on_bad(BadRow(Place(path.name, number), "the line isn't UTF-8", "Save the file as UTF-8 and import it again", row))
    except (OSError, EOFError, zlib.error) as torn:
        on_bad(unreadable(Place(path.name, number + 1), torn))


def pass_over(file: IO[bytes], data: bytes) -> None:
    while data and not data.endswith(b"\n"):
        data = file.readline(LONGEST)


def unreadable(place: Place, torn: Exception) -> BadRow:
    if isinstance(torn, PermissionError):
        return BadRow(place, "the file may not be read", "Give yourself the right to read it")
    return BadRow(place, f"the packed file is damaged or cut off ({torn})", "Fetch it again")
