"""Where sheets keyed in are kept: a campaign of a workspace, or a responses file with what people wrote beside it."""

import csv
import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from assessment.documents import csv_text, save
from assessment.documents.safe_csv import meant
from assessment.faults import Fault, Faults
from assessment.framework.model import Framework
from assessment.responses import load_responses
from assessment.responses.answers import read_answer, write_answer
from assessment.responses.cells import read_cells
from assessment.responses.columns import accepted_headings
from assessment.workspace import Response, Workspace, open_collection
from assessment.workspace.paper import SERIAL, correct_sheet, drop_sheet, keep_sheet, kept_sheet, paper_name

ABOUT = ("unit", "role", "wave", "form")
WRITTEN = ("respondent", "wave", "question", "text")

PATIENCE, STALE = 5.0, 30.0
"""Seconds somebody waits for a file that another holds, and after which a hold is taken for that of a dead program."""

Row = Mapping[str, str]


class WorkspaceSheets:
    """Sheets in a campaign of a workspace.

    Parameters
    ----------
    workspace
        An open workspace.
    campaign
        The campaign.
    wave
        The wave.
    framework
        The campaign's instrument.
    """

    def __init__(self, workspace: Workspace, campaign: str, wave: str, framework: Framework):
        self.workspace, self.campaign, self.wave = workspace, campaign, wave
        self._columns = accepted_headings(framework)
        self._collections: dict[tuple[str, ...], str] = {}

    def keep(self, id: str, row: Row, texts: Mapping[str, str], above: int) -> int:
        """Keep a sheet under the next number of the campaign."""
        return keep_sheet(self.workspace, self._collection(row), self._response(id, row, texts), above)

    def correct(self, serial: int, id: str, row: Row, texts: Mapping[str, str]) -> None:
        """Put a sheet in the place of another."""
        correct_sheet(self.workspace, self._collection(row), serial, self._response(id, row, texts))

    def drop(self, serial: int) -> bool:
        """Take a sheet out."""
        return drop_sheet(self.workspace, self.campaign, serial)

    def kept(self, serial: int) -> tuple[Row, Mapping[str, str]] | None:
        """Give a sheet."""
        found = kept_sheet(self.workspace, self.campaign, self.wave, serial)
        if found is None:
            return None
        answers = {name: write_answer(code, self._columns[name].scale) for name, code in found.answers.items()}
        return dict(found.about) | dict(found.others) | answers, found.texts

    def _response(self, id: str, row: Row, texts: Mapping[str, str]) -> Response:
        answers = {name: read_answer(row[name], self._columns[name].scale) for name in row if name in self._columns}
        others = {name: value for name, value in row.items() if name not in self._columns and name not in ABOUT}
        return Response(id, answers, {name: row[name] for name in ABOUT}, others, dict(texts))

    def _collection(self, row: Row) -> str:
        """Give the collection that asks these lines; begun with the first sheet, so that looking leaves nothing."""
        asked = tuple(name for name in row if name not in ABOUT)
        if asked not in self._collections:
            answers = [name for name in asked if name in self._columns]
            others = [name for name in asked if name not in self._columns]
            self._collections[asked] = open_collection(self.workspace, self.campaign, answers, others)
        return self._collections[asked]


