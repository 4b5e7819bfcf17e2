"""Where the classic data lie, if they are here: WASPADA_DATA, or ../shared/data beside the repository."""

import os
from pathlib import Path

from hypothesis import HealthCheck, settings

settings.register_profile("waspada", deadline=None, max_examples=60, derandomize=True, suppress_health_check=list(HealthCheck))
settings.load_profile("waspada")


def data_folder() -> Path | None:
    folder = Path(os.environ.get("WASPADA_DATA") or Path(__file__).resolve().parents[3] / "shared" / "data")
    return folder if (folder / "scan").is_dir() else None
