"""A key is no number to be read: in an address or a field it is written without the separators of thousands (12345, not 12.345)."""

import re
from pathlib import Path

ROOMS = Path(__file__).parents[2]
SPELLED = re.compile(r'(?:="[^"]*|[?&]\w+=(?:\{%.*?%\}|[^"{])*)\{\{ *[\w.]+\.pk *\}\}')


def test_a_key_in_an_address_or_a_field_is_written_plainly():
    loose = [
        f"{file.relative_to(ROOMS)}:{number}"
        for file in ROOMS.glob("*/templates/**/*.html")
        for number, line in enumerate(file.read_text().splitlines(), 1)
        if SPELLED.search(line)
    ]
    assert loose == []
