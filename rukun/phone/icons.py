"""The mark as pictures of the sizes a phone asks for: drawn when they are asked for, never kept as files."""

import io
from functools import cache

SIZES = (192, 512)
LEAF, PAPER = "#0E5A4E", "#FBFAF6"
# the kentongan of web/mark.svg: its body, and the slit in it
BODY = [(9, 8), (23, 2), (23, 24), (22.4, 24.5), (22.25, 25.15), (22.4, 25.8), (23, 26.3), (23, 28), (22.1, 30.1), (20, 31), (12, 31),
        (9.9, 30.1), (9, 28), (9, 26.3), (9.6, 25.8), (9.75, 25.15), (9.6, 24.5), (9, 24)]  # fmt: skip
SLIT = (14.3, 8.5, 17.7, 23.9)
SMOOTH = 4


@cache
def drawn(size: int) -> bytes:
    """A PNG; the mark stands inside the circle that a launcher may cut out."""
    from PIL import Image, ImageDraw

    large = size * SMOOTH
    scale = large * 0.62 / 32
    picture = Image.new("RGB", (large, large), LEAF)
    pen = ImageDraw.Draw(picture)

    def placed(x: float, y: float) -> tuple[float, float]:
        return large / 2 + (x - 16) * scale, large / 2 + (y - 16.5) * scale

    pen.polygon([placed(x, y) for x, y in BODY], fill=PAPER)
    left, top, right, bottom = SLIT
    pen.rounded_rectangle([placed(left, top), placed(right, bottom)], radius=1.7 * scale, fill=LEAF)
    out = io.BytesIO()
    picture.resize((size, size), Image.Resampling.LANCZOS).save(out, "PNG", optimize=True)
    return out.getvalue()
