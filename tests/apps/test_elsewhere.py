"""Other organisations: only what was asked in the same words is compared, never of too few; all can be taken away."""

import json

import pandas as pd
import pytest

from assessment.apps.elsewhere import Elsewhere
from assessment.faults import Faults
from assessment.framework import load_framework
from assessment.practices.elsewhere import NORM_COLUMNS, check_elsewhere, new_elsewhere, read_norms, read_scores
from assessment.report.score_files import score_document
from assessment.scoring import release, score_wave
from assessment.scoring.elsewhere import compare_norms, compare_organisation, norms_of
from assessment.widgets.blocks import document_faults
from assessment.widgets.offers import blocks_of, is_offered, uploads_of
from assessment.widgets.passages import CHART_KINDS
from assessment.widgets.tool_page import Event
from assessment.workspace import open_workspace

HOSTILE = '<img src=x onerror="harm()"> "{0}"'


@pytest.fixture(scope="module")
def framework():
    return load_framework("collectivite-apprenante")


def dimension(name, score, half, n=101, perspective="reality", **more):
    """Give a released row on 1–5 whose interval reaches so many points to both sides, by hand: se = half / 1.984."""
    mean = 1 + score / 25
    return {
        "wave": "1",
        "dimension": name,
        "perspective": perspective,
        "n": n,
        "mean": mean,
        "score": score,
        "se": half / 25 / 1.984,
        "ci_low": mean - half / 25,
        "ci_high": mean + half / 25,
        "suppressed": False,
        "reason": None,
    } | more


def asked(name, count, perspective="reality"):
    return [
        {"wave": "1", "dimension": name, "item": f"{name}_{one}", "perspective": perspective} for one in range(count)
    ]


@pytest.fixture(scope="module")
def released():
    nan = float("nan")
    rows = [
        dimension("team_learning", 56.0, 4.0),
        dimension("systems_thinking", 40.0, 4.0),
        dimension("shared_vision", 50.0, 4.0),
        dimension("mental_models", nan, nan, n=None, suppressed=True, reason="confidential"),
        dimension("team_learning", 80.0, 2.0, perspective="vision"),
    ]
    items = [*asked("team_learning", 6), *asked("team_learning", 6, "vision"), *asked("systems_thinking", 6)]
    items += [*asked("shared_vision", 3), *asked("mental_models", 6)]
    return {"dimensions": pd.DataFrame(rows), "items": pd.DataFrame(items)}


def norm(name, median, q25, q75, items=6, organisations=24, perspective="reality", source="Étude, 2031"):
    row = {"dimension": name, "perspective": perspective, "items": items, "organisations": organisations}
    return row | {"median": median, "q25": q25, "q75": q75, "source": source}


NORMS = [
    norm("team_learning", 50.0, 46.0, 55.0),
    norm("systems_thinking", 42.0, 38.0, 47.0),
    norm("shared_vision", 50.0, 45.0, 55.0),
    norm("mental_models", 50.0, 45.0, 55.0),
    norm("team_learning", 85.0, 82.0, 88.0, perspective="vision", organisations=4),
]


def csv_of(rows, framework="collectivite-apprenante", version="1", separator=",", columns=NORM_COLUMNS):
    lines = [separator.join(columns)]
    for row in rows:
        full = {"framework": framework, "version": version} | row
        lines.append(separator.join(str(full[one]).replace(".", "," if separator == ";" else ".") for one in columns))
    return "\n".join(lines).replace(", 2031", " 2031").encode("utf-8-sig")


def export(organisation=(("team_learning", 50.0, 1.0),), framework="collectivite-apprenante", items=6, **more):
    """Write the released scores of another organisation, by hand."""
    rows = [
        {"dimension": name, "perspective": "reality", "n": 101, "mean": 1 + score / 25, "score": score, "se": se / 25}
        for name, score, se in organisation
    ]
    told = [
        {key: one[key] for key in ("dimension", "item", "perspective")}
        for name, *_ in organisation
        for one in asked(name, items)
    ]
    tree = {"framework": framework, "version": "1", "wave": "2026", "min_group": 10, "dimensions": rows, "items": told}
    return json.dumps(tree | more).encode()


def test_among_norms_each_number_is_the_one_worked_out_by_hand(framework, released):
    """56 (52 to 60) is 6 (2 to 10) above 50 and over q75; 40 (36 to 44) is −2 (−6 to 2) from 42, above q25."""
    table = compare_norms(released, NORMS, framework, "1").set_index(["dimension", "perspective"])
    team = table.loc["team_learning", "reality"]
    assert (team["difference"], team["quarter"], team["reading"]) == (6.0, "highest", "above")
    assert [team["difference_low"], team["difference_high"]] == pytest.approx([2.0, 10.0])
    systems = table.loc["systems_thinking", "reality"]
    assert (systems["difference"], systems["quarter"], systems["reading"]) == (-2.0, "below_median", "unclear")
    assert [systems["difference_low"], systems["difference_high"]] == pytest.approx([-6.0, 2.0])


