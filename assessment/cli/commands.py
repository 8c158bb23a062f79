"""The commands with their arguments and options; each command's work is a module beside this one."""

import re
from collections.abc import Callable, Sequence
from functools import partial
from importlib import import_module
from pathlib import Path

import click

from assessment.cli import HELP, WIDTH
from assessment.faults import Faults
from assessment.texts.telling import tell_all
from assessment.texts.words import LANGUAGES, word

EXTRA = re.compile(r"^Got unexpected extra arguments? \((.*)\)$")
"""How click, which has no kind of error for it, tells of arguments that are too many."""

EXTRAS = re.compile(r"  \[(default: |required)[^\[\]]*\]\Z")
"""What click adds to an option's help, in English."""

EXPORTS = ("auto", "limesurvey", "qualtrics", "framaforms", "odk", "kobo", "redcap", "microsoft", "google", "sphinx")
EXPORTS += ("surveyjs", "spss", "plain")
"""The survey tools whose exports are read: `assessment.responses.readers.TOOLS`, which help must not load."""

QUESTIONNAIRES = ("limesurvey", "xlsform", "surveyjs", "redcap", "paper")
"""The tools a questionnaire is written for: `assessment.responses.writers.TOOLS`, which help must not load."""

SMALLEST_GROUP = 5


def build(language: str) -> click.Group:
    """Make the command in a language: help, options, messages.

    Parameters
    ----------
    language
        ``"fr"`` or ``"en"``.

    Examples
    --------
    >>> sorted(build("en").commands)
    ['apps', 'check', 'demo', 'import', 'lab', 'map', 'questionnaire', 'score']
    """

    def say(name: str, **values) -> str:
        return word(f"commands.{name}", language, **values)

    spoken = click.option(
        "--language", type=click.Choice(LANGUAGES), default=language, expose_value=False, help=say("language_option")
    )
    force = click.option("--force", is_flag=True, help=say("force_option"))
    framework = click.option("--framework", metavar="F", help=say("framework_option"))
    missing = click.option("--missing", multiple=True, metavar="NA", help=say("missing_option"))
    folder = click.Path(file_okay=False, path_type=Path)
    file = click.Path(dir_okay=False, path_type=Path)

    @click.group(help=say("main"), context_settings={"help_option_names": ["-h", "--help"]})
    @click.version_option(package_name="apprenance", message="%(version)s", help=say("version_option"))
    @spoken
    def main():
        pass

    @main.command(help=say("demo"))
    @click.option("--output", type=folder, default="apprenance-demo", show_default=True, help=say("demo_output"))
    @force
    @spoken
    def demo(**options):
        work("demo")(language=language, **options)

    @main.command(help=say("check"))
    @click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar=say("files"))
    @framework
    @missing
    @spoken
    def check(**options):
        work("check")(language=language, **options)

    @main.command(help=say("score"))
    @click.argument("source", metavar=say("scored"))
    @framework
    @click.option("--campaign", metavar="C", help=say("score_campaign_option"))
    @click.option("--by", multiple=True, metavar=say("column"), help=say("by_option"))
    @click.option("--wave", metavar="W", help=say("wave_option"))
    @click.option("--units", type=file, metavar="U", help=say("units_option"))
    @click.option(
        "--design", type=click.Choice(["simple", "stratified", "clustered", "raked"]), help=say("design_option")
    )
    @click.option(
        "--min-group",
        type=click.IntRange(min=SMALLEST_GROUP),
        help=say("min_group_option"),
    )
    @missing
    @click.option("--reject", is_flag=True, help=say("reject_option"))
    @click.option(
        "--format",
        "form",
        type=click.Choice(["table", "csv", "json"]),
        default="table",
        show_default=True,
        help=say("format_option"),
    )
    @click.option("--output", type=file, help=say("output_option"))
    @click.option("--scheduler", metavar="ADDRESS|local", help=say("scheduler_option"))
    @force
    @spoken
    def score(**options):
        work("score")(language=language, **options)

    main.add_command(import_command(say, spoken, force, framework, file, language))
    main.add_command(questionnaire_command(say, spoken, force, framework, file, language))
    main.add_command(map_group(say, spoken, force, file, language))
    for name in ("lab", "apps"):
        main.add_command(served(name, say, spoken, folder, language))
    return worded(main, language)


