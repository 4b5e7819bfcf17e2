"""The API reference, from the docstrings: `python bench/reference.py > docs/waspada/reference.md`."""

from __future__ import annotations

import dataclasses
import importlib
import inspect

import waspada

# what is used by its module's name: waspada.baseline.fit
MORE = {
    "baseline": ("fit",),
    "events": ("count", "Counted", "Capped", "Batch"),
    "alarms": ("replay", "Trace", "alarms", "Alarm", "Link", "calibrate", "Calibration", "hold_out", "Held", "days_in_alarm", "alarm_rate"),
    "rates": ("Rate", "garwood", "clopper_pearson", "within_by_chance"),
    "reports": ("history_of",),
    "history": ("Past",),
    "signals": ("Signal", "Detector", "Looker"),
    "peers": ("PermutationScan", "EarsC2", "LastYear", "districts"),
    "quick": ("QuickCheck", "Answer"),
    "ledger": ("Record", "parameters_hash"),
    "evaluate": ("Plan", "run", "Life", "Lived", "Truth", "detectors", "Cleaned"),
    "measures": ("report", "as_text", "as_json", "calibrated", "equal", "as_used", "Row", "Measured"),
    "picture": ("map_svg", "time_svg", "Words"),
    "simulate": ("world", "Outbreak", "Poison", "Change"),
}


def signature_of(thing: object) -> str:
    return str(inspect.signature(thing)).replace("waspada.", "").replace("'", "")  # type: ignore[arg-type]  # callables only


def section(name: str, thing: type | object) -> list[str]:
    lines = [f"## {name}", ""]
    if inspect.isclass(thing):
        fields = dataclasses.fields(thing) if dataclasses.is_dataclass(thing) else ()
        if fields:
            lines += [
                "| field | type |",
                "|---|---|",
                *(f"| `{f.name}` | `{f.type}` |".replace(" | None`", " or none`") for f in fields),
                "",
            ]
        lines += [inspect.getdoc(thing) or "", ""]
        for member, value in vars(thing).items():
            if member.startswith("_") or not (inspect.isfunction(value) or isinstance(value, classmethod | property)):
                continue
            called = value.__func__ if isinstance(value, classmethod) else value
            text = inspect.getdoc(called)
            if text is None:
                continue
            head = member if isinstance(value, property) else f"{member}{signature_of(called)}"
            lines += [f"### `{name}.{head}`", "", text, ""]
    else:
        lines += ["```python", f"{name}{signature_of(thing)}", "```", "", inspect.getdoc(thing) or "", ""]
    return lines


def main() -> None:
    lines = ["# Reference", "", "Made from the docstrings by `bench/reference.py`; do not edit by hand.", ""]
    for name in waspada.__all__:
        lines += section(name, getattr(waspada, name))
    for module, names in MORE.items():
        for name in names:
            lines += section(f"{module}.{name}", getattr(importlib.import_module(f"waspada.{module}"), name))
    print("\n".join(lines).rstrip())


if __name__ == "__main__":
    main()