def test_what_cannot_be_compared_has_no_number_but_a_reason(framework, released):
    table = compare_norms(released, NORMS, framework, "1").set_index(["dimension", "perspective"])
    reasons = table["reason"].dropna().to_dict()
    assert reasons == {
        ("mental_models", "reality"): "confidential",
        ("shared_vision", "reality"): "other_items",  # three items here, six there
        ("team_learning", "vision"): "too_few_organisations",
    }
    assert table.loc[list(reasons), ["other", "other_low", "other_high", "difference", "quarter"]].isna().all(axis=None)
    assert table.loc[("team_learning", "vision"), "other_n"] is None


def test_beside_one_other_the_interval_is_welchs(framework, released):
    """56 (se 4 / 1.984) and 50 (se 1): 6, se √(2.0161² + 1) = 2.2505, df 146.4, t 1.9763: 1.55 to 10.45."""
    rows = read_scores("Autreville.json", export(), framework)["rows"]
    (row,) = compare_organisation(released, rows, framework, "1").to_dict("records")
    assert [row["difference"], row["difference_low"], row["difference_high"]] == pytest.approx(
        [6, 1.552, 10.448], abs=0.005
    )
    assert row["reading"] == "above"
    assert [row["other_low"], row["other_high"]] == pytest.approx([50 - 1.984, 50 + 1.984], abs=1e-3)


def test_one_other_that_was_asked_other_items_is_not_compared(framework, released):
    rows = read_scores("a.json", export(items=3), framework)["rows"]
    (row,) = compare_organisation(released, rows, framework, "1").to_dict("records")
    assert (row["reason"], row["difference"], row["other"]) == ("other_items", None, None)


def test_five_that_were_brought_have_a_median(framework):
    """40, 45, 50, 60, 80: the median is 50, the quartiles 45 and 60; a sixth was asked other items."""
    others = [
        read_scores(f"{score}.json", export([("team_learning", score, 1.0)]), framework)
        for score in (40, 45, 50, 60, 80)
    ]
    others.append(read_scores("x.json", export([("team_learning", 99.0, 1.0)], items=3), framework))
    (row,) = norms_of(others)
    assert [row[one] for one in ("organisations", "items", "median", "q25", "q75")] == [5, 6, 50.0, 45.0, 60.0]


@pytest.fixture
def room(framework, released):
    saved = []
    made = Elsewhere(framework, released, lambda: "1", lambda *file: saved.append(file))
    made.saved = saved
    return made


def page(room, language="fr"):
    """Write the chapter as a page, which must be one."""
    document = {"language": language, "title": "Ailleurs", "blocks": room.blocks(language)}
    assert document_faults(document, CHART_KINDS) == []
    return document


def do(room, action, **values):
    """Play somebody who does what the page offers."""
    assert is_offered(action, values, page(room)), (action, values)
    room.ACTIONS[action](room, Event(action, values))
    return page(room)


def bring(room, action, name, content):
    document = page(room)
    assert len(content) <= uploads_of(document)[action]
    room.ACTIONS[action](room, Event(action, {}, name, content))
    return page(room)


def passages(document):
    return [block for block in blocks_of(document) if block["kind"] == "passage"]


def test_at_first_nothing_is_compared_and_the_page_says_how_to_begin(room):
    for language, words in (("fr", "pas encore de normes"), ("en", "No norms have been published")):
        document = page(room, language)
        assert words in repr(document)
        assert passages(document) == []
        assert set(uploads_of(document)) == {"elsewhere_scores", "elsewhere_norms"}


def test_norms_are_told_with_the_finding_and_what_they_are_not_for(room):
    document = bring(room, "elsewhere_norms", "normes.csv", csv_of(NORMS))
    reality, vision = passages(document)
    (chart,) = reality["charts"]
    assert chart["title"] == "Face à la médiane des autres\xa0: au-dessus pour «\u202fApprendre en équipe\u202f»"
    assert "Étude 2031" in chart["note"]
    assert "classement" in repr(document)
    assert vision["charts"] == []
    assert vision["table"]["rows"][0][-1].startswith("masqué")
    assert "85" not in repr(vision)


def test_an_empty_template_is_given_and_a_filled_one_is_read(room, framework):
    do(room, "elsewhere_template")
    ((name, content, media),) = room.saved
    assert (name, media) == ("normes-collectivite-apprenante.csv", "text/csv")
    with pytest.raises(Faults, match="norms_empty"):
        read_norms(name, content, framework)
    filled = content.decode("utf-8-sig").replace(
        "team_learning,reality,6,,,,,", "team_learning,reality,6,24,50,46,55,A"
    )
    assert read_norms(name, filled.encode(), framework)["rows"][0]["organisations"] == 24


def test_a_spreadsheets_semicolons_and_decimal_commas_are_read(framework):
    rows = read_norms("a.csv", csv_of([norm("team_learning", 50.5, 46.0, 55.0)], separator=";"), framework)["rows"]
    assert rows[0]["median"] == 50.5


