"""Develops one photo in a process of its own, with little memory and little time: whatever was sent is decoded here or nowhere.

    python -m rukun.fieldwork.darkroom < what-was-sent > photo.jpg

Prints the pixels of the picture anew as JPEG: the longer edge at most 1600, upright, without EXIF, colour profile or comment.
Ends with 3 when this is no photo, with 4 when it is too large to be opened.
"""

import io
import resource
import sys

LONGEST = 1600
MOST_PIXELS = {"JPEG": 120_000_000, "PNG": 30_000_000, "WEBP": 30_000_000}  # a JPEG is decoded at a fraction of its size
MEMORY, SECONDS = 768 * 1024 * 1024, 15
BEGINNINGS = {"JPEG": b"\xff\xd8\xff", "PNG": b"\x89PNG\r\n\x1a\n", "WEBP": b"RIFF"}
NO_PHOTO, TOO_LARGE = 3, 4


def kind_of(raw: bytes) -> str:
    kind = next((kind for kind, beginning in BEGINNINGS.items() if raw.startswith(beginning)), "")
    return "" if kind == "WEBP" and raw[8:12] != b"WEBP" else kind


def develop(raw: bytes) -> bytes:
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = None  # we count ourselves, before a pixel is decoded
    kind = kind_of(raw)
    if not kind:
        raise SystemExit(NO_PHOTO)
    try:
        with Image.open(io.BytesIO(raw), formats=[kind]) as sent:
            if sent.width * sent.height > MOST_PIXELS[kind]:
                raise SystemExit(TOO_LARGE)
            sent.draft("RGB", (LONGEST, LONGEST))
            sent.thumbnail((LONGEST, LONGEST))
            upright = ImageOps.exif_transpose(sent).convert("RGBA")
        paper = Image.new("RGB", upright.size, "white")
        paper.paste(upright, mask=upright.getchannel("A"))
        printed = io.BytesIO()
        paper.save(printed, "JPEG", quality=82, optimize=True)
    except MemoryError as error:
        raise SystemExit(TOO_LARGE) from error
    except (OSError, ValueError, SyntaxError, EOFError, KeyError, IndexError, OverflowError) as error:
        raise SystemExit(NO_PHOTO) from error
    return printed.getvalue()


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.stdout.buffer.write(develop(sys.stdin.buffer.read()))


if __name__ == "__main__":
    main()
