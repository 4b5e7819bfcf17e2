"""A data folder of its own for each test run, made before Django reads its settings."""

import atexit
import os
import shutil
import tempfile

for name in ("RUKUN_DEBUG", "RUKUN_DEMO", "RUKUN_HOSTS", "RUKUN_HTTPS", "RUKUN_MODE", "RUKUN_ORIGIN", "RUKUN_SECRET"):
    os.environ.pop(name, None)  # what a developer set for trying things out is not what is tested

os.environ["RUKUN_DATA"] = tempfile.mkdtemp(prefix="rukun-tests-")
atexit.register(shutil.rmtree, os.environ["RUKUN_DATA"], ignore_errors=True)
