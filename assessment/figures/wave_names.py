"""What stands beside the slopes of waves: numbers before the first wave, numbers and names after the last."""

from collections.abc import Sequence
from textwrap import wrap

import altair as alt

from assessment.figures import parts

LEFT, RIGHT = 58, 176
"""Pixels beside the slopes: the first wave's numbers, the last wave's numbers and names."""

AWAY = 16
"""Pixels from the outermost point of a wave to the numbers beside it."""

NAME, LINE = 21, 13
"""Characters of a line of a name, and pixels from one to the next."""


def across(field: str, count: int, moved: str) -> str:
    """Give where a wave stands, in pixels, as a Vega expression."""
    return f"{LEFT} + (width - {LEFT + RIGHT}) * datum.{field} / {max(1, count - 1)} + {moved}"


def written(drawn: Sequence[dict], low: float, high: float, height: int, count: int) -> list[alt.Chart]:
    """Write numbers before the first wave and numbers with names after the last, moved apart up and down."""
    first = [row for row in drawn if row["place"] == 0 and count > 1]
    last = [row for row in drawn if row["place"] == count - 1]
    layers = []
    for those, way, align in ((first, -1, "right"), (last, 1, "left")):
        aside = way * (AWAY + max((way * row["dx"] for row in those), default=0))
        texts = [name_lines(f"{row['value']} {row['name']}") if way > 0 else [row["value"]] for row in those]
        wanted = [height * (high - row["score"]) / (high - low) for row in those]
        rooms = [LINE * len(lines) + 4 * (way > 0) for lines in texts]
        told = spread(list(zip(wanted, rooms, strict=True)), height)
        words = []
        for row, lines, top, own in zip(those, texts, told, wanted, strict=True):
            start = {"place": row["place"], "clear": row["clear"], "aside": aside}
            words += [
                start | {"text": text, "top": top + LINE * (number - (len(lines) - 1) / 2)}
                for number, text in enumerate(lines)
            ]
            row |= {"own": own, "named": top, "end": aside - way * 4, "start": row["dx"] + way * 6}
        layers += [leaders(those, count), *texts_beside(words, align, count)]
    return layers


def leaders(those: Sequence[dict], count: int) -> alt.Chart:
    """Lead from each point to its number, which may have been moved up or down."""
    values = [{name: row[name] for name in ("place", "start", "end", "own", "named")} for row in those]
    x, y = alt.X("px:Q", scale=None, axis=None), alt.Y("own:Q", scale=None, axis=None)
    ends = {"px": across("place", count, "datum.start"), "px2": across("place", count, "datum.end")}
    line = parts.layer(values, x=x, x2="px2:Q", y=y, y2="named:Q").transform_calculate(**ends)
    return line.mark_rule(style="link", strokeWidth=1, opacity=0.8)


def texts_beside(words: Sequence[dict], align: str, count: int) -> list[alt.Chart]:
    """Write the texts of one side, those of changes that stand out in bold."""
    x, y = alt.X("px:Q", scale=None, axis=None), alt.Y("top:Q", scale=None, axis=None)
    px = across("place", count, "datum.aside")
    return [
        parts.layer([row for row in words if row["clear"] == clear], x=x, y=y, text="text:N")
        .transform_calculate(px=px)
        .mark_text(style=style, align=align, baseline="middle", fontSize=11)
        for clear, style in ((True, "value-label"), (False, "note-label"))
    ]


def name_lines(text: str) -> list[str]:
    """Cut a name into lines."""
    return wrap(text, NAME, break_on_hyphens=False) or [""]


def room(name: str) -> int:
    """Give the height in pixels that a name takes."""
    return LINE * len(name_lines(f"00 {name}")) + 4


def spread(wanted: Sequence[tuple[float, float]], height: float) -> list[float]:
    """Move places apart so that each has its room, as little as need be, within the height.

    Parameters
    ----------
    wanted
        Middle and room of each, in pixels.
    height
        Pixels there are.

    Examples
    --------
    >>> spread([(50.0, 10.0), (50.0, 10.0), (0.0, 10.0)], 100)
    [45.0, 55.0, 5.0]
    """
    blocks: list[list] = []
    for index in sorted(range(len(wanted)), key=lambda one: wanted[one][0]):
        middle, size = wanted[index]
        blocks.append([min(max(middle, size / 2), height - size / 2), size, [index]])
        while len(blocks) > 1 and blocks[-2][0] + blocks[-2][1] / 2 > blocks[-1][0] - blocks[-1][1] / 2:
            later, own = blocks.pop(), blocks[-1]
            size = own[1] + later[1]
            middle = (own[0] * len(own[2]) + later[0] * len(later[2])) / (len(own[2]) + len(later[2]))
            own[:] = [max(size / 2, min(middle, height - size / 2)), size, own[2] + later[2]]
    places = [0.0] * len(wanted)
    for middle, size, members in blocks:
        top = middle - size / 2
        for index in members:
            places[index] = top + wanted[index][1] / 2
            top += wanted[index][1]
    return places
