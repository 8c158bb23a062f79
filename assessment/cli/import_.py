"""``apprenance import``: a survey tool's export in, a preview of what becomes of it, and the responses file."""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import click
import pandas as pd

from assessment.cli.messages import named_framework, note, remark
from assessment.documents.saving import check_free, save
from assessment.faults import Fault, Faults
from assessment.responses.readers import ColumnMapping, Preview, load_mapping, read_export
from assessment.responses.readers.saving import responses_csv, verbatims_csv
from assessment.texts import format_number, tell, word

TOLD = 50
"""Reasons told one by one; a wrong mapping gives one for every row."""

LONGEST = 60
SEPARATORS = {",": "importing.comma", ";": "importing.semicolon", "\t": "importing.tab"}
BESIDE = ".verbatims.csv"
WORKSPACE = ".apprenance"


def run(
    language: str,
    export: Path,
    framework: str | None,
    tool: str,
    mapping: Path | None,
    wave: str | None,
    incomplete: bool,
    campaign: str | None,
    output: Path | None,
    force: bool,
) -> None:
    """Read an export, tell what becomes of it, and write the responses when that is asked."""
    instrument = named_framework(framework, language)
    check_targets(output, force)
    said = load_mapping(mapping, instrument) if mapping else ColumnMapping()
    found = read_export(export, instrument, tool, said, wave or "", incomplete)
    (note if output else click.echo)("\n".join(preview_lines(found.preview, language)))
    for finding in found.preview.findings:
        remark(finding, language)
    tell_faults(found.preview, language)
    if found.responses.empty:
        raise Faults([Fault("responses_none", {"file": export.name})])
    if output and is_workspace(output):
        import_module("assessment.cli.import_workspace").receive(output, campaign, framework, found, language)
    elif output:
        save(output, responses_csv(found.responses, instrument), force)
        note(word("commands.written", language, file=str(output)))
        write_texts(found.verbatims, output.with_suffix(BESIDE), force, language)


def is_workspace(output: Path) -> bool:
    """Say whether responses go into a workspace, which takes in what is new; any other file is written whole."""
    return output.suffix.lower() == WORKSPACE


def check_targets(output: Path | None, force: bool) -> None:
    """Refuse to write over a file, or into one of another kind, before anything is read."""
    if output is None or is_workspace(output):
        return
    if output.suffix.lower() != ".csv":
        raise Faults([Fault("output_kind_unknown", {"file": output.name})])
    check_free(output, output.with_suffix(BESIDE), force=force)


def write_texts(verbatims: pd.DataFrame, path: Path, force: bool, language: str) -> None:
    """Write what people wrote into a file of its own: it needs more care than answers."""
    if len(verbatims):
        save(path, verbatims_csv(verbatims), force)
        count = format_number(len(verbatims), language, 0)
        note(word("importing.written_texts", language, file=str(path), count=count))


def tell_faults(preview: Preview, language: str) -> None:
    """Tell why responses are left out, the first reasons one by one."""
    for fault in preview.faults[:TOLD]:
        note(tell(fault, language))
    if len(preview.faults) > TOLD:
        note(word("importing.more_faults", language, count=len(preview.faults) - TOLD))


def preview_lines(preview: Preview, language: str) -> Iterator[str]:
    """Word the preview."""

    def say(name: str, **values: object) -> str:
        return word(f"importing.{name}", language, **values)

    yield say("recognised", file=preview.file, tool=say(f"tool_{preview.tool}"), kind=preview.kind)
    if preview.separator:
        separator = word(SEPARATORS.get(preview.separator, "importing.semicolon"), language)
        yield say("text", encoding=preview.encoding, separator=separator)
    yield say("header_rows", count=preview.header_rows)
    if preview.language:
        yield say("told_language", languages=preview.language)
    yield say("mapped", count=len(preview.mapped))
    for how, own in preview.mapped.groupby("how", sort=False):
        yield say("by", how=say(f"how_{how}"), count=len(own))
    yield from column_lines(preview, say)
    yield from label_lines(preview, say)
    yield say("rows", read=preview.read, kept=preview.kept, rejected=preview.rejected, duplicates=preview.duplicates)


def column_lines(preview: Preview, say) -> Iterator[str]:
    """Name the columns that go nowhere: personal ones, and those nobody knows."""
    personal = [f"{short(row.heading)} ({say(f'why_{row.why}')})" for row in preview.personal.itertuples()]
    if personal:
        yield say("personal", names=", ".join(personal))
    if preview.unmatched:
        yield say("unmatched", count=len(preview.unmatched), names=", ".join(map(short, preview.unmatched)))


def label_lines(preview: Preview, say) -> Iterator[str]:
    """Say how labels were read, and name those that are no answers."""
    counts = preview.labels.drop_duplicates(["target", "label"])["how"].value_counts()
    yield say("labels", **{how: int(counts.get(how, 0)) for how in ("exact", "normalised", "number", "mapping")})
    unknown = [say("label", label=short(row.label), n=row.n) for row in preview.unknown.head(20).itertuples()]
    if unknown:
        yield say("unknown_labels", names=", ".join(unknown))


def short(text: str) -> str:
    """Cut a text that would fill the screen, on one line."""
    text = " ".join(text.split())
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
