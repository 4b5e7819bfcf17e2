"""A network at its worst, between phones and the server: a small TCP proxy that drops, delays, cuts, swallows, doubles and replays."""

import random
import socket
import struct
import threading
import time
from collections import Counter
from dataclasses import dataclass, field

# what happens to a request, and to how many in a thousand
SHARES = {"dropped": 70, "cut in mid-body": 50, "reply lost": 80, "sent twice": 50, "replayed later": 50, "delayed": 40, "at 1 kB/s": 8}
RESET = struct.pack("ii", 1, 0)


@dataclass
class Weather:
    """Listens on a port of its own and does to each request what the dice say; `calm` lets everything through."""

    server: int
    seed: int
    delay: float = 2.0  # seconds
    crawl: int = 3000  # bytes that go at 1 kB/s before the line gets better
    calm: bool = False
    done: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.dice, self.lock = random.Random(self.seed), threading.Lock()
        self.door = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port = int(self.door.getsockname()[1])
        threading.Thread(target=self.listen, daemon=True).start()

    def listen(self) -> None:
        while True:
            try:
                phone, _address = self.door.accept()
            except OSError:
                return
            threading.Thread(target=self.carry, args=(phone,), daemon=True).start()

    def fate(self) -> str:
        with self.lock:
            roll = 0 if self.calm else self.dice.randrange(1000)
            fate = "passed"
            for name, share in SHARES.items():
                roll -= share
                if roll < 0 and not self.calm:
                    fate = name
                    break
            self.done[fate] += 1
            return fate

    def carry(self, phone: socket.socket) -> None:
        phone.settimeout(60)
        try:
            request = whole(phone)
        except OSError:
            return cut(phone)
        fate = self.fate()
        if not request or fate == "dropped":
            return cut(phone)
        if fate == "delayed":
            time.sleep(self.delay)
        if fate == "cut in mid-body":
            self.half(request)
            return cut(phone)
        if fate == "sent twice":
            threading.Thread(target=self.ask, args=(request,), daemon=True).start()
        if fate == "replayed later":
            threading.Timer(self.delay * 1.5, self.ask, args=(request,)).start()
        reply = self.ask(request, slowly=fate == "at 1 kB/s")
        if not reply or fate == "reply lost":
            return cut(phone)
        try:
            phone.sendall(reply)
            phone.close()
        except OSError:
            cut(phone)

    def ask(self, request: bytes, *, slowly: bool = False) -> bytes:
        """The server's answer; nothing where it is down or dies over it."""
        try:
            with socket.create_connection(("127.0.0.1", self.server), timeout=60) as line:
                if slowly:
                    for at in range(0, min(self.crawl, len(request)), 250):
                        line.sendall(request[at : min(at + 250, self.crawl)])
                        time.sleep(0.25)
                    request = request[self.crawl :]
                line.sendall(request)
                return b"".join(iter(lambda: line.recv(65536), b""))
        except OSError:
            self.done["server away"] += 1
            return b""

    def half(self, request: bytes) -> None:
        try:
            line = socket.create_connection(("127.0.0.1", self.server), timeout=60)
            line.sendall(request[: max(1, len(request) * 3 // 4)])
            cut(line)
        except OSError:
            self.done["server away"] += 1

    def close(self) -> None:
        self.door.close()


def whole(phone: socket.socket) -> bytes:
    """One request, head and body."""
    raw = b""
    while b"\r\n\r\n" not in raw:
        if not (piece := phone.recv(65536)):
            return b""
        raw += piece
    head, _blank, body = raw.partition(b"\r\n\r\n")
    length = next((int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")), 0)
    while len(body) < length:
        if not (piece := phone.recv(65536)):
            return b""
        body += piece
    return head + b"\r\n\r\n" + body


def cut(line: socket.socket) -> None:
    """A reset, not a farewell."""
    try:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
        line.close()
    except OSError:
        pass
