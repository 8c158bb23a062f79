"""Colours that people who see colour otherwise tell apart, and that stand out from their ground, in both themes.

What eyes see is simulated with the matrices of Machado, Oliveira & Fernandes 2009, "A Physiologically-based Model for
Simulation of Color Vision Deficiency", IEEE Transactions on Visualization and Computer Graphics 15(6), at severity 1.0,
on linear RGB. A difference is CIE 1976 L*a*b*'s, where 2.3 is just noticeable (Mahy, Van Eycken & Oosterlinck 1994).
Contrast is WCAG 2's; 1.4.11 wants 3:1 of what one must see in a graphic.
"""

import itertools
import re
from pathlib import Path

import numpy as np
import pytest

from assessment.figures import map_consensus, map_differences, map_overlay, map_silos, matrix, theme

STYLE = Path(__file__).parents[2] / "assessment" / "widgets" / "js" / "src" / "tokens.css"
TOKEN = re.compile(r"--ap-([\w-]+): (#[0-9a-f]{6});")

SIMULATED = {
    "everybody": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
LUMINANCE = np.array([0.2126, 0.7152, 0.0722])  # IEC 61966-2-1, as in WCAG 2
GREY = {"achromatopsia": np.tile(LUMINANCE, (3, 1))}
XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)
WHITE = np.array([0.95047, 1.0, 1.08883])  # D65

APART = 15  # least difference of what hue alone tells apart at a glance
STEP = 10  # least difference of what lies side by side, also without any hue
SEEN = 3  # WCAG 1.4.11
READ = 4.5  # WCAG 1.4.3

CATEGORIES = [map_overlay.category(number) for number in range(map_overlay.CATEGORIES)]


@pytest.fixture(params=["light", "dark"])
def tokens(request):
    """Give the style sheet's colours."""
    light, dark = STYLE.read_text("utf-8").split('.apprenance[data-theme="dark"] {')
    return dict(TOKEN.findall(light if request.param == "light" else dark))


def linear(colour):
    coded = np.array([int(colour[place : place + 2], 16) for place in (1, 3, 5)]) / 255
    return np.where(coded <= 0.04045, coded / 12.92, ((coded + 0.055) / 1.055) ** 2.4)


def lab(rgb):
    ratio = XYZ @ rgb / WHITE
    x, y, z = np.where(ratio > (6 / 29) ** 3, np.cbrt(ratio), ratio / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def difference(one, other, sight):
    ends = (lab(np.clip(sight @ linear(colour), 0, 1)) for colour in (one, other))
    return float(np.linalg.norm(np.subtract(*ends)))


def contrast(one, other):
    dark, light = sorted(float(LUMINANCE @ linear(colour)) for colour in (one, other))
    return (light + 0.05) / (dark + 0.05)


def laid(colour, ground, opacity):
    """Lay a translucent colour on its ground, as a browser does."""
    ends = ([int(one[place : place + 2], 16) for place in (1, 3, 5)] for one in (colour, ground))
    return "#" + "".join(
        f"{round(opacity * top + (1 - opacity) * below):02x}" for top, below in zip(*ends, strict=True)
    )


def close(tokens, pairs, least, sights):
    """List the pairs that somebody tells apart with trouble."""
    told = (
        (*pair, who, difference(*(tokens[one] for one in pair), sight))
        for pair in pairs
        for who, sight in sights.items()
    )
    return [one for one in told if one[-1] < least]


def test_the_measures_give_the_published_numbers():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(
        4.54, abs=0.005
    )  # WebAIM's lightest grey that is read on white
    assert lab(linear("#ff0000")) == pytest.approx([53.24, 80.09, 67.20], abs=0.01)  # Lindbloom's calculator, D65
    for sight in (*SIMULATED.values(), *GREY.values()):
        assert sight.sum(axis=1) == pytest.approx([1, 1, 1], abs=1e-5)  # greys stay what they are
    # green and red of the map until then: one colour for somebody with deuteranopia
    assert difference("#6b8537", "#b54f3a", SIMULATED["deuteranopia"]) < 2.3


@pytest.mark.parametrize(
    "names",
    [
        CATEGORIES,
        ["positive", "caution", "negative"],
        [*map_silos.COLOURS.values()],
        [*map_consensus.COLOURS.values()],
        [*(paint["colour"] for paint in map_differences.PAINTS.values()), map_overlay.GONE["colour"]],
    ],
    ids=["categories", "tones", "silos", "consensus", "differences"],
)
def test_what_colour_tells_apart_is_told_apart_by_every_colour_sight(tokens, names):
    assert close(tokens, itertools.combinations(names, 2), APART, SIMULATED) == []


def test_what_lies_side_by_side_is_told_apart_without_any_hue(tokens):
    steps = [f"ramp-{number}" for number in range(1, 6)]
    pairs = [*itertools.pairwise(steps), ("accent", "muted"), ("accent", "band"), ("muted", "band")]
    assert close(tokens, pairs, STEP, SIMULATED | GREY) == []


@pytest.mark.parametrize("ground", ["paper", "surface"])
def test_marks_stand_out_from_their_ground(tokens, ground):
    seen = ["accent", "muted", "positive", "caution", "negative", "diverging-1", "diverging-5", "ramp-5", *CATEGORIES]
    assert [one for one in seen if contrast(tokens[one], tokens[ground]) < SEEN] == []


@pytest.mark.parametrize("ground", ["paper", "surface", "band"])
def test_intervals_stand_out_from_their_ground(tokens, ground):
    looks = [("accent", theme.SPAN["opacity"]), ("ink", matrix.CROSS["opacity"])]
    drawn = [laid(tokens[one], tokens[ground], opacity) for one, opacity in looks]
    assert [one for one in drawn if contrast(one, tokens[ground]) < SEEN] == []


def test_the_numbers_of_a_score_are_read_on_its_colour(tokens):
    # ink on the first colours, paper on the last: see assessment.figures.groups.DARK_FROM
    words = {1: "ink", 2: "ink", 3: "ink", 4: "paper", 5: "paper"}
    assert [one for one, word in words.items() if contrast(tokens[f"ramp-{one}"], tokens[word]) < READ] == []


def test_charts_on_paper_have_the_colours_of_the_page(tokens, request):
    theirs = theme.TOKENS[request.node.callspec.params["tokens"]]
    assert {name: tokens[name] for name in theirs} == theirs
