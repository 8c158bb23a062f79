"""Moments as a workspace writes them: UTC, to the microsecond, as texts that sort as time does."""

from datetime import UTC, datetime

from assessment.faults import Fault, Faults

WRITTEN = "%Y-%m-%dT%H:%M:%S.%fZ"


def now() -> datetime:
    """Give the time it is; nothing in a workspace depends on its being right."""
    return datetime.now(UTC)


def moment() -> str:
    """Write the time it is."""
    return now().strftime(WRITTEN)


def read_moment(text: str) -> datetime:
    """Read a moment.

    Examples
    --------
    >>> read_moment("2026-11-22T12:40:05.000000Z").minute
    40
    """
    try:
        return datetime.strptime(text, WRITTEN).replace(tzinfo=UTC)
    except ValueError:
        raise Faults([Fault("workspace_damaged", {"block": text[:30]}, {"reason": "moment"})]) from None
