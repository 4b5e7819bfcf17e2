"""The real server, as `rukun run` starts it, that can be killed at any moment; and how many times it asked the disk to hold on."""

import os
import random
import re
import shutil
import signal
import socket
import subprocess
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from rukun.lib.serving import web_server

SYNCS = "trace=fsync,fdatasync,sync_file_range,msync"


@dataclass
class House:
    """Two web processes with four threads each on a port; killed with -9, and started again."""

    data: Path
    port: int
    kills: int = 0
    traced: bool = False
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    def start(self) -> "House":
        command = web_server(f"127.0.0.1:{self.port}")
        if self.traced:
            command = ["strace", "-f", "-qq", "-e", SYNCS, "-o", str(self.data / f"syncs.{self.kills}"), *command]
        environment = os.environ | {"DJANGO_SETTINGS_MODULE": "rukun.site.settings"}
        with (self.data / "server.log").open("ab") as log:
            self.process = subprocess.Popen(command, env=environment, start_new_session=True, stdout=log, stderr=log)
        self.wait()
        return self

    def wait(self, patience: float = 180) -> None:
        until = time.monotonic() + patience
        while time.monotonic() < until:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                return
            except OSError:
                time.sleep(0.05)
        raise TimeoutError("the server does not start: see server.log")

    def kill(self, dice: random.Random) -> None:
        """All of it, or one of its processes in the middle of whatever it does."""
        assert self.process is not None
        self.kills += 1
        workers = children(self.process.pid)
        if workers and dice.random() < 0.5 and not self.traced:
            ended(dice.choice(workers))  # the master starts another
            return
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.start()

    def stop(self) -> None:
        if self.process is not None:
            self.process.terminate()
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                os.killpg(self.process.pid, signal.SIGKILL)
                self.process.wait()

    def syncs(self) -> int:
        return sum(len(re.findall(r"\b(?:fsync|fdatasync)\(", file.read_text(errors="ignore"))) for file in self.data.glob("syncs.*"))


def ended(pid: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def children(pid: int) -> list[int]:
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def can_trace() -> bool:
    """Whether strace is there and may look."""
    return bool(shutil.which("strace")) and subprocess.run(["strace", "-qq", "-e", SYNCS, "true"], capture_output=True).returncode == 0
