"""The command line: `waspada run` for SaTScan's parameter files, `waspada scan` for two tables, `waspada evaluate` for simulated worlds."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from waspada.cases import BadData
from waspada.report import FORMATS

if TYPE_CHECKING:
    from waspada.cases import Cases
    from waspada.scores import Score


def main(arguments: Sequence[str] | None = None) -> int:
    options = parser().parse_args(arguments)
    try:
        print(options.work(options))
    except (BadData, ValueError, OSError) as error:
        print(f"waspada: {error}", file=sys.stderr)
        return 2
    return 0


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="waspada", description="Finds clusters of events in space and time.")
    commands = top.add_subparsers(required=True, metavar="run|scan|evaluate")
    run = commands.add_parser("run", help="analyse what a SaTScan parameter file describes")
    run.add_argument("file", type=Path, metavar="FILE.prm")
    run.set_defaults(work=run_file)
    scan = commands.add_parser("scan", help="analyse two tables with headers: cases (place, date, count) and places (id, coordinates)")
    scan.add_argument("cases", type=Path)
    scan.add_argument("places", type=Path)
    scan.add_argument("--score", choices=["permutation", "poisson", "bernoulli", "baseline"], default="permutation")
    scan.add_argument("--max-share", type=float, help="circles hold at most this share of the weight (0.5 if nothing else limits them)")
    scan.add_argument("--max-radius", type=float, help="kilometres, or the coordinates' own unit")
    scan.add_argument("--neighbours", type=int, help="circles have at most so many places")
    scan.add_argument("--windows", type=int, default=28, help="longest period in steps")
    scan.add_argument("--shortest", type=int, default=1)
    scan.add_argument("--analysis", choices=["prospective", "retrospective", "spatial", "temporal"], default="prospective")
    scan.add_argument("--direction", choices=["high", "low", "both"], default="high")
    scan.add_argument("--least", type=int, default=2, help="fewest cases of a high cluster")
    scan.add_argument("--unit", choices=["day", "month", "year"], default="day")
    scan.add_argument("--start", type=date.fromisoformat)
    scan.add_argument("--end", type=date.fromisoformat)
    scan.add_argument("--earlier", type=int, default=0, help="earlier analyses, one a step, that p shall account for")
    scan.add_argument("--cartesian", action="store_true", help="the coordinates are x and y even if they are named otherwise")
    scan.set_defaults(work=scan_tables)
    for command in (run, scan):
        command.add_argument("--replications", type=int, help="worlds of chance (999)")
        command.add_argument("--method", choices=["monte-carlo", "sequential", "exceedance"])
        command.add_argument("--seed", type=int, default=1)
        command.add_argument("--threads", type=int)
        command.add_argument("--format", choices=list(FORMATS), default="text")
    add_evaluate(commands)
    return top


def add_evaluate(commands: Any) -> None:
    judged = commands.add_parser("evaluate", help="judge detectors in simulated worlds: power, delay, false alarms, with intervals")
    judged.add_argument("--worlds", type=int, default=200)
    judged.add_argument("--seed", type=int, default=1, help="of the first world; the others follow")
    judged.add_argument("--places", type=int, help="in each world (150)")
    judged.add_argument("--budget", type=float, help="alarms a year (12)")
    judged.add_argument("--processes", type=int)
    judged.add_argument(
        "--keep", type=Path, metavar="FILE", help="write each world there as it ends; a run that was stopped goes on from it"
    )
    judged.add_argument("--format", choices=["text", "json"], default="text")
    judged.set_defaults(work=evaluated)


def evaluated(options: argparse.Namespace) -> str:
    from waspada.evaluate import Plan, run
    from waspada.measures import as_json, as_text, report

    changes = {name: getattr(options, name) for name in ("places", "budget") if getattr(options, name) is not None}
    if options.worlds < 1:
        raise ValueError(f"evaluate: at least 1 world, got {options.worlds}")
    lives = run(
        options.worlds,
        options.seed,
        Plan(**changes),
        processes=options.processes,
        keep=options.keep,
        progress=partial(progress, always=True),
    )
    return {"text": as_text, "json": as_json}[options.format](report(lives))


def progress(done: int, asked: int, always: bool = False) -> None:
    """A line on a terminal, nothing anywhere else; ``always``: a line each time, for runs of many minutes."""
    if always and not sys.stderr.isatty():
        print(f"{done} of {asked} worlds", file=sys.stderr, flush=True)
    elif sys.stderr.isatty():
        print(f"\r{done} of {asked} worlds", end="\n" if done >= asked else "", file=sys.stderr, flush=True)


def run_file(options: argparse.Namespace) -> str:
    from waspada.satscan import read

    study = read(options.file)
    for note in study.notes:
        print(f"waspada: {note}", file=sys.stderr)
    changes = {"replications": options.replications, "method": options.method}
    changed = {key: value for key, value in changes.items() if value is not None}
    found = study.scan(seed=options.seed, threads=options.threads, progress=progress, **changed)
    return FORMATS[options.format](found, study.cases)


def scan_tables(options: argparse.Namespace) -> str:
    from waspada.scan import scan
    from waspada.scores import Bernoulli, Permutation, Poisson
    from waspada.table import read_cases
    from waspada.windows import Windows
    from waspada.zones import Zones, weights_for

    cases = read_cases(
        options.cases, options.places, options.unit, options.start, options.end, latlong=False if options.cartesian else None
    )
    scores: dict[str, Score] = {"permutation": Permutation(), "poisson": Poisson(), "bernoulli": Bernoulli()}
    if options.score == "baseline":
        scores["baseline"] = learned(options, cases)
    if options.analysis == "spatial":
        windows = Windows.spatial()
    else:
        windows = Windows(
            min(options.windows, cases.steps), options.shortest, prospective=options.analysis == "prospective", analyses=options.earlier + 1
        )
    if options.analysis == "temporal":
        windows = Windows.retrospective(min(options.windows, cases.steps), options.shortest)
        zones = Zones.everywhere(cases)
    else:
        zones = Zones.circles(
            cases,
            share=options.max_share,
            radius=options.max_radius,
            neighbours=options.neighbours,
            weights=weights_for(options.score, cases),
        )
    found = scan(
        cases,
        zones,
        scores[options.score],
        windows,
        direction=options.direction,
        least=options.least,
        replications=999 if options.replications is None else options.replications,
        method=options.method or "monte-carlo",
        seed=options.seed,
        threads=options.threads,
        progress=progress,
    )
    return FORMATS[options.format](found, cases)


def learned(options: argparse.Namespace, cases: Cases) -> Score:
    """The negative binomial score against what the days before the longest period let expect."""
    from waspada.baseline import fit

    if options.analysis != "prospective" or options.earlier:
        raise BadData("--score baseline asks what is going on now: it goes with --analysis prospective alone")
    baseline = fit(cases, keep_out=min(options.windows, cases.steps))
    if not baseline.enough:
        print(f"waspada: the baseline rests on {baseline.weeks} of {baseline.needed} weeks of history", file=sys.stderr)
    return baseline.score(cases)


if __name__ == "__main__":
    sys.exit(main())
