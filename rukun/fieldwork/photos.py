"""Photos as they are kept: developed anew, under a name made of their own content, outside of what is served to everybody."""

import hashlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from rukun.fieldwork.darkroom import NO_PHOTO, SECONDS

MOST = 5  # of one record
LARGEST = 10 * 1024 * 1024


class NotAPhoto(ValueError):
    """What was sent can't be kept; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Developed:
    """A photo made anew from its pixels."""

    content: bytes
    width: int
    height: int

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def develop(raw: bytes) -> Developed:
    """Opens what was sent in another process; what can't be opened there ends that process, not this one."""
    if len(raw) > LARGEST:
        raise NotAPhoto(_("A photo may be 10 MB at most."))
    command = [sys.executable, "-I", str(Path(__file__).with_name("darkroom.py"))]
    try:
        done = subprocess.run(command, input=raw, capture_output=True, timeout=SECONDS * 2, env={"PATH": os.defpath})
    except subprocess.TimeoutExpired as error:
        raise NotAPhoto(_("This photo took too long to open.")) from error
    if done.returncode == NO_PHOTO:
        raise NotAPhoto(_("This is no photo that we can open. JPEG, PNG and WebP can be used."))
    if done.returncode or not done.stdout:
        raise NotAPhoto(_("This photo is too large to be opened."))
    return Developed(done.stdout, *measured(done.stdout))


def measured(jpeg: bytes) -> tuple[int, int]:
    """Width and height, read from the frame header that our own encoder has written."""
    at = 2
    while at + 9 < len(jpeg):
        marker, length = jpeg[at + 1], int.from_bytes(jpeg[at + 2 : at + 4], "big")
        if marker in (0xC0, 0xC1, 0xC2):
            return int.from_bytes(jpeg[at + 7 : at + 9], "big"), int.from_bytes(jpeg[at + 5 : at + 7], "big")
        at += 2 + length
    raise NotAPhoto(_("This is no photo that we can open. JPEG, PNG and WebP can be used."))


def place_of(sha256: str) -> Path:
    return Path(settings.DATA) / "media" / "photos" / sha256[:2] / f"{sha256}.jpg"


def keep(photo: Developed) -> None:
    """On the disk when this returns; the same photo twice is one file."""
    path = place_of(photo.sha256)
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".draft-", delete=False) as file:
        file.write(photo.content)
        file.flush()
        os.fsync(file.fileno())
    Path(file.name).replace(path)


def remove(hashes: Iterable[str]) -> None:
    for sha256 in hashes:
        path = place_of(sha256)
        if path.exists():
            overwrite(path)
            path.unlink()


def overwrite(path: Path) -> None:
    """So that a file system that keeps its blocks in place keeps none of the picture; others need an encrypted disk."""
    with path.open("r+b") as file:
        file.write(bytes(path.stat().st_size))
        file.flush()
        os.fsync(file.fileno())


def strays(known: Collection[str], before: float) -> list[Path]:
    """Files that no row names: left by an act that did not end. Those of the last hour may be on their way."""
    folder = Path(settings.DATA) / "media" / "photos"
    return [file for file in folder.glob("*/*") if file.stem not in known and file.stat().st_mtime < before]