def worded(command: click.Command, language: str, path: str = "") -> click.Command:
    """Let the help of a command, and of those below it, speak the language in all that click would say in English."""
    command.context_class = type("InWords", (click.Context,), {"formatter_class": partial(HelpInWords, language)})
    click.help_option("-h", "--help", help=word("commands.help_option", language))(command)
    for name, one in getattr(command, "commands", {}).items():
        one.short_help = word(f"commands.short_{path}{name}", language)
        worded(one, language, f"{path}{name}_")
    return command


class HelpInWords(click.HelpFormatter):
    """A help page whose headings are in a language."""

    def __init__(self, language: str, **settings):
        super().__init__(**settings)
        self.language = language

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write how the command is called."""
        super().write_usage(prog, args, word("commands.heading_usage", self.language))

    def write_heading(self, heading: str) -> None:
        """Write the heading of a part."""
        self.write(" " * self.current_indent + word(f"commands.heading_{heading.lower()}", self.language) + "\n")

    def write_dl(self, rows: Sequence[tuple[str, str]], *args, **kwargs) -> None:
        """Write options or commands with what they do; click ends some with a word in brackets."""
        told = [(name, EXTRAS.sub(lambda found: self.extra(found[0]), text)) for name, text in rows]
        super().write_dl(told, *args, **kwargs)

    def extra(self, brackets: str) -> str:
        """Give the brackets after an option in the language."""
        for english in ("default", "required"):
            told = "default: " if english == "default" else english
            brackets = brackets.replace(told, word(f"commands.extra_{english}", self.language))
        return brackets


def served(name: str, say: Callable, spoken: Callable, folder: click.Path, language: str) -> click.Command:
    """Make the command that opens the notebooks, as JupyterLab or as pages."""

    @click.command(name, help=say(name))
    @click.argument("directory", type=folder, default="apprenance-notebooks", metavar=f"[{say('folder')}]")
    @click.option("--port", type=int, help=say("port_option"))
    @click.option("--no-browser", is_flag=True, help=say("no_browser_option"))
    @spoken
    def command(**options):
        work("notebooks")(program=name, language=language, **options)

    return command


def import_command(
    say: Callable, spoken: Callable, force: Callable, framework: Callable, file: click.Path, language: str
) -> click.Command:
    """Make the command that reads survey tools' exports."""

    @click.command("import", help=say("import"))
    @click.argument("export", type=click.Path(path_type=Path), metavar=say("export"))
    @framework
    @click.option("--tool", type=click.Choice(EXPORTS), default="auto", show_default=True, help=say("tool_option"))
    @click.option("--mapping", type=file, metavar="M", help=say("mapping_option"))
    @click.option("--wave", metavar="W", help=say("import_wave_option"))
    @click.option("--incomplete", is_flag=True, help=say("incomplete_option"))
    @click.option("--output", type=file, help=say("import_output_option"))
    @click.option("--campaign", metavar="C", help=say("campaign_option"))
    @force
    @spoken
    def command(**options):
        work("import_")(language=language, **options)

    return command


def questionnaire_command(
    say: Callable, spoken: Callable, force: Callable, framework: Callable, file: click.Path, language: str
) -> click.Command:
    """Make the command that writes questionnaires for survey tools."""

    @click.command("questionnaire", help=say("questionnaire"))
    @framework
    @click.option("--to", "tool", type=click.Choice(QUESTIONNAIRES), required=True, help=say("to_option"))
    @click.option(
        "--form", type=click.Choice(["full", "short"]), default="full", show_default=True, help=say("form_option")
    )
    @click.option("--units", type=file, metavar="U", help=say("questionnaire_units_option"))
    @click.option("--wave", metavar="W", help=say("questionnaire_wave_option"))
    @click.option(
        "--min-group",
        type=click.IntRange(min=SMALLEST_GROUP),
        help=say("questionnaire_min_group_option"),
    )
    @click.option("--output", type=file, required=True, help=say("questionnaire_output_option"))
    @force
    @spoken
    def command(**options):
        work("questionnaire")(language=language, **options)

    return command


