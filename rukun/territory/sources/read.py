"""Reads a source, whatever its form."""

from collections.abc import Callable, Iterator

from rukun.territory.sources import dumps, geojson, tables
from rukun.territory.sources.find import Form, Source
from rukun.territory.sources.rows import OnBad, Row

Wanted = Callable[[str], bool]  # of a code
READERS = {Form.SQL: dumps.read, Form.CSV: tables.read, Form.GEOJSON: geojson.read}


def read(source: Source, on_bad: OnBad, wanted: Wanted = lambda code: True) -> Iterator[Row]:
    """The rows of a source about the areas that are wanted; what can't be read goes to `on_bad`."""
    return READERS[source.form](source.path, on_bad, wanted)
