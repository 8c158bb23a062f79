"""Survey tools' exports in, the responses table out.

- ``limits``: how large an export may be
- ``sources``: its bytes and their encoding; ``opening``: text, workbook, tree, packed folder
- ``grids``: rows of cells as they lie there; ``records``: of a tree; ``archive``: of LimeSurvey; ``sav``: of SPSS
- ``recognising``: which tool wrote it; one module a tool says what its columns are
- ``export``: the neutral form in the middle; ``personal``: what is left at the door
- ``mapping``: what somebody said of it; ``matching``: where each column goes; ``wordings``: when two texts say the same
- ``labels``, ``ticks``, ``dates``: what a cell says; ``judging``: all cells
- ``importing``: all of it; ``preview``: what became of every column, label and row
"""

from assessment.responses.readers.importing import Imported, read_export
from assessment.responses.readers.mapping import ColumnMapping, load_mapping, mapping_text
from assessment.responses.readers.preview import Preview
from assessment.responses.readers.recognising import AUTO, TOOLS

__all__ = ["AUTO", "TOOLS", "ColumnMapping", "Imported", "Preview", "load_mapping", "mapping_text", "read_export"]
