"""Prefect's settings for one-off runs, and a temporary server for them. Imported before Prefect, imports nothing of it.

Prefect would start a server of its own, but late: after its client has imported half of the server, and on after a kill -9.
"""

from __future__ import annotations

import contextlib
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import IO, TYPE_CHECKING
from urllib.error import URLError
from urllib.request import urlopen

from flows.errors import ZhicangError, in_plain_words

if TYPE_CHECKING:
    from collections.abc import Iterator

_DEFAULTS = {
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",  # 11-22 s were seen, the default of 20 is too near
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_BATCH_SIZE": "200",  # with smaller batches records are lost at exit
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_READ_BATCH_SIZE": "200",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
    "PREFECT_LOGGING_LEVEL": "CRITICAL",  # errors are told in our words
    "PREFECT_SERVER_LOGGING_LEVEL": "CRITICAL",
    "PREFECT_CLI_COLORS": "false",
    "DO_NOT_TRACK": "1",
}
_TEMPORARY = {
    "PREFECT_UI_ENABLED": "0",
    "PREFECT__SERVER_EPHEMERAL": "1",
    "PREFECT__SERVER_FINAL": "1",  # so far as Prefect's own has it
    "PREFECT_LOGGING_LEVEL": "ERROR",  # nobody sees it unless the server does not start
    "PREFECT_SERVER_LOGGING_LEVEL": "ERROR",
}

# It takes a free port, tells it, and ends when its input does, which happens when we end, however we end.
_SERVER = """
import os, signal, socket, threading
def end_with_parent():
    os.read(0, 1)
    os.kill(os.getpid(), signal.SIGTERM)
threading.Thread(target=end_with_parent, daemon=True).start()
door = socket.create_server(("127.0.0.1", 0))
print(door.getsockname()[1], flush=True)
from uvicorn import Config, Server
Server(Config("prefect.server.api.server:create_app", factory=True, log_level="error", lifespan="on")).run(sockets=[door])
"""
_ERROR = re.compile(r"[\w.]+(?:Error|Exception): ")
_PATIENCE = 120.0  # seconds until it must have answered
_FAREWELL = 5.0


def prepare(home: Path, *, verbose: bool = False) -> None:
    """Set what the environment does not set already; Prefect's files go to `home`."""
    os.environ.setdefault("PREFECT_HOME", str(home))
    if verbose:
        os.environ.setdefault("PREFECT_LOGGING_LEVEL", "INFO")
    for name, value in _DEFAULTS.items():
        os.environ.setdefault(name, value)


class TemporaryServer:
    """A server that starts while the caller does other things."""

    def __init__(self, process: subprocess.Popen[bytes], complaints: IO[bytes]) -> None:
        """Take over a process that has been started."""
        self._process = process
        self._complaints = complaints
        port = process.stdout.readline().strip().decode() if process.stdout else ""
        self.address = f"http://127.0.0.1:{port}/api"

    def wait(self) -> None:
        """Wait until it answers.

        Raises:
            ZhicangError: it ended, or does not answer in two minutes.
        """
        until = time.monotonic() + _PATIENCE
        while self._process.poll() is None and time.monotonic() < until:
            with contextlib.suppress(URLError, OSError), urlopen(f"{self.address}/health", timeout=5):  # noqa: S310  our own
                return
            time.sleep(0.05)
        words = self._last_words()
        raise ZhicangError(f"Prefect's temporary server did not start: {in_plain_words(RuntimeError(words)) or words}")

    def stop(self) -> None:
        """End it; what it has noted so far lies in its files."""
        self._process.terminate()
        try:
            self._process.wait(_FAREWELL)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        for stream in (self._process.stdin, self._process.stdout, self._complaints):
            if stream:
                stream.close()

    def _last_words(self) -> str:
        self._complaints.seek(0)
        lines = [line.strip() for line in self._complaints.read().decode(errors="replace").splitlines()]
        errors = [line for line in lines if _ERROR.match(line)] or [line for line in lines if line]
        return errors[-1] if errors else "it gave no reason; the same command under ZHICANG_DEBUG=1 may tell"


@contextlib.contextmanager
def temporary_server() -> Iterator[TemporaryServer | None]:
    """Start a server; None where Prefect is told of one already (PREFECT_API_URL, a profile, a test's harness)."""
    if _configured():
        yield None
        return
    with tempfile.TemporaryFile() as complaints:
        server = TemporaryServer(
            subprocess.Popen(  # noqa: S603
                [sys.executable, "-c", _SERVER], env=os.environ | _TEMPORARY, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                stderr=complaints,
            ),
            complaints,
        )  # fmt: skip
        try:
            yield server
        finally:
            server.stop()


@contextlib.contextmanager
def connected(server: TemporaryServer | None) -> Iterator[None]:
    """Prefect's client speaks to this server inside the block."""
    if server is None:
        yield
        return
    from prefect.settings import PREFECT_API_URL, temporary_settings

    server.wait()
    with temporary_settings({PREFECT_API_URL: server.address}):
        yield


def _configured() -> bool:
    """Whether Prefect has an address. It is asked, which takes seconds, only where it could have read one somewhere."""
    if os.environ.get("PREFECT_API_URL"):
        return True
    places = (
        Path(os.environ.get("PREFECT_HOME") or "~/.prefect").expanduser() / "profiles.toml",
        Path("prefect.toml"),
        Path(".env"),
    )
    if "prefect" not in sys.modules and not any(p.exists() for p in places):
        return False
    from prefect.settings import get_current_settings

    return get_current_settings().api.url is not None
