"""On an empty folder, a command says what to do."""

import os
import subprocess
import sys


def test_run_on_an_empty_folder_names_the_first_step(tmp_path):
    own = {name: value for name, value in os.environ.items() if not name.startswith("RUKUN_")}
    told = subprocess.run(
        [sys.executable, "-c", "from rukun.site.cli import main; main()", "run"],
        env=own | {"RUKUN_DATA": str(tmp_path)},
        capture_output=True,
        text=True,
    )
    assert told.returncode == 1
    assert (
        told.stderr.strip()
        == f"CommandError: There is no rukun in {tmp_path} yet. Begin with: rukun setup. To look around first: rukun demo"
    )