@pytest.mark.parametrize(
    ("content", "codes"),
    [
        (b"", {"file_empty"}),
        ("médiane".encode("cp1252"), {"encoding_not_utf8"}),
        (b"dimension,median\n", {"norms_foreign"}),
        (csv_of(NORMS, columns=[one for one in NORM_COLUMNS if one != "items"]), {"benchmark_column_missing"}),
        (csv_of(NORMS, version="2"), {"norms_other_framework"}),
        (csv_of([norm("happiness", 50, 40, 60)]), {"value_not_allowed"}),
        (csv_of([norm("team_learning", 50, 40, 60, perspective="tension")]), {"value_not_allowed"}),
        (csv_of([norm("team_learning", 150, 40, 60)]), {"number_out_of_range"}),
        (csv_of([norm("team_learning", "nan", 40, 60)]), {"number_out_of_range"}),
        (csv_of([norm("team_learning", 50, 60, 40)]), {"norms_disordered"}),
        (csv_of([NORMS[0], NORMS[0]]), {"norms_doubled"}),
    ],
)
def test_a_wrong_file_of_norms_is_refused_with_its_faults(framework, content, codes):
    with pytest.raises(Faults) as caught:
        read_norms("a.csv", content, framework)
    assert {fault.code for fault in caught.value.faults} == codes


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"{", "json_syntax"),
        (b"[" * 100_000, "too_deep"),
        (b"[]", "scores_foreign"),
        (b'{"dimensions": []}', "scores_foreign"),
        (export(framework="dloq"), "norms_other_framework"),
        (export(min_group=2), "scores_unprotected"),
        (export(dimensions=[]), "norms_empty"),
        (export([("team_learning", 500.0, 1.0)]), "number_out_of_range"),
    ],
)
def test_a_wrong_export_is_refused_with_its_faults(framework, content, code):
    with pytest.raises(Faults) as caught:
        read_scores("a.json", content, framework)
    assert code in {fault.code for fault in caught.value.faults}


def test_a_wrong_file_leaves_what_was_there(room):
    bring(room, "elsewhere_norms", "normes.csv", csv_of(NORMS))
    document = bring(room, "elsewhere_norms", "autre.csv", b"a,b\n1,2\n")
    assert "autre.csv" in repr(document)
    assert len(passages(document)) == 2


def test_the_kits_own_export_is_taken_and_its_hidden_rows_are_not(framework, room):
    from assessment.example import load_example

    example = load_example()
    scored = release(score_wave(example.responses, framework, [("unit",)], "2026"))
    document = score_document(scored, framework, "2026", ["2026"], 10, 246)
    hidden = {**document["dimensions"][0], "suppressed": True, "score": None}
    tree = {**document, "dimensions": [hidden, *document["dimensions"][1:]]}
    found = read_scores("Valclair.json", json.dumps(tree).encode(), framework)
    assert len(found["rows"]) == len(document["dimensions"]) - 1
    beside = compare_organisation(scored, found["rows"], framework, "2026")
    assert (beside["difference"] == 0).all()  # beside itself
    assert set(beside["reading"]) == {"unclear"}


def test_a_file_is_removed_and_comes_back(room):
    bring(room, "elsewhere_scores", "Autreville.json", export())
    kept = room.sheet.document
    assert passages(do(room, "elsewhere_remove", name="Autreville")) == []
    assert len(passages(do(room, "elsewhere_undo"))) == 1
    assert room.sheet.document == kept
    bring(room, "elsewhere_norms", "normes.csv", csv_of(NORMS))
    do(room, "elsewhere_remove_norms")
    do(room, "elsewhere_undo")
    assert room.sheet.document["norms"]["name"] == "normes.csv"


def test_names_are_texts_and_no_two_are_alike(room):
    bring(room, "elsewhere_scores", "Autreville.json", export())
    bring(room, "elsewhere_scores", "Autreville.json", export())
    assert [one["name"] for one in room.sheet.document["organisations"]] == ["Autreville", "Autreville (2)"]
    document = do(room, "elsewhere_rename", old="Autreville (2)", new=HOSTILE)
    assert HOSTILE in passages(document)[1]["title"]
    do(room, "elsewhere_rename", old=HOSTILE, new="Autreville")
    assert room.sheet.document["organisations"][1]["name"] == HOSTILE


def test_what_was_brought_is_kept_in_the_workspace(tmp_path, framework, released):
    path = tmp_path / "valclair.apprenance"
    open_workspace(path, create=True).close()
    one, other = (Elsewhere(framework, released, lambda: "1", workspace=path) for _ in range(2))
    bring(one, "elsewhere_scores", "Autreville.json", export())
    assert "modifiée ailleurs" in repr(bring(other, "elsewhere_norms", "normes.csv", csv_of(NORMS)))
    bring(other, "elsewhere_norms", "normes.csv", csv_of(NORMS))
    again = Elsewhere(framework, released, lambda: "1", workspace=path)
    assert again.sheet.document["norms"]["rows"] == other.sheet.document["norms"]["rows"]
    assert [one["name"] for one in again.sheet.document["organisations"]] == ["Autreville"]


def test_a_sheet_that_is_none_is_refused():
    with pytest.raises(Faults):
        check_elsewhere({**new_elsewhere(), "norms": {"rows": []}})
