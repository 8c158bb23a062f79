"""Long work beside a page: one thread, one piece of work at a time, how far it is, and a way out."""

import asyncio
import logging
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from contextvars import copy_context
from typing import Any, Protocol

from assessment.faults import Fault, Faults
from assessment.progress import Progress

OFTEN = 0.1
"""Seconds between two moves of a bar: more of them would only fill the line to the browser."""

_log = logging.getLogger(__name__)


class _Stopped(Exception):
    """Somebody does not want this work any more."""


class _Page(Protocol):
    def tell_work(self, block: str, done: float, total: float) -> None: ...


class _Job:
    """One piece of work: where it stands and what is to be told of it, once."""

    def __init__(self, block: str, do: Callable, done: Callable, failed: Callable, before: "threading.Thread | None"):
        self.block, self.do, self.done, self.failed, self.before = block, do, done, failed, before
        self.is_stopped = threading.Event()
        self.tell: Callable[[], None] | None = None
        self.far: tuple[float, float] | None = None
        self.last = float("-inf")


class Work:
    """Work that takes longer than a moment, done beside a page so that the page still answers.

    A page has one: a new piece of work stops and replaces the old one, and begins when that has come to rest. What
    comes of it is handed over on the kernel's own loop, where everything else of a page happens; outside a kernel, in
    the work's thread.

    Parameters
    ----------
    page
        A page with `tell_work`, which moves the bar of a progress block.

    Notes
    -----
    Missing answers: not concerned.
    The work opens what it reads and writes by itself: a connection to a database belongs to one thread.

    Examples
    --------
    >>> from assessment.widgets.tool_page import ToolPage
    >>> found = []
    >>> work = Work(ToolPage())
    >>> work.start("count", lambda progress: sum(range(5)), found.append, print)
    >>> work.wait()
    >>> found, work.running
    ([10], None)
    """

    def __init__(self, page: _Page):
        self.page = page
        self._job: _Job | None = None
        self._thread: threading.Thread | None = None
        self._lock = threading.RLock()

    @property
    def running(self) -> str | None:
        """The progress block of the work under way; None where there is none."""
        job = self._job
        return job.block if job else None

    @property
    def far(self) -> tuple[float, float] | None:
        """How far the work is, ``(done, total)``: a page that is written anew meanwhile starts its bar there."""
        job = self._job
        return job.far if job else None

    def start(
        self,
        block: str,
        do: Callable[[Progress], Any],
        done: Callable[[Any], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Begin a piece of work; another that is under way is stopped.

        Parameters
        ----------
        block
            The id of its progress block.
        do
            The work: gets `progress`, which it calls between its parts, and gives its result.
        done
            Gets the result.
        failed
            Gets what went wrong: `Faults`, or anything else (`faults_of` tells both).
        """
        self.stop()
        loop, context = running_loop(), copy_context()
        hand_over = _hand_over(loop, context)
        with self._lock:
            job = self._job = _Job(block, do, done, failed, self._thread)
            self._thread = threading.Thread(
                target=self._run, args=(job, hand_over), name="apprenance-work", daemon=True
            )
            self._thread.start()

    def stop(self) -> None:
        """End the work under way at its next step; nothing is told of it any more."""
        with self._lock:
            job, self._job = self._job, None
        if job:
            job.is_stopped.set()

    def wait(self, timeout: float = 60) -> None:
        """Wait until the work has come to its end and has been told: for tests and scripts.

        Parameters
        ----------
        timeout
            Seconds.

        Raises
        ------
        TimeoutError
            If it takes longer.
        """
        end = time.monotonic() + timeout
        while thread := self._thread:
            thread.join(max(0, end - time.monotonic()))
            if thread.is_alive():
                raise TimeoutError("the work has not come to its end")
            if self._job and self._job.tell:
                self._settle(self._job)
            if self._thread is thread:
                return

    def _run(self, job: _Job, hand_over: Callable) -> None:
        if job.before:
            job.before.join()
        try:
            self._step(job)
            result = job.do(lambda done, total: self._move(job, hand_over, done, total))
            job.tell = lambda: job.done(result)
        except _Stopped:
            return
        except Exception as error:
            _log.debug("work failed", exc_info=error)
            job.tell = lambda error=error: job.failed(error)
        finally:
            job.before = None
        hand_over(self._settle, job)

    def _step(self, job: _Job) -> None:
        if job.is_stopped.is_set():
            raise _Stopped

    def _move(self, job: _Job, hand_over: Callable, done: float, total: float) -> None:
        """Say how far the work is, not too often; end it if nobody wants it any more."""
        self._step(job)
        job.far = (done, total)
        now = time.monotonic()
        if now - job.last >= OFTEN:
            job.last = now
            hand_over(self._tell, job)

    def _tell(self, job: _Job) -> None:
        if self._job is job and job.far:
            self.page.tell_work(job.block, *job.far)

    def _settle(self, job: _Job) -> None:
        """Tell what came of a piece of work, once, and not of one that was stopped."""
        with self._lock:
            if self._job is not job:
                return
            self._job = None
        job.tell()


def running_loop() -> asyncio.AbstractEventLoop | None:
    """Give the loop of the kernel this is called in; None outside of one."""
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return None


def _hand_over(loop: asyncio.AbstractEventLoop | None, context) -> Callable:
    """Give what calls a function on the loop, as part of what was asked there; at once where there is no loop."""
    if loop is None:
        return lambda function, *values: function(*values)

    def hand_over(function: Callable, *values: object) -> None:
        with suppress(RuntimeError):  # a kernel that is being shut down hears nothing any more
            loop.call_soon_threadsafe(lambda: context.run(function, *values))

    return hand_over


def faults_of(error: Exception) -> tuple[Fault, ...]:
    """Give what went wrong as faults; of what nobody foresaw, that it was not brought to its end.

    Parameters
    ----------
    error
        What `Work.start` gives to `failed`.

    Examples
    --------
    >>> faults_of(ZeroDivisionError("division by zero"))[0].code
    'work_failed'
    """
    if isinstance(error, Faults):
        return error.faults
    if isinstance(error, OSError):
        return (Fault("file_unwritable", {}, {"reason": error.strerror or str(error)}),)
    return (Fault("work_failed"),)
