"""What a command says beside its result: on standard error, so that the result can be piped."""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import click

from assessment.faults import Remark
from assessment.framework import Framework, bundled_frameworks, load_framework
from assessment.texts import tell, word


def note(text: str) -> None:
    """Say something beside the result."""
    click.echo(text, err=True)


def remark(finding: Remark, language: str) -> None:
    """Tell a finding."""
    note(tell(finding, language))


def named_framework(framework: str | None, language: str) -> Framework:
    """Load the framework a command cannot do without; wrong usage when none is named."""
    if framework is None:
        told = word("commands.framework_needed", language, bundled=", ".join(bundled_frameworks()))
        raise click.UsageError(told, click.get_current_context())
    return load_framework(framework)


@contextmanager
def staged(language: str, *stages: str) -> Iterator[Callable[[], None]]:
    """Show the stages of a longer work as a bar on a terminal, nothing in a pipe.

    Yields
    ------
    Callable
        Called at the end of each stage but the last.

    Notes
    -----
    Meanwhile standard output is standard error: the solver, which is not Python, prints a stray line now and then, and
    standard output carries the result only.
    """
    with output_kept_clean(), bar_of(language, stages) as step:
        yield step


@contextmanager
def output_kept_clean() -> Iterator[None]:
    """Send what anything prints to standard output, Python or not, to standard error."""
    sys.stdout.flush()
    result = os.dup(1)
    os.dup2(2, 1)
    try:
        yield
    finally:
        sys.stdout.flush()
        os.dup2(result, 1)
        os.close(result)


@contextmanager
def bar_of(language: str, stages: Sequence[str]) -> Iterator[Callable[[], None]]:
    """Show a bar on a terminal."""
    if not sys.stderr.isatty():
        yield lambda: None
        return
    names = [word(f"commands.{stage}", language) for stage in stages]
    with click.progressbar(length=len(names), file=sys.stderr, item_show_func=lambda name: name, show_eta=False) as bar:
        bar.update(0, names[0])
        yield lambda: bar.update(1, names[min(bar.pos + 1, len(names) - 1)])
        bar.update(1, names[-1])


@contextmanager
def advancing(language: str, stage: str) -> Iterator[Callable[[int, int], None] | None]:
    """Show how far a work is that counts its own steps: a bar on a terminal, nothing in a pipe.

    Yields
    ------
    Callable or None
        Called with (done, total); None in a pipe.
    """
    if not sys.stderr.isatty():
        yield None
        return
    with click.progressbar(length=1, label=word(f"commands.{stage}", language), file=sys.stderr) as bar:

        def progress(done: int, total: int) -> None:
            bar.length = total
            bar.update(done - bar.pos)

        yield progress
