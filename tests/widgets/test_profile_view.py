import pytest
import traitlets

from assessment.widgets import ProfileView

OPTIONS = [{"value": "2026", "label": "2026"}, {"value": "2024", "label": "2024"}]
PAGE = {
    "language": "fr",
    "title": "Profil",
    "filters": [{"id": "wave", "label": "Vague", "value": "2026", "options": OPTIONS}],
}


@pytest.fixture
def view():
    return ProfileView(page=PAGE)


@pytest.fixture
def sent(view, monkeypatch):
    """List what the widget tells the browser beside its state."""
    messages = []
    monkeypatch.setattr(view, "send", messages.append)
    return messages


def bring(view, name, *parts, size=None, upload="a", start=0, total=None):
    """Play a browser that sends a file in parts."""
    size = sum(map(len, parts)) if size is None else size
    for part, content in enumerate(parts, start):
        message = {"kind": "file", "name": name, "size": size, "upload": upload, "part": part}
        view._handle_custom_msg({**message, "parts": total or len(parts)}, [memoryview(content)])


def test_a_page_says_which_choice_it_answers_and_is_never_the_same_twice(view):
    view.choice = {"language": "fr", "wave": "2024"}
    view.page = PAGE
    first = view.page["reply"]
    view.page = dict(view.page)
    assert first["choice"] == {"language": "fr", "wave": "2024"}
    assert view.page["reply"]["revision"] == first["revision"] + 1


def test_the_assigned_page_is_not_changed(view):
    mine = {"language": "fr", "title": "Profil"}
    view.page = mine
    assert mine == {"language": "fr", "title": "Profil"}


def test_what_is_no_page_is_refused_and_the_page_stays(view):
    with pytest.raises(traitlets.TraitError, match="'title' is missing"):
        view.page = {"language": "fr"}
    assert view.page["title"] == "Profil"


def test_a_choice_from_the_browser_reaches_its_observer(view):
    chosen = []
    view.observe(lambda change: chosen.append(change["new"]), "choice")
    view.set_state({"choice": {"language": "fr", "wave": "2024"}})
    assert chosen == [{"language": "fr", "wave": "2024"}]


def test_a_choice_that_is_not_offered_is_refused_and_the_browser_need_not_wait(view, sent):
    with pytest.raises(traitlets.TraitError, match="'1999' is not offered"):
        view.set_state({"choice": {"language": "fr", "wave": "1999"}})
    assert view.choice == {}
    assert sent == [{"kind": "settled"}]


def test_when_an_observer_fails_the_browser_need_not_wait(view, sent):
    def fail(_change):
        raise ZeroDivisionError

    view.observe(fail, "choice")
    with pytest.raises(ZeroDivisionError):
        view.set_state({"choice": {"language": "fr", "wave": "2024"}})
    assert sent == [{"kind": "settled"}]


def test_a_file_in_pieces_arrives_whole_and_without_its_path(view):
    files = []
    view.on_file(lambda name, content: files.append((name, content)))
    bring(view, "C/réponses.csv", b"a;b\n", b"1;2\n")
    bring(view, "vide.csv", b"")
    assert files == [("réponses.csv", b"a;b\n1;2\n"), ("vide.csv", b"")]


def test_a_newer_file_takes_the_place_of_one_half_arrived(view):
    files = []
    view.on_file(lambda name, content: files.append((name, content)))
    bring(view, "old.csv", b"old", size=6, upload="a", total=2)
    bring(view, "new.csv", b"new", upload="b")
    bring(view, "old.csv", b"end", size=6, upload="a", start=1, total=2)
    assert files == [("new.csv", b"new")]


@pytest.mark.parametrize(
    ("size", "content"), [(50 * 1024 * 1024 + 1, b""), (2, b"three"), (-1, b""), (None, b""), ("3", b"abc")]
)
def test_a_file_that_lies_about_its_size_is_refused(view, sent, size, content):
    files = []
    view.on_file(lambda *file: files.append(file))
    message = {"kind": "file", "name": "a.csv", "size": size, "upload": "a", "part": 0, "parts": 1}
    view._handle_custom_msg(message, [content])
    assert files == []
    assert sent == [{"kind": "settled"}]


def test_the_example_can_be_asked_back_until_the_callback_is_taken_away(view):
    asked = []
    callback = lambda: asked.append(True)  # noqa: E731 - the same function twice
    view.on_example(callback)
    view._handle_custom_msg({"kind": "example"}, [])
    view.on_example(callback, remove=True)
    view._handle_custom_msg({"kind": "example"}, [])
    assert asked == [True]


def test_an_unknown_message_is_nothing(view, sent):
    view._handle_custom_msg({"kind": "hello"}, [])
    assert sent == []
