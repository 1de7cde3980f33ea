"""Processes that read shards, where there is more than one shard and more than one core."""

from __future__ import annotations

import multiprocessing
import os
import threading
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import partial
from multiprocessing import connection
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from flows.errors import ZhicangError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

P = ParamSpec("P")
T = TypeVar("T")


@contextmanager
def in_workers(function: Callable[P, T], number: int) -> Iterator[Callable[P, T]]:
    """The function, done by worker processes while the calling thread waits; with one worker it is done here, one call at a time.

    Prefect's own process runner costs a tenth of a second a task; these processes are started once and know no Prefect.
    """
    if number <= 1:
        yield partial(_alone, threading.Lock(), function)
        return
    # Not fork: this process has threads, and the copy of a lock that one of them holds is never let go.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(number, mp_context=context, initializer=_end_with_parent) as pool:
        yield partial(_wait, pool, function)


def _alone(turn: threading.Lock, function: Callable[P, T], *arguments: P.args, **named: P.kwargs) -> T:
    """The callers are threads: together they would take many times the memory and not be done sooner."""
    with turn:
        return function(*arguments, **named)


def _wait(pool: ProcessPoolExecutor, function: Callable[P, T], *arguments: P.args, **named: P.kwargs) -> T:
    try:
        return pool.submit(function, *arguments, **named).result()
    except BrokenProcessPool as e:
        raise ZhicangError("a worker process was killed, most likely for want of memory: set ZHICANG_WORKERS=1") from e


def _end_with_parent() -> None:
    """A worker whose parent was killed would wait for work for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_watch, args=(parent.sentinel,), daemon=True).start()


def _watch(sentinel: int) -> None:
    connection.wait([sentinel])
    os._exit(1)
