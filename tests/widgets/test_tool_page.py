import pytest
import traitlets

from assessment.widgets import ToolPage

UPLOAD = {"kind": "upload", "id": "bring", "label": "Ouvrir", "hint": "10 octets au plus.", "largest": 10}
BUTTON = {"kind": "actions", "items": [{"id": "go", "label": "Aller", "values": {"to": "a"}}]}
PAGE = {"language": "fr", "title": "Accueil", "blocks": [BUTTON, UPLOAD]}


@pytest.fixture
def page():
    return ToolPage(page=PAGE)


@pytest.fixture
def done(page):
    """List what is done on the page."""
    events = []
    page.on_event(events.append)
    return events


@pytest.fixture
def sent(page, monkeypatch):
    """List what the widget tells the browser beside its state."""
    messages = []
    monkeypatch.setattr(page, "send", lambda content, buffers=None: messages.append(content))
    return messages


def act(page, action, number=1, **values):
    page._handle_custom_msg({"kind": "event", "number": number, "action": action, "values": values}, [])


def bring(page, name, *parts, action="bring", size=None):
    size = sum(map(len, parts)) if size is None else size
    for part, content in enumerate(parts):
        message = {"kind": "file", "number": 1, "action": action, "name": name, "size": size, "upload": "a"}
        page._handle_custom_msg({**message, "part": part, "parts": len(parts)}, [memoryview(content)])


def test_a_page_has_its_words_its_languages_and_a_revision_of_its_own(page):
    assert page.page["words"]["busy"] == "Un instant…"
    assert [one["value"] for one in page.page["languages"]] == ["fr", "en"]
    first = page.page["revision"]
    page.page = PAGE
    assert page.page["revision"] == first + 1
    assert "words" not in PAGE


def test_what_is_no_page_is_refused_and_the_page_stays(page):
    with pytest.raises(traitlets.TraitError, match=r"blocks\[0\]: 'text' is missing"):
        page.page = {"language": "fr", "title": "B", "blocks": [{"kind": "paragraph"}]}
    assert page.page["title"] == "Accueil"


def test_what_is_done_is_heard_answered_and_over(page, done, sent):
    act(page, "go", number=7, to="a")
    assert [(event.action, event.values) for event in done] == [("go", {"to": "a"})]
    assert sent == [{"kind": "heard", "number": 7}, {"kind": "settled", "number": 7}]


@pytest.mark.parametrize(
    ("action", "values"),
    [("go", {}), ("go", {"to": "../b"}), ("stop", {}), ("language", {"language": "de"}), ("seen", {}), (None, {})],
)
def test_what_the_page_does_not_offer_is_not_done_and_the_browser_need_not_wait(page, done, sent, action, values):
    act(page, action, **values)
    assert done == []
    assert sent[-1] == {"kind": "settled", "number": 1}


def test_another_language_and_coming_back_are_told(page, done):
    act(page, "language", language="en")
    page.page = {**PAGE, "refresh": True}
    act(page, "seen")
    assert [event.action for event in done] == ["language", "seen"]


def test_when_an_app_fails_the_browser_need_not_wait(page, sent):
    page.on_event(lambda event: 1 / 0)
    act(page, "go", to="a")
    assert sent[-1] == {"kind": "settled", "number": 1}


def test_a_file_in_pieces_arrives_whole_and_without_its_path(page, done, sent):
    bring(page, "C:\\données\\a.apprenance", b"abc", b"de")
    assert [(event.action, event.name, event.content) for event in done] == [("bring", "a.apprenance", b"abcde")]
    assert [one["kind"] for one in sent] == ["heard", "heard", "settled"]


@pytest.mark.parametrize(("size", "content", "action"), [(11, b"x", "bring"), (1, b"xy", "bring"), (1, b"x", "other")])
def test_a_file_that_is_too_large_lies_or_is_not_asked_for_is_refused(page, done, sent, size, content, action):
    bring(page, "a", content, size=size, action=action)
    assert done == []
    assert sent[-1]["kind"] == "settled"


def test_a_file_is_given_to_the_browser_with_its_name(page, sent):
    page.send_file("a.csv", b"1", "text/csv")
    page.say("Fait.")
    page.tell_work("work", 1, 3)
    assert sent == [
        {"kind": "download", "name": "a.csv", "type": "text/csv"},
        {"kind": "say", "text": "Fait."},
        {"kind": "work", "id": "work", "done": 1, "total": 3},
    ]


def test_an_unknown_message_is_nothing(page, sent):
    page._handle_custom_msg({"kind": "hello"}, [])
    assert sent == []
