"""Puts sheets on the disk for the printer: readable by nobody but who ran the command."""

import os
from pathlib import Path

from django.conf import settings

from rukun.officers import sheets
from rukun.officers.models import Invite


def address_of_house() -> str:
    """Under which address people reach this installation, as far as the settings know."""
    host = settings.ALLOWED_HOSTS[0] if settings.ALLOWED_HOSTS else "localhost"
    return f"https://{host}/" if settings.HTTPS else f"http://{host}:8000/"


def put(printed: list[Invite], folder: Path, name: str, address: str) -> list[Path]:
    """One PDF and one CSV."""
    drawn = [sheets.of(sheet, address) for sheet in printed]
    folder.mkdir(parents=True, exist_ok=True)
    return [write(folder / f"{name}.pdf", sheets.pdf(drawn)), write(folder / f"{name}.csv", sheets.table(drawn).encode())]


def write(file: Path, content: bytes) -> Path:
    file.unlink(missing_ok=True)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        out.write(content)
    return file
