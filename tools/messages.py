"""Builds the message catalogues (.mo) that Django reads from the translations (.po) that people write."""

import sys
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

ROOT = Path(__file__).resolve().parent.parent


def build(po: Path) -> bool:
    """True when the catalogue was written anew."""
    mo = po.with_suffix(".mo")
    if mo.exists() and mo.stat().st_mtime >= po.stat().st_mtime:
        return False
    with po.open("rb") as file:
        catalogue = read_po(file, locale=po.parts[-3], abort_invalid=True)
    with mo.open("wb") as file:
        write_mo(file, catalogue)
    return True


def main() -> int:
    written = 0
    for po in sorted(ROOT.glob("*/*/locale/*/LC_MESSAGES/*.po")):
        try:
            written += build(po)
        except (PoFileError, ValueError) as problem:
            print(f"{po.relative_to(ROOT)}: {problem}", file=sys.stderr)
            return 1
    if written:
        print(f"{written} message catalogues built")
    return 0


if __name__ == "__main__":
    sys.exit(main())
