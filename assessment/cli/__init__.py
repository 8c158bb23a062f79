"""The command ``apprenance``: its help page at once, from a file; all else by `commands`, slower to load."""

import gc
import os
import sys

LANGUAGES = ("fr", "en")
"""As in `assessment.texts`, which would load a reader of TOML."""

HELP = os.path.join(os.path.dirname(__file__), "help")
"""Folder of the help pages as `commands.write_help` wrote them, one a language."""

FEWER_COLLECTIONS = 200_000, 20, 20
"""A command is over in seconds and makes few circles: looking for them as often as Python does takes a tenth of it."""

WIDTH = 80
"""Columns of a help page."""


def main(arguments: list[str] | None = None) -> int:
    """Run the command and give its exit status: 0 done, 1 the input is wrong, 2 wrong usage.

    Parameters
    ----------
    arguments
        What follows the command's name; None = those of the process.
    """
    arguments = sys.argv[1:] if arguments is None else arguments
    language = language_of(arguments)
    try:
        if arguments in (["--help"], ["-h"]) and is_wide():
            return show_help(language)
        from assessment.cli.commands import run

        gc.set_threshold(*FEWER_COLLECTIONS)
        return run(arguments, language)
    except BrokenPipeError:
        # whoever read us has enough (| head); Python would complain again when it closes the pipe
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def show_help(language: str) -> int:
    """Print the help page."""
    with open(os.path.join(HELP, f"{language}.txt"), encoding="utf-8") as page:
        sys.stdout.write(page.read())
    sys.stdout.flush()
    return 0


def is_wide() -> bool:
    """Say whether a help page fits; what is no terminal has as many columns as one likes."""
    told = os.environ.get("COLUMNS", "")
    if told.isdecimal() and int(told):
        return int(told) >= WIDTH
    try:
        return os.get_terminal_size(sys.__stdout__.fileno()).columns >= WIDTH
    except (AttributeError, ValueError, OSError):
        return True


def language_of(arguments: list[str]) -> str:
    """Find the language before anything is said: the option's, the locale's, else French."""
    for place, argument in enumerate(arguments):
        named = argument.removeprefix("--language=")
        if argument == "--language":
            named = arguments[place + 1] if place + 1 < len(arguments) else ""
        if argument.startswith("--language") and named in LANGUAGES:
            return named
    return language_of_locale()


def language_of_locale() -> str:
    """Give the language of the person's locale; French when it says nothing of the two."""
    asked = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), None)
    spoken = asked or locale_of_system()
    return "en" if spoken.lower().startswith(("en", "english")) else "fr"


def locale_of_system() -> str:
    """Ask the system where the environment says nothing; loads regular expressions, hence not above."""
    import locale

    return locale.getlocale()[0] or ""