class FileSheets:
    """Sheets in a responses file (CSV), and what people wrote in a second one beside it.

    Every sheet writes both files anew, whole or not at all, before it is acknowledged. For one person at a time; two
    who save in the same moment wait for each other.

    Parameters
    ----------
    path
        The responses file; made with the first sheet. What stands in it already is kept.
    framework
        Its instrument.
    wave
        The wave of the sheets.

    Raises
    ------
    Faults
        All that is wrong with a file that is there.
    """

    def __init__(self, path: str | os.PathLike, framework: Framework, wave: str = ""):
        self.path, self.wave = Path(path), wave
        self.texts_path = self.path.with_name(f"{self.path.stem}_verbatims.csv")
        self._serials: dict[str, int] = {}
        self._read: tuple[tuple[int, ...], list[dict[str, str]]] = ((), [])
        if self.path.exists():
            load_responses(self.path, framework)

    def keep(self, id: str, row: Row, texts: Mapping[str, str], above: int) -> int:
        """Keep a sheet under the next number of the file."""
        with held(self.path):
            rows = self._rows()
            given = [int(match[1]) for one in rows if (match := SERIAL.match(one["respondent"]))]
            serial = self._serials.get(id) or max(above, *given, 0) + 1
            self._write(rows, serial, row, texts)
        self._serials[id] = serial
        return serial

    def correct(self, serial: int, id: str, row: Row, texts: Mapping[str, str]) -> None:
        """Put a sheet in the place of another."""
        with held(self.path):
            self._write(self._rows(), serial, row, texts)

    def drop(self, serial: int) -> bool:
        """Take a sheet out."""
        with held(self.path):
            rows = self._rows()
            there = any(self._is(one, serial) for one in rows)
            if there:
                self._write(rows, serial, None, {})
        self._serials = {id: number for id, number in self._serials.items() if number != serial}
        return there

    def kept(self, serial: int) -> tuple[Row, Mapping[str, str]] | None:
        """Give a sheet."""
        row = next((one for one in self._rows() if self._is(one, serial)), None)
        texts = {one["question"]: one["text"] for one in self._texts() if self._is(one, serial)}
        return None if row is None else (row, texts)

    def _is(self, row: Row, serial: int) -> bool:
        return (row["respondent"], row.get("wave", "")) == (paper_name(serial), self.wave)

    def _rows(self) -> list[dict[str, str]]:
        """Give the rows of the file as texts; it is read again only when somebody else has written it."""
        state = state_of(self.path)
        if state and self._read[0] != state:
            table = read_cells(self.path).table
            rows = table.astype(object).where(table.notna(), "").astype(str).to_dict("records")
            self._read = state, [{"respondent": ""} | row for row in rows]
        return list(self._read[1]) if state else []

    def _texts(self) -> list[dict[str, str]]:
        if not self.texts_path.exists():
            return []
        with self.texts_path.open(encoding="utf-8", newline="") as file:
            return [{name: meant(value or "") for name, value in row.items()} for row in csv.DictReader(file)]

    def _write(self, rows: list[dict[str, str]], serial: int, row: Row | None, texts: Mapping[str, str]) -> None:
        """Write both files with one sheet in its place: texts first, for the row is what says that a sheet is there."""
        name = {"respondent": paper_name(serial), "wave": self.wave}
        written = [one for one in self._texts() if not self._is(one, serial)]
        written += [name | {"question": question, "text": text} for question, text in texts.items()]
        if written or self.texts_path.exists():
            save(self.texts_path, csv_text(WRITTEN, written), force=True)
        place = next((place for place, one in enumerate(rows) if self._is(one, serial)), len(rows))
        rows[place : place + 1] = [] if row is None else [name | dict(row)]
        columns = list(dict.fromkeys(heading for one in rows for heading in one))
        save(self.path, csv_text(columns or ["respondent"], rows), force=True)
        self._read = state_of(self.path), rows


def state_of(path: Path) -> tuple[int, ...]:
    """Give what changes when a file is written by anybody; nothing where there is none."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return ()
    return found.st_ino, found.st_size, found.st_mtime_ns


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Hold a file against another of these programs while it is read and written anew.

    Raises
    ------
    Faults
        ``file_held`` when another holds it for long; ``file_unwritable``.
    """
    sign = path.with_name(f".{path.name}.held")
    end = time.monotonic() + PATIENCE
    while True:
        try:
            os.close(os.open(sign, os.O_CREAT | os.O_EXCL))
            break
        except FileExistsError:
            wait_for(sign, path, end)
        except OSError as error:
            reason = error.strerror or str(error)
            raise Faults([Fault("file_unwritable", {"file": path.name}, {"reason": reason})]) from error
    try:
        yield
    finally:
        sign.unlink(missing_ok=True)


def wait_for(sign: Path, path: Path, end: float) -> None:
    """Wait for who holds a file; take the sign away when its program has died."""
    try:
        age = time.time() - sign.stat().st_mtime
    except FileNotFoundError:
        return
    if age > STALE:
        sign.unlink(missing_ok=True)
    elif time.monotonic() > end:
        raise Faults([Fault("file_held", {"file": path.name})])
    else:
        time.sleep(0.05)
