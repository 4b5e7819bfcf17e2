"""Hypothesis as the tests want it, and the classic data if they are here."""

from hypothesis import HealthCheck, settings
from worlds import data_folder

settings.register_profile("waspada", deadline=None, max_examples=60, derandomize=True, suppress_health_check=list(HealthCheck))
settings.load_profile("waspada")

# without the classic data the twin and synthetic studies say the same things
collect_ignore = [] if data_folder() else ["test_classics.py"]
