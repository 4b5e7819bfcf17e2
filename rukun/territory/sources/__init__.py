"""Territory data as others publish it: found in a folder, recognised by what it holds, read row by row."""

from rukun.territory.sources.find import Source, find
from rukun.territory.sources.read import read
from rukun.territory.sources.rows import (
    BadRow,
    Counted,
    Measured,
    Named,
    NothingToRead,
    Outlined,
    Place,
    Placed,
    Row,
    agree,
    strict,
)

__all__ = [
    "BadRow", "Counted", "Measured", "Named", "NothingToRead", "Outlined", "Place", "Placed", "Row", "Source", "agree", "find",
    "read", "strict",
]  # fmt: skip
