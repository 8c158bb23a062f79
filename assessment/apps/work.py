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


class _Line:
    """The line to the kernel's loop as it was when somebody asked; without a loop, everything is done at once."""

    def __init__(self):
        self.context = copy_context()  # answers belong to what was asked
        try:
            self.loop = asyncio.get_running_loop()
        except RuntimeError:
            self.loop = None

    def call(self, function: Callable, *values: object) -> None:
        """Call a function on the loop."""
        if self.loop is None:
            function(*values)
            return
        with suppress(RuntimeError):  # a kernel that is being shut down hears nothing any more
            self.loop.call_soon_threadsafe(lambda: self.context.run(function, *values))

    def call_later(self, seconds: float, function: Callable, *values: object) -> bool:
        """Call a function on the loop after a while, from the loop; say whether there is one."""
        if self.loop is not None:
            self.loop.call_later(seconds, lambda: self.context.run(function, *values))
        return self.loop is not None


class _Job:
    """One piece of work: where it stands and what is to be told of it, once."""

    def __init__(
        self, block: str, do: Callable, tell: tuple[Callable, Callable, Callable], before: threading.Thread | None
    ):
        self.block, self.do, self.before = block, do, before
        self.done, self.failed, self.unwanted = tell
        self.line = _Line()
        self.is_stopped = threading.Event()
        self.tell: Callable[[], None] | None = None
        self.waste: Callable[[], None] = lambda: None
        self.far: tuple[float, float] | None = None
        self.is_due, self.last = False, float("-inf")


class Work:
    """Work that takes longer than a moment, done beside a page so that the page still answers.

    A page has one: a new piece of work stops and replaces the old one, and begins when that has come to rest. What
    comes of it is handed over on the kernel's own loop, where everything else of a page happens; outside a kernel, to
    whoever waits for it.

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
        self._last: _Job | None = None
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
        unwanted: Callable[[Any], None] = lambda result: None,
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
        unwanted
            Gets a result that came when the work had been stopped: what was made is taken away.
        """
        self.stop()
        with self._lock:
            job = self._job = self._last = _Job(block, do, (done, failed, unwanted), self._thread)
            self._thread = threading.Thread(target=self._run, args=(job,), name="apprenance-work", daemon=True)
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
            if self._last and self._last.tell:
                self._settle(self._last)
            if self._thread is thread:
                return

    def _run(self, job: _Job) -> None:
        if job.before:
            job.before.join()
        try:
            self._step(job)
            result = job.do(lambda done, total: self._move(job, done, total))
            job.tell, job.waste = lambda: job.done(result), lambda: job.unwanted(result)
        except _Stopped:
            return
        except Exception as error:
            _log.debug("work failed", exc_info=error)
            job.tell = lambda error=error: job.failed(error)
        finally:
            job.before = None
        if job.line.loop or job.is_stopped.is_set():
            job.line.call(self._settle, job)

    def _step(self, job: _Job) -> None:
        if job.is_stopped.is_set():
            raise _Stopped

    def _move(self, job: _Job, done: float, total: float) -> None:
        """Say how far the work is; end it if nobody wants it any more."""
        self._step(job)
        job.far = (done, total)
        if not job.is_due:
            job.is_due = True
            job.line.call(self._tell_soon, job)

    def _tell_soon(self, job: _Job) -> None:
        """Move the bar now or, when it has just moved, a little later: the last step before a long one is not lost."""
        wait = job.last + OFTEN - time.monotonic()
        if wait <= 0:
            self._tell(job)
        elif not job.line.call_later(wait, self._tell, job):
            job.is_due = False

    def _tell(self, job: _Job) -> None:
        job.is_due, job.last = False, time.monotonic()
        if self._job is job:
            self.page.tell_work(job.block, *job.far)

    def _settle(self, job: _Job) -> None:
        """Tell what came of a piece of work, once; of one that was stopped nothing is told, and nothing is left."""
        with self._lock:
            tell = job.tell if self._job is job else job.waste
            if self._job is job:
                self._job = None
            job.waste = lambda: None
        tell()


def hands_over() -> bool:
    """Say whether what comes of work is handed over by itself, as in a kernel; elsewhere somebody waits for it.

    Examples
    --------
    >>> hands_over()
    False
    """
    return _Line().loop is not None


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
