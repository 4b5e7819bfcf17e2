"""On an empty folder, a command says what to do; what it makes there is nobody else's."""

import os
import subprocess
import sys
from pathlib import Path


def told(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    own = {name: value for name, value in os.environ.items() if not name.startswith("RUKUN_")}
    return subprocess.run(
        [sys.executable, "-c", "from rukun.site.cli import main; main()", *command],
        env=own | {"RUKUN_DATA": str(folder)}, capture_output=True, text=True,
    )  # fmt: skip


def test_run_on_an_empty_folder_names_the_first_step(tmp_path):
    answer = told(tmp_path, "run")
    assert answer.returncode == 1
    assert (
        answer.stderr.strip()
        == f"CommandError: There is no rukun in {tmp_path} yet. Begin with: rukun setup. To look around first: rukun demo"
    )


def test_what_is_made_in_the_folder_can_be_read_by_its_owner_alone(tmp_path):
    folder = tmp_path / "new"
    answer = told(folder, "setup", "--nrp", "90010101", "--name", "Admin Contoh", "--rank", "Bripka", "--out", str(folder))
    assert answer.returncode == 0, answer.stderr
    made = [folder, *folder.rglob("*")]
    assert folder / "rukun.db" in made
    assert [path.name for path in made if path.stat().st_mode & 0o077] == []
