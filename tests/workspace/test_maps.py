"""A map in a workspace: what is saved stands, what comes too late is kept beside, the history forgets no name."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.workspace import MapStore, Stale, list_maps, open_workspace
from assessment.workspace import clock as clock_module
from assessment.workspace.history import DAYS, FINE_DAYS, quarter, superfluous


def drawing(*labels, name="Eau"):
    variables = [{"id": f"v{n}", "label": label} for n, label in enumerate(labels)]
    return {"format": "apprenance-map", "version": 1, "name": name, "actors": [], "variables": variables}


@pytest.fixture
def clock(monkeypatch):
    """A clock that the test sets."""

    class Clock:
        time = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)

        def later(self, **span):
            self.time += timedelta(**span)

    told = Clock()
    monkeypatch.setattr(clock_module, "now", lambda: told.time)
    return told


def test_there_is_no_map_before_one_is_saved(workspace):
    store = MapStore(workspace, "eau")
    assert store.load() is None
    assert store.snapshots() == []
    assert list_maps(workspace) == []


def test_what_was_saved_is_there_when_the_workspace_is_opened_again(address):
    document = drawing("Confiance", "Été, “œuvre” 🌊") | {"own key": [1, 0.1, None, {"a": True}]}
    with open_workspace(address, create=True) as workspace:
        assert MapStore(workspace, "eau").save(document, 1) == 1
    with open_workspace(address) as workspace:
        assert MapStore(workspace, "eau").load() == document
        (told,) = list_maps(workspace)
        assert (told["id"], told["name"], told["variables"], told["revision"]) == ("eau", "Eau", 2, 1)


def test_the_editors_count_of_revisions_is_kept_as_long_as_it_grows(workspace):
    store = MapStore(workspace, "eau")
    assert [store.save(drawing("a"), 7), store.save(drawing("b"), 12), store.save(drawing("c"), 3)] == [7, 12, 13]


def test_saving_the_same_again_writes_nothing(workspace):
    store = MapStore(workspace, "eau")
    assert store.save(drawing("a"), 1) == store.save(drawing("a"), 2) == 1


def test_a_wrong_map_is_not_saved(workspace, refused):
    store = MapStore(workspace, "eau")
    with refused("tie_to_nobody", "tie_to_nobody"):
        store.save(drawing("a") | {"ties": [{"id": "t", "source": "x", "target": "y", "kind": "causes"}]}, 1)
    assert store.load() is None


@pytest.mark.parametrize("map_id", ["", "x" * 201, "a\x00b"])
def test_a_map_has_a_name_of_its_own(workspace, refused, map_id):
    with refused("document_name_wrong"):
        MapStore(workspace, map_id)


def test_who_writes_on_top_of_something_that_has_changed_is_refused_and_both_versions_are_kept(address):
    with open_workspace(address, create=True) as mine, open_workspace(address) as theirs:
        ana, bea = MapStore(mine, "eau"), MapStore(theirs, "eau")
        ana.save(drawing("common"), 1)
        bea.load()
        ana.save(drawing("common", "by Ana"), 2)
        with pytest.raises(Stale) as stale:
            bea.save(drawing("common", "by Bea"), 2)
        assert stale.value.faults[0].code == "workspace_stale"
        assert (stale.value.current.revision, stale.value.current.content) == (2, drawing("common", "by Ana"))
        assert ana.load() == drawing("common", "by Ana")
        kept = {one["reason"]: bea.at(one["id"]) for one in bea.snapshots()}
        assert kept["refused"] == drawing("common", "by Bea")
        assert kept["met"] == drawing("common", "by Ana")


def test_an_editor_that_goes_on_after_a_refusal_leaves_its_last_state_only(workspace):
    ana, bea = MapStore(workspace, "eau"), MapStore(workspace, "eau")
    ana.save(drawing("a"), 1)
    for n in range(5):
        with pytest.raises(Stale):
            bea.save(drawing(f"b{n}"), n + 1)
    assert [one["reason"] for one in bea.snapshots()] == ["refused", "met"]
    assert bea.at(bea.snapshots()[0]["id"]) == drawing("b4")
    bea.load()
    assert bea.save(drawing("b4"), 9) == 9


def test_who_loads_what_another_saved_and_writes_over_it_leaves_it_in_the_history(workspace):
    ana, bea = MapStore(workspace, "eau"), MapStore(workspace, "eau")
    ana.save(drawing("a"), 1)
    bea.load()
    bea.save(drawing("b"), 2)
    ana.load()
    ana.save(drawing("a, restored"), 3)
    assert [(one["reason"], ana.at(one["id"])) for one in ana.snapshots()] == [("met", drawing("b"))]


def test_two_who_begin_the_same_map_at_once_do_not_overwrite_each_other(workspace):
    ana, bea = MapStore(workspace, "eau"), MapStore(workspace, "eau")
    ana.load(), bea.load()
    ana.save(drawing("a"), 1)
    with pytest.raises(Stale):
        bea.save(drawing("b"), 1)


def test_a_state_with_a_name_is_kept_as_it_was(workspace):
    store = MapStore(workspace, "eau")
    store.save(drawing("a"), 1)
    id_ = store.snapshot("  Premier\n atelier ")
    store.save(drawing("b", "c", name="Eau 2"), 2)
    (told,) = store.snapshots()
    assert told.items() >= {"id": id_, "label": "Premier atelier", "name": "Eau", "variables": 1, "ties": 0}.items()
    assert store.at(id_) == store.at(str(id_)) == drawing("a")


@pytest.mark.parametrize("id_", [99, -1, "x", "", "1; DROP TABLE versions", "9" * 40, None])
def test_a_state_that_is_not_kept_is_said_not_to_be(workspace, refused, id_):
    store = MapStore(workspace, "eau")
    store.save(drawing("a"), 1)
    with refused("version_absent"):
        store.at(id_)


def test_a_name_needs_something_saved(workspace, refused):
    with refused("document_absent"):
        MapStore(workspace, "eau").snapshot("Rien")


def test_autosaves_leave_one_state_a_quarter_of_an_hour(workspace, clock):
    store = MapStore(workspace, "eau")
    for n in range(121):  # every half minute for an hour, from nine
        store.save(drawing(str(n)), n + 1)
        clock.later(seconds=30)
    kept = [(one["when"][11:19], one["label"], store.at(one["id"])) for one in store.snapshots()]
    assert kept == [
        ("09:59:30", None, drawing("119")),
        ("09:44:30", None, drawing("89")),
        ("09:29:30", None, drawing("59")),
        ("09:14:30", None, drawing("29")),
    ]


def test_the_last_state_of_a_day_is_kept_when_work_goes_on_the_next(workspace, clock):
    store = MapStore(workspace, "eau")
    store.save(drawing("evening"), 1)
    clock.later(hours=20)
    store.save(drawing("morning"), 2)
    assert [store.at(one["id"]) for one in store.snapshots()] == [drawing("evening")]


def test_a_clock_that_jumps_loses_nothing_and_fills_nothing(workspace, clock):
    store = MapStore(workspace, "eau")
    for n, hours in enumerate([0, 24 * 365 * 70, -24 * 365 * 100, 24 * 365 * 30, 1, -2] * 3):
        clock.later(hours=hours)
        assert store.save(drawing(str(n)), n + 1) == n + 1
    assert store.load() == drawing("17")
    assert 0 < len(store.snapshots()) <= 17


def test_a_map_taken_away_is_still_in_its_history(workspace):
    store = MapStore(workspace, "eau")
    store.save(drawing("a"), 1)
    store.remove()
    assert list_maps(workspace) == []
    assert store.load() is None
    assert store.at(store.snapshots()[0]["id"]) == drawing("a")
    assert store.save(drawing("b"), 1) == 1


MOMENT = st.datetimes(datetime(2020, 1, 1), datetime(2020, 3, 1)).map(lambda one: one.isoformat())
LISTS = st.lists(MOMENT, max_size=30)
MOMENTS = (LISTS | LISTS.map(sorted)).map(lambda moments: list(enumerate(moments, 1)))


@given(MOMENTS)
def test_thinning_keeps_the_newest_state_and_thins_a_thinned_history_no_further(states):
    gone = set(superfluous(states))
    left = [one for one in states if one[0] not in gone]
    assert superfluous(left) == []
    assert not states or states[-1] in left
    days = {moment[:10] for _, moment in states}
    assert len(days) > DAYS or {moment[:10] for _, moment in left} == days
    in_order = [moment for _, moment in states] == sorted(moment for _, moment in states)
    assert not in_order or len({quarter(moment) for _, moment in left}) == len(left)


def test_years_of_daily_work_leave_a_bounded_history():
    start = datetime(2026, 1, 1, 8)
    states = [
        (day * 32 + q, (start + timedelta(days=day, minutes=15 * q)).isoformat())
        for day in range(3650)
        for q in range(32)
    ]
    kept = len(states) - len(superfluous(states))
    months = 12 * 10
    assert FINE_DAYS * 32 + DAYS - FINE_DAYS <= kept <= FINE_DAYS * 32 + DAYS + months
