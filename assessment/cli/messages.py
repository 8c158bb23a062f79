"""What a command says beside its result: on standard error, so that the result can be piped."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

from assessment.faults import Remark
from assessment.texts import tell, word


def note(text: str) -> None:
    """Say something beside the result."""
    click.echo(text, err=True)


def remark(finding: Remark, language: str) -> None:
    """Tell a finding."""
    note(tell(finding, language))


@contextmanager
def staged(language: str, *stages: str) -> Iterator[Callable[[], None]]:
    """Show the stages of a longer work as a bar on a terminal, nothing in a pipe.

    Yields
    ------
    Callable
        Called at the end of each stage but the last.
    """
    if not sys.stderr.isatty():
        yield lambda: None
        return
    names = [word(f"commands.{stage}", language) for stage in stages]
    with click.progressbar(length=len(names), file=sys.stderr, item_show_func=lambda name: name, show_eta=False) as bar:
        bar.update(0, names[0])
        yield lambda: bar.update(1, names[min(bar.pos + 1, len(names) - 1)])
        bar.update(1, names[-1])
