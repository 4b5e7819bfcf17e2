"""Plants one fault after another in a copy of the code and sees that a test notices: what the tests are worth.

python tools/faults.py [WORD]     only the faults whose name holds this word
python tools/faults.py check      only whether each can still be planted
"""

import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LIST = ROOT / "tools/faults.toml"


def copied(to: Path) -> Path:
    tracked = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\0")
    for name in filter(None, tracked):
        if (source := ROOT / name).is_file():
            (to / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, to / name)
    subprocess.run([sys.executable, "tools/messages.py"], cwd=to, check=True, stdout=subprocess.DEVNULL)
    for words in (["init", "-q"], ["add", "-A"]):  # a promise of the house reads what git holds
        subprocess.run(["git", *words], cwd=to, check=True)
    return to


def tried(house: Path, tests: list[str]) -> tuple[int, str]:
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:randomly", "-p", "no:cacheprovider", "--no-header", "--tb=no", *tests]
    environment = {**os.environ, "PYTHONPATH": str(house), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(command, cwd=house, capture_output=True, text=True, env=environment)
    return done.returncode, done.stdout


def noticed(house: Path, fault: dict) -> str:
    """The test that noticed; "" when none did."""
    file = house / fault["file"]
    sound = file.read_text()
    file.write_text(sound.replace(fault["find"], fault["plant"]))
    try:
        code, told = tried(house, fault["tests"])
    finally:
        file.write_text(sound)
    if code not in (0, 1, 2):
        sys.exit(f"{fault['name']}: the tests did not run:\n{told}")
    if code == 2:
        return "the house does not stand up"
    return next((line.removeprefix("FAILED ").split(" - ")[0] for line in told.splitlines() if line.startswith(("FAILED", "ERROR"))), "")


def misplaced(faults: list[dict]) -> list[str]:
    counted = [(fault, (ROOT / fault["file"]).read_text().count(fault["find"])) for fault in faults]
    return [f"{fault['name']}: {fault['file']} holds {fault['find']!r} {times} times, not once" for fault, times in counted if times != 1]


def main(word: str = "") -> int:
    listed = tomllib.loads(LIST.read_text())["fault"]
    if errors := misplaced(listed):
        print("\n".join(errors), file=sys.stderr)
        return 1
    if word == "check":
        print(f"{len(listed)} faults can be planted")
        return 0
    faults, unseen = [fault for fault in listed if word in fault["name"]], 0
    with tempfile.TemporaryDirectory(prefix="rukun-faults-") as folder:
        house = copied(Path(folder))
        code, told = tried(house, sorted({test for fault in faults for test in fault["tests"]}))
        if code != 0:
            print(f"The tests do not pass before any fault is planted:\n{told}", file=sys.stderr)
            return 1
        for fault in faults:
            by = noticed(house, fault)
            unseen += not by
            print(f"{'noticed' if by else 'UNSEEN '}  {fault['name']}{f'  <- {by}' if by else ''}", flush=True)
    print(f"{len(faults) - unseen} of {len(faults)} faults noticed")
    return 1 if unseen else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
