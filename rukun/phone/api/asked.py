"""How a request of a phone is read: its JSON, unpacked where it was packed, never larger than agreed."""

import gzip
import io
import json
import zlib
from typing import Any

from django.http import HttpRequest

from rukun.phone.rules import MOST_BYTES, Malformed


class TooLarge(ValueError):
    """More than may be sent at once."""


def content(request: HttpRequest, most: int = MOST_BYTES) -> bytes:
    raw = request.body
    if request.headers.get("Content-Encoding", "") == "gzip":
        try:
            with gzip.GzipFile(fileobj=io.BytesIO(raw)) as packed:
                raw = packed.read(most + 1)
        except (OSError, EOFError, zlib.error) as error:
            raise Malformed("gzip") from error
    if len(raw) > most:
        raise TooLarge(len(raw))
    return raw


def told(request: HttpRequest, most: int = MOST_BYTES) -> dict[str, Any]:
    try:
        found = json.loads(content(request, most) or b"{}")
    except (ValueError, RecursionError) as error:
        if isinstance(error, TooLarge):
            raise
        raise Malformed("json") from error
    if not isinstance(found, dict):
        raise Malformed("json")
    return found
