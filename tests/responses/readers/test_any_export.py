"""Whatever bytes arrive, they are read or refused with reasons; nothing else happens."""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from assessment.faults import Faults

PIECES = st.sampled_from(
    [
        *(b";", b",", b"\t", b"\n", b"\r\n", b'"', b'""', b"\xef\xbb\xbf", b"\xff\xfe", b"sep=;\n", b"\x00", b"\x81"),
        *(
            b"a_01.reality",
            b"e01",
            b"levers",
            b"levers[form]",
            b"comment",
            b"respondent",
            b"unit",
            b"role",
            b"4",
            b"na",
        ),
        *(b"Tout \xe0 fait", "Plutôt d’accord".encode(), b"id", b"submitdate", b"lastpage", b"startlanguage", b"ID"),
        *(
            b"Horodateur",
            b"01/02/2026 09:00",
            b"a@b.fr",
            b"SID",
            b"Serial",
            b'{"e01": 4}',
            b"[",
            b"]",
            b"{",
            b"PK\x03\x04",
        ),
        *(b"$FL2", b"=1+1", b"Formation;Temps", b"[" * 40, b"record_id", b"x___1", b"q_complete", b"_uuid", b"_id"),
    ]
)


@settings(max_examples=120, deadline=None)
@given(st.one_of(st.lists(PIECES, max_size=40).map(b"".join), st.binary(max_size=60)))
@example(b"sep=\xe9\na\xe9b\n1\xe92")
@example(b"e01\n" + b"9" * 5000)
@example(b"id" + b"_[a" * 40 + b";e01\n1;4")  # a heading that would make a careless pattern go back for ever
@example(b"e01;respondent\n4;1\n4;1")
def test_any_bytes_are_read_or_refused_with_reasons(read, content):
    try:
        found = read(content)
    except Faults:
        return
    told = found.preview
    assert told.read == told.kept + told.rejected + told.duplicates
    assert told.kept == len(found.responses)
