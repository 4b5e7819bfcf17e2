"""Builds the message catalogues (.mo) that Django reads, and with `check` names what a page says that nobody has translated."""

import ast
import io
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

ROOT = Path(__file__).resolve().parent.parent
PLAIN = ("_", "gettext", "ngettext", "pgettext", "npgettext")
CALLS = {name + ending for name in PLAIN for ending in ("", "_lazy", "_noop")}
Said = tuple[str, str | None]  # the words, and the context that tells two meanings apart


def catalogues() -> list[Path]:
    return sorted(ROOT.glob("*/*/locale/*/LC_MESSAGES/*.po"))


def read(po: Path) -> Catalog:
    with po.open("rb") as file:
        return read_po(file, locale=po.parts[-3], abort_invalid=True)


def build() -> int:
    written = 0
    for po in catalogues():
        mo = po.with_suffix(".mo")
        if mo.exists() and mo.stat().st_mtime >= po.stat().st_mtime:
            continue
        try:
            catalogue = read(po)
        except (PoFileError, ValueError) as problem:
            print(f"{po.relative_to(ROOT)}: {problem}", file=sys.stderr)
            return 1
        with mo.open("wb") as file:
            write_mo(file, catalogue)
        written += 1
    if written:
        print(f"{written} message catalogues built")
    return 0


def said() -> Iterator[tuple[Said, str]]:
    """Everything that the house can say, and where it says it."""
    from django.utils.translation.template import templatize

    for file in sorted(ROOT.glob("rukun/**/*")):
        if file.suffix not in {".py", ".html", ".txt"} or {"tests", "migrations", "static"} & set(file.parts):
            continue
        source = file.read_text()
        if file.suffix != ".py":
            source = templatize(source, origin=str(file))
        for line, function, words, _ in extract_python(io.BytesIO(source.encode()), CALLS, [], {"encoding": "utf-8"}):
            place = f"{file.relative_to(ROOT)}:{line}"
            spoken = [words] if isinstance(words, str) else list(words or ())  # None stands for what is no plain text
            context = spoken.pop(0) if spoken and "pgettext" in function else None
            if spoken and spoken[0]:
                yield (spoken[0], context), place


def hidden() -> Iterator[str]:
    """Words to be translated inside of an f-string: Babel doesn't see them, so they must stand outside."""
    for file in sorted(ROOT.glob("rukun/**/*.py")):
        if {"tests", "migrations"} & set(file.parts):
            continue
        for joined in (node for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, ast.JoinedStr)):
            for call in (node for node in ast.walk(joined) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
                said = [word.value for word in call.args if isinstance(word, ast.Constant)]
                if call.func.id in CALLS and said:  # type: ignore[attr-defined]
                    yield f"{file.relative_to(ROOT)}:{joined.lineno}: inside of an f-string: {said[0]!r}"


def known() -> set[Said]:
    """What is translated by us, by Django or by allauth."""
    import allauth
    import django

    libraries = [
        po
        for package in (django, allauth)
        for po in Path(package.__file__).parent.glob("**/locale/id/LC_MESSAGES/django.po")
    ]  # fmt: skip
    ours = [po for po in catalogues() if po.parts[-3] == "id"]
    return {
        (message.id if isinstance(message.id, str) else message.id[0], message.context)
        for po in [*libraries, *ours]
        for message in read(po)
        if message.id and not message.fuzzy and (message.string if isinstance(message.string, str) else all(message.string))
    }


def check() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rukun.site.settings")
    import django

    django.setup()
    translated = known()
    silent = [f"{place}: not translated: {words!r}" for (words, context), place in said() if (words, context) not in translated]
    silent += hidden()
    twisted = [
        f"{po.relative_to(ROOT)}:{message.lineno}: {error}"
        for po in catalogues()
        for message, errors in read(po).check()
        for error in errors
    ]
    print("\n".join(silent + twisted) if silent or twisted else "Every word that the house says is translated", file=sys.stderr)
    return 1 if silent or twisted else 0


if __name__ == "__main__":
    sys.exit(check() if "check" in sys.argv[1:] else build())