def map_group(say: Callable, spoken: Callable, force: Callable, file: click.Path, language: str) -> click.Group:
    """Make the commands about a systems map."""

    @click.group("map", help=say("map"))
    @spoken
    def group():
        pass

    @group.command("analyse", help=say("map_analyse"))
    @click.argument("source", type=click.Path(path_type=Path), metavar=say("map_in"))
    @click.option("--kind", "kinds", multiple=True, metavar="K", help=say("kind_option"))
    @click.option("--longest", type=click.IntRange(min=1), metavar="N", help=say("longest_option"))
    @click.option(
        "--format",
        "form",
        type=click.Choice(["table", "json"]),
        default="table",
        show_default=True,
        help=say("format_option"),
    )
    @spoken
    def analyse(**options):
        work("map_analyse")(language=language, **options)

    @group.command("convert", help=say("map_convert"))
    @click.argument("source", type=click.Path(path_type=Path), metavar=say("map_in"))
    @click.argument("target", type=file, metavar=say("map_out"))
    @force
    @spoken
    def convert(**options):
        work("map_convert")(language=language, **options)

    return group


def work(name: str) -> Callable:
    """Load what a command does, only when it is called."""
    return import_module(f"assessment.cli.{name}").run


def run(arguments: list[str], language: str) -> int:
    """Run a command and give its exit status; see `assessment.cli.main`."""
    try:
        return build(language).main(arguments, prog_name="apprenance", standalone_mode=False) or 0
    except Faults as faults:
        for line in tell_all(faults.faults, language):
            click.echo(line, err=True)
        return 1
    except click.exceptions.Abort:
        click.echo(word("commands.stopped", language), err=True)
        return 130
    except click.ClickException as error:
        click.echo(usage_error(error, language), err=True)
        return 2


def help_page(language: str) -> str:
    """Give what ``apprenance --help`` says on eighty columns."""
    context = build(language).make_context("apprenance", [], resilient_parsing=True, terminal_width=WIDTH - 2)
    return context.get_help() + "\n"


def write_help() -> None:
    """Write the pages that ``apprenance --help`` shows without loading anything; after every change of a command."""
    for language in LANGUAGES:
        Path(HELP, f"{language}.txt").write_text(help_page(language), "utf-8")


def usage_error(error: click.ClickException, language: str) -> str:
    """Word a wrong usage in the person's language, with the way out."""
    context = getattr(error, "ctx", None)
    path = context.command_path if context else "apprenance"
    return "\n".join([usage_sentence(error, language), word("commands.see_help", language, command=path)])


def usage_sentence(error: click.ClickException, language: str) -> str:
    """Say what is wrong with an option, an argument or a command's name."""
    name = error.param.opts[0] if getattr(error, "param", None) else ""
    if isinstance(error, click.NoSuchOption):
        return word("commands.no_such_option", language, name=error.option_name)
    if isinstance(error, click.MissingParameter):
        missing = error.param.metavar or name if error.param else ""
        return word("commands.parameter_missing", language, name=missing)
    if isinstance(error, click.BadParameter):
        return word("commands.parameter_wrong", language, name=name, reason=allowed(error, language))
    if isinstance(error, click.exceptions.NoSuchCommand):
        return word("commands.no_such_command", language, name=error.command_name)
    told = error.format_message()
    extra = EXTRA.search(told)
    return word("commands.arguments_too_many", language, names=extra[1]) if extra else told


def allowed(error: click.BadParameter, language: str) -> str:
    """Say what a parameter may be."""
    kind = error.param.type if error.param else None
    if isinstance(kind, click.Choice):
        return word("commands.one_of", language, choices=", ".join(kind.choices))
    if isinstance(kind, click.IntRange):
        return word("commands.at_least", language, smallest=kind.min)
    if isinstance(kind, click.types.IntParamType):
        return word("commands.whole_number", language)
    return error.message
