"""Prefect's settings for one-off runs, and the guard of its temporary server. Imported before Prefect, imports nothing of it."""

from __future__ import annotations

import atexit
import os
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

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

# The guard waits for its input to end, which happens when we end, however we end; then it stops the server.
_GUARD = "import os,signal,sys\nsys.stdin.buffer.read()\ntry: os.kill({pid}, signal.SIGTERM)\nexcept OSError: pass"

_GUARDED: set[int] = set()


def prepare(home: Path, *, verbose: bool = False) -> None:
    """Set what the environment does not set already; Prefect's files go to `home`."""
    os.environ.setdefault("PREFECT_HOME", str(home))
    if verbose:
        os.environ.setdefault("PREFECT_LOGGING_LEVEL", "INFO")
    for name, value in _DEFAULTS.items():
        os.environ.setdefault(name, value)


def guard_server() -> None:
    """See to it that Prefect's temporary server does not outlive this process, not even after kill -9."""
    from prefect.server.api.server import SubprocessASGIServer

    for server in list(SubprocessASGIServer._instances.values()):  # noqa: SLF001  there is no public way to its process
        process = server.server_process
        if process is not None and process.poll() is None and process.pid not in _GUARDED:
            _GUARDED.add(process.pid)
            guard = subprocess.Popen(  # noqa: S603
                [sys.executable, "-I", "-S", "-c", _GUARD.format(pid=process.pid)], stdin=subprocess.PIPE, start_new_session=True
            )
            atexit.register(guard.kill)
