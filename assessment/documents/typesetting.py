"""Pages set in type: one call of Typst, our typeface, what people wrote as data, a PDF that can be read aloud."""

import datetime
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from assessment.documents import fonts


def typeset(
    template: str | Path,
    data: Mapping[str, Any],
    drawings: Mapping[str, str] | None = None,
    when: datetime.date | None = None,
) -> bytes:
    r"""Set a page in type: a tagged PDF under PDF/UA-1, the same bytes for the same content and day.

    Parameters
    ----------
    template
        A Typst file of ours. It reads ``sys.inputs.data`` (JSON) and the drawings (SVG) by their names, nothing else.
    data
        Plain data. All that people wrote comes this way: it is never part of the markup, so it is only ever text.
    drawings
        SVG by name, as `check_drawing` lets it pass.
    when
        The day the page says it was made. Missing answers: not concerned; today where it is not said.

    Notes
    -----
    Typst sees our typeface only, and our templates use no package of its registry: nothing is fetched.
    References: ISO 14289-1 (PDF/UA-1).

    Examples
    --------
    >>> import tempfile
    >>> markup = '#let data = json(bytes(sys.inputs.data))\n#set document(title: data.title)\n#data.title'
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     template = Path(folder) / "page.typ"
    ...     template.write_text(markup) and typeset(template, {"title": "#panic()"})[:8]
    b'%PDF-1.7'
    """
    import typst  # heavy: only who asks for a page pays for it

    path = Path(template)
    compiler = typst.Compiler(path, root=path.parent, font_paths=[fonts.FOLDER], ignore_system_fonts=True)
    inputs = {**(drawings or {}), "data": json.dumps(text_of(data), ensure_ascii=False)}
    day = when or datetime.date.today()
    made = datetime.datetime(day.year, day.month, day.day, tzinfo=datetime.UTC)
    return compiler.compile(format="pdf", sys_inputs=inputs, pdf_standards="ua-1", timestamp=made)


def text_of(data: Any) -> Any:
    r"""Make every text in plain data one that the typeface can draw.

    Examples
    --------
    >>> text_of({"title": "Été 🌻", "counts": [3, "a\nb"]})
    {'title': 'Été □', 'counts': [3, 'a b']}
    """
    if isinstance(data, str):
        return fonts.drawable(data)
    if isinstance(data, Mapping):
        return {key: text_of(value) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [text_of(value) for value in data]
    return data
