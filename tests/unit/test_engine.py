"""The temporary server ends when we end, and tells why it does not start."""

import io
import subprocess
import sys

import pytest

from flows import engine
from flows.engine import TemporaryServer
from flows.errors import ZhicangError


def started(code, complaints=b""):
    process = subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    return TemporaryServer(process, io.BytesIO(complaints))


def test_a_server_that_ends_is_not_waited_for_and_its_last_error_is_told():
    server = started("print(1)", b"Traceback:\nValueError: the port is taken\nbye\n")
    with pytest.raises(ZhicangError, match="did not start: ValueError: the port is taken"):
        server.wait()
    server.stop()


def test_a_full_disk_is_told_in_plain_words():
    server = started("print(1)", b"sqlalchemy.exc.OperationalError: (sqlite3.OperationalError) database or disk is full\n")
    with pytest.raises(ZhicangError, match="free some space"):
        server.wait()
    server.stop()


def test_a_server_that_answers_is_ready():
    server = started(
        "from http.server import *\ns = HTTPServer(('127.0.0.1', 0), SimpleHTTPRequestHandler)\n"
        "SimpleHTTPRequestHandler.do_GET = lambda self: (self.send_response(200), self.end_headers())\n"
        "print(s.server_port, flush=True); s.serve_forever()"
    )
    server.wait()
    server.stop()


def test_an_address_that_is_set_is_used(monkeypatch):
    monkeypatch.setenv("PREFECT_API_URL", "http://127.0.0.1:1/api")
    with engine.temporary_server() as server:
        assert server is None


def test_the_server_ends_when_its_parent_does():
    """What the server does on its side, without Prefect, which takes seconds to load."""
    code = engine._SERVER.partition("from uvicorn")[0] + "import time; time.sleep(60)"
    process = subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert 0 < int(process.stdout.readline()) < 65536
    process.stdin.close()  # as the system does when a process is killed
    assert process.wait(timeout=20) != 0
    process.stdout.close()
