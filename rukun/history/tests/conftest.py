"""Files of past incidents about Nusa Contoh, and the command that brings them in."""

from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

HEAD = "reference,date,time,area,code,stage,severity,text\n"
ROWS = HEAD + (
    "1,2026-03-01,18:30,99.01.01.2001,CRM-03,GN,3,Dua motor hilang di parkiran pasar.\n"
    "2,2026-03-02,,99.01.01,ORD-02,AG,,\n"
    "3,2026-04-05,,99.01,CON-01,,,\n"
    "4,2026-04-06,,99.01.02.2001,CRM-01,GN,2,\n"
    "5,2026-05-07,,Aia Baliang/Pasar,CRM-02,GN,4,\n"
)


@pytest.fixture
def keep(tmp_path: Path) -> Callable[..., Path]:
    """Writes a file as somebody might send it, and gives its path."""

    def write(content: str | bytes, name: str = "lama.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


@pytest.fixture
def reports(db: None, tmp_path: Path) -> Callable[..., str]:
    """`rukun reports …`: what it said."""

    def run(part: str, *words: object) -> str:
        out = StringIO()
        more = ("--rejected", tmp_path / "rejected.csv") if part == "import" and "--rejected" not in words else ()
        call_command("reports", part, *map(str, (*words, *more)), stdout=out)
        return out.getvalue()

    return run


@pytest.fixture
def brought(world, keep: Callable[..., Path], reports: Callable[..., str]) -> str:
    """Five incidents are there."""
    return reports("import", keep(ROWS), "--source", "Arsip Polsek")
