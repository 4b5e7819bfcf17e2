"""Serves the house: a web server and a worker, side by side, ended together."""

import os
import signal
import subprocess
import sys
import time
from types import FrameType

from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor


def ready(*, migrate: bool) -> None:
    """The database stands as this version needs it, and the static files are gathered."""
    settings.DATA.mkdir(parents=True, exist_ok=True, mode=0o700)
    executor = MigrationExecutor(connection)
    behind = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if not migrate and not executor.loader.applied_migrations:
        raise CommandError(f"There is no rukun in {settings.DATA} yet. Begin with: rukun setup. To look around first: rukun demo")
    if behind and not migrate:
        raise CommandError(f"The database is {len(behind)} steps behind this version. Make a backup, then run: rukun migrate")
    if behind:
        call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)


def web_server(address: str, processes: int = 2) -> list[str]:
    """How the web server is started, here and where it is put to the test."""
    return [
        sys.executable, "-m", "gunicorn", "rukun.site.wsgi:application", "--bind", address, "--workers", str(processes),
        "--worker-class", "gthread", "--threads", "4", "--log-level", "warning", "--timeout", "60",
    ]  # fmt: skip


def serve(address: str, *, processes: int = 2) -> None:
    """Until Ctrl+C. Ends both when either ends, so that nobody serves pages whose work is never done."""
    server = web_server(address, processes)
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "rukun.site.settings"}
    rukun = [sys.executable, "-c", "from rukun.site.cli import main; main()", "worker"]
    both = [subprocess.Popen(command, env=environment) for command in (server, rukun)]

    def stop(signum: int, frame: FrameType | None) -> None:
        for process in both:
            process.terminate()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    while all(process.poll() is None for process in both):
        time.sleep(0.3)
    stop(0, None)
    for process in both:
        process.wait()
