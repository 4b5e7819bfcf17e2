"""How often the guard is right, by kind, on the labelled texts and on a file of others; and how long 400 kB take it.

    .venv/bin/python bench/guard.py [texts.jsonl] [--show]

A file has one JSON object per line with `text` and, where known, `flags`; `--show` prints what was missed or found wrongly.
"""

import json
import os
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rukun.site.settings")

from rukun import guard
from rukun.guard.tests.measure import measure
from rukun.guard.tests.texts import texts

HOSTILE = ["1", "1.", "0 8 ", "(0(", "a@b.", "pak Budi ", "BA 12 ", "jl A di ", "an. ", "ke nomor 1, ", "korlap demo: a, "]
FLAGS = {"PII": "replaced", "EMPTY": "empty", "EMERGENCY": "emergency", "BLOCK_PREF": "refused", "PROFILE": "refused"}


def table(half: str) -> None:
    print(f"\n{half}, {len(texts(half))} texts")
    print(f"  {'kind':15} {'there':>6} {'found':>6} {'false':>6} {'recall':>7} {'precision':>10}")
    for kind, tally in sorted(measure(texts(half)).items()):
        there = tally.found + tally.missed
        print(f"  {kind:15} {there:6} {tally.found:6} {tally.false:6} {tally.recall:7.3f} {tally.precision:10.3f}")


def others(path: Path) -> None:
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    print(f"\n{path.name}, {len(rows)} texts")
    for flag, name in FLAGS.items():
        wanted = [flag in row.get("flags", []) for row in rows]
        said = [bool(getattr(guard.read(row["text"]), name)) for row in rows]
        hits = sum(a and b for a, b in zip(wanted, said, strict=True))
        print(f"  {flag:10} there {sum(wanted)}, found {hits}; {name} in {sum(said)} texts")


def show(half: str) -> None:
    for one in texts(half):
        tallies = measure([one])
        wrong = [kind for kind, tally in tallies.items() if tally.missed or tally.false]
        if wrong:
            reading = guard.read(one.text, kind=one.kind)
            print(f"  {', '.join(sorted(wrong))}: {one.text!r}\n    -> {reading.offered!r}")


def speed() -> None:
    print("\n400 kB of hostile text, seconds of processor")
    for unit in HOSTILE:
        begun = time.process_time()
        guard.read((unit * (400_000 // len(unit) + 1))[:400_000])
        print(f"  {unit!r:20} {time.process_time() - begun:5.2f}")


if __name__ == "__main__":
    for half in ("open", "held", "later", "fresh"):
        table(half)
        if "--show" in sys.argv:
            show(half)
    for name in sys.argv[1:]:
        if not name.startswith("--"):
            others(Path(name))
    speed()
