"""What is keyed in from paper: sheets are checked, kept under a number, corrected, compared with a second entry."""

from collections.abc import Mapping
from typing import Any, Protocol

from assessment.faults import Fault, Faults
from assessment.responses.paper_forms import PaperForm, paper_forms
from assessment.responses.questionnaire import Questionnaire
from assessment.responses.sheets import Sheet, closed_lines, read_sheet, row_sheet, sheet_row, sheet_values

Row = Mapping[str, str]
Texts = Mapping[str, str]


class SheetStore(Protocol):
    """Where sheets are kept for good, each under the number that is written on its paper."""

    def keep(self, id: str, row: Row, texts: Texts, above: int) -> int:
        """Keep a sheet before giving its number, one above all others and `above`; the same id is kept once."""

    def correct(self, serial: int, id: str, row: Row, texts: Texts) -> None:
        """Put a sheet in the place of the one with this number, or where there was none."""

    def drop(self, serial: int) -> bool:
        """Take a sheet out; say whether it was there."""

    def kept(self, serial: int) -> tuple[Row, Texts] | None:
        """Give a sheet; None where there is none of this number."""


class EntrySession:
    """The sheets that one person keys in.

    Parameters
    ----------
    questionnaire
        What was printed.
    store
        Where the sheets are kept.

    Attributes
    ----------
    compared, differing
        Over all second entries of the session: how many lines to tick were keyed in twice, and how many of them were
        not the same both times.
    """

    def __init__(self, questionnaire: Questionnaire, store: SheetStore):
        self.questionnaire = questionnaire
        self.store = store
        self.forms: tuple[PaperForm, ...] = paper_forms(questionnaire)
        self.highest = 0
        self._second: dict[int, tuple[int, int]] = {}

    @property
    def compared(self) -> int:
        """Lines that were keyed in twice."""
        return sum(lines for lines, _ in self._second.values())

    @property
    def differing(self) -> int:
        """Lines that were not the same both times."""
        return sum(wrong for _, wrong in self._second.values())

    def keep(self, id: str, told: Any) -> int:
        """Keep a sheet; give its number once it is kept for good. Sent again, it has the same number."""
        sheet = read_sheet(self.questionnaire, self.forms, told)
        serial = self.store.keep(id, sheet_row(self.questionnaire, sheet), sheet.texts, self.highest)
        self.highest = max(self.highest, serial)
        return serial

    def correct(self, serial: int, id: str, told: Any) -> None:
        """Put a sheet in the place of one that was kept."""
        sheet = read_sheet(self.questionnaire, self.forms, told)
        self.store.correct(serial, id, sheet_row(self.questionnaire, sheet), sheet.texts)
        self.highest = max(self.highest, serial)

    def drop(self, serial: int) -> None:
        """Take a sheet out; its number is not given again in this session."""
        self.highest = max(self.highest, serial)
        if not self.store.drop(serial):
            raise absent(serial)

    def kept(self, serial: int) -> dict[str, Any]:
        """Give a sheet as the page has it."""
        sheet = self._sheet(serial)
        return {"form": sheet.form, "values": sheet_values(sheet)}

    def compare(self, serial: int, told: Any) -> list[dict[str, Any]]:
        """Compare a second entry with the first: the lines that differ, in the form's order.

        Returns
        -------
        list of dict
            ``name`` of the line and what stands there ``first`` and ``second``; None where it was left blank. Another
            form is told as the line ``form``. Nothing of the first entry is told where both agree.
        """
        second = read_sheet(self.questionnaire, self.forms, told)
        first = self._sheet(serial)
        form = next(one for one in self.forms if one.letter == second.form)
        if first.form != second.form:
            found = [{"name": "form", "first": first.form, "second": second.form}]
        else:
            found = list(differences(form, sheet_values(first), sheet_values(second)))
        open_ones = {one.id for one in form.questions if not one.options}
        ticked = sum(one["name"] not in open_ones for one in found)
        self._second[serial] = (closed_lines(form), ticked)
        return found

    def _sheet(self, serial: int) -> Sheet:
        found = self.store.kept(serial)
        if found is None:
            raise absent(serial)
        return row_sheet(self.questionnaire, self.forms, *found)


def differences(form: PaperForm, first: Mapping[str, Any], second: Mapping[str, Any]):
    """Yield the lines of a form that are not the same in both entries; texts are compared without their spaces."""
    names = ["role", "unit", *(line.statement.column for line in form.lines), *(one.id for one in form.questions)]
    for name in names:
        one, other = first.get(name), second.get(name)
        if plain(one) != plain(other):
            yield {"name": name, "first": one, "second": other}


def plain(value: Any) -> Any:
    r"""Give what is compared: options in any order, texts without the spaces that nobody sees.

    Examples
    --------
    >>> plain("two\n words "), plain(["b", "a"])
    ('two words', ['a', 'b'])
    """
    if isinstance(value, str):
        return " ".join(value.split())
    return sorted(value) if isinstance(value, list) else value


def absent(serial: int) -> Faults:
    """Say that no sheet has this number."""
    return Faults([Fault("sheet_absent", values={"value": serial})])
