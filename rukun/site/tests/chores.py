"""Jobs for the tests of the worker: one that fails, one that takes its time."""

import os
import time
from pathlib import Path

from django_tasks import task


@task()
def fails() -> None:
    raise RuntimeError("this job always fails")


@task()
def takes_its_time(folder: str) -> None:
    """Leaves a mark when it begins and when it ends; the first time it is slow enough to be killed in between."""
    begun = Path(folder) / "begun"
    first = not begun.exists()
    begun.write_text(str(os.getpid()))
    if first:
        time.sleep(60)
    (Path(folder) / "ended").touch()
