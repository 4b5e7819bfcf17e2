"""A data folder of its own for each test run, made before Django reads its settings; static files gathered into it once."""

import atexit
import os
import shutil
import tempfile

import pytest

KEPT = {"RUKUN_DATABASE", "RUKUN_TEST_POSTGRES", "RUKUN_SCREENSHOTS", "RUKUN_MATRIX"}
for name in [name for name in os.environ if name.startswith("RUKUN_") and name not in KEPT]:
    del os.environ[name]  # what a developer set for trying things out is not what is tested

os.environ["RUKUN_DATA"] = tempfile.mkdtemp(prefix="rukun-tests-")
atexit.register(shutil.rmtree, os.environ["RUKUN_DATA"], ignore_errors=True)


@pytest.fixture(autouse=True, scope="session")
def gathered() -> None:
    """Pages name static files as an installation does, by their hashed names."""
    from django.core.management import call_command

    call_command("collectstatic", interactive=False, verbosity=0)
