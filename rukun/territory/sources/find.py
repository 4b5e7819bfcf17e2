"""Finds the files that hold territory data, by what they hold and not by what they are called."""

import csv
import hashlib
import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from rukun.territory.sources.dumps import columns_of
from rukun.territory.sources.geojson import CODES
from rukun.territory.sources.rows import BadRow, NothingToRead, OnBad, Place
from rukun.territory.sources.tables import headed
from rukun.territory.sources.text import head

READABLE = {".sql", ".csv", ".gz", ".geojson", ".json", ".geojsonl", ".ndjson"}
INSERT = re.compile(r"\b(?:INSERT|REPLACE)\s+(?:IGNORE\s+)?INTO\s+[`\"]?(\w+)[`\"]?\s*(?:\(([^)]*)\))?\s*VALUES", re.IGNORECASE)


class Form(StrEnum):
    """How a file is written; the order is the order of reading, so that names stand before what is said of them."""

    SQL = "sql"
    CSV = "csv"
    GEOJSON = "geojson"


@dataclass(frozen=True, slots=True)
class Source:
    """A file that holds territory data."""

    path: Path
    form: Form

    @property
    def name(self) -> str:
        return self.path.name

    def sha256(self) -> str:
        with self.path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()


def find(path: Path, on_bad: OnBad) -> tuple[list[Source], list[str]]:
    """The sources at a path, a file or a folder searched through, and the names of files that were left aside."""
    if path.is_file():
        form = form_of(path)
        if form is None:
            raise NothingToRead(f"{path.name} holds no territory data: it is neither a code list nor borders, centroids, GeoJSON or CSV")
        return [Source(path, form)], []
    if not path.is_dir():
        raise NothingToRead(f"There is nothing at {path}")
    sources, aside = [], []
    for file in sorted(file for file in path.rglob("*") if file.is_file() and not hidden(file, path)):
        if file.suffix.lower() not in READABLE:
            continue
        try:
            form = form_of(file)
        except BadRow as bad:
            on_bad(bad)
            continue
        if form:
            sources.append(Source(file, form))
        else:
            aside.append(file.name)
    if not sources:
        raise NothingToRead(f"No file in {path} holds territory data" + (f" (looked into {', '.join(aside[:10])})" if aside else ""))
    return sorted(sources, key=lambda source: list(Form).index(source.form)), aside


def hidden(file: Path, root: Path) -> bool:
    return any(part.startswith(".") for part in file.relative_to(root).parts)


def form_of(path: Path) -> Form | None:
    """How a file is written, None when it holds something else; raises BadRow when it holds nothing that can be read."""
    text = head(path)
    if not text.strip():
        raise BadRow(Place(path.name, 1), "the file is empty", "Fetch it again, or take it out of the folder")
    if text.lstrip().startswith(("{", "[")):
        return Form.GEOJSON if is_geojson(text) else None
    if match := INSERT.search(text):
        return Form.SQL if speaks_of_areas(match) else None
    return Form.CSV if is_table(text) else None


def is_geojson(text: str) -> bool:
    return '"Feature' in text and any(f'"{name}"' in text.lower() for name in CODES)


def speaks_of_areas(match: re.Match[str]) -> bool:
    table, columns = match.groups()
    return columns_of(table, columns.split(",") if columns else None) is not None


def is_table(text: str) -> bool:
    try:
        return bool(headed(next(csv.reader(text.splitlines()[:1]), [])))
    except csv.Error:
        return False
