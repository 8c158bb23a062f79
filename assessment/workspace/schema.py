"""What a workspace holds: the tables of version 1, the same in a file (SQLite) and on a server (PostgreSQL).

What stands in them
    ``about``: what the file is; ``opened``: which machine writes in it. ``frameworks``: the instruments used, as their
    files. ``campaigns``, ``waves``; ``deliveries``: what came in at once (a file imported, or a collection);
    ``responses``, ``verbatims``; ``tokens``: who may answer, apart from what was answered. ``documents``: the working
    state of maps, practices, roadmap, units, settings; ``versions``: their history. ``releases``, ``released_tables``:
    what was let out.

Every row bears a seal (`assessment.workspace.seals`): a byte that changed on a disk is noticed, never read as an
answer. Nothing follows the order in which people answered: the rows of ``responses`` and ``verbatims`` lie in the order
of random ids, and ``tokens`` only say that one was used. Times are UTC, as ISO 8601 texts.
"""

from sqlalchemy import Column, Index, Integer, LargeBinary, MetaData, Table, Text, text

APPLICATION = 0x41707072
"""``Appr``: what the header of the file says it is (SQLite's ``application_id``)."""

VERSION = 1
"""Of this schema (SQLite's ``user_version``); an older one is migrated, a newer one refused."""

SEAL = "seal"
NAMED = text("respondent <> ''")
"""Somebody with a name or a code stands once in a wave; those without are distinct people."""

SCHEMA = MetaData()


def key(name: str, kind: type = Text) -> Column:
    """Make a column of the primary key."""
    return Column(name, kind, primary_key=True, autoincrement=False, nullable=False)


def words(*names: str) -> list[Column]:
    """Make columns of texts; there is no NULL in a workspace."""
    return [Column(name, Text, nullable=False) for name in names]


def whole(name: str) -> Column:
    """Make a column of whole numbers."""
    return Column(name, Integer, nullable=False)


def content(name: str) -> Column:
    """Make a column of bytes."""
    return Column(name, LargeBinary, nullable=False)


def table(name: str, *columns: Column) -> Table:
    """Make a table; rows lie in the order of their key, and SQLite keeps to the types."""
    return Table(name, SCHEMA, *columns, *words(SEAL), sqlite_with_rowid=False, sqlite_strict=True)


ABOUT = table("about", key("key"), *words("value"))
OPENED = table("opened", key("machine"), *words("name", "since", "seen"))

FRAMEWORKS = table("frameworks", key("framework"), key("version"), *words("content"))
CAMPAIGNS = table("campaigns", key("campaign"), *words("name", "framework", "version", "made"))
WAVES = table("waves", key("campaign"), key("wave"), whole("revision"), whole("closed"))
DELIVERIES = table(
    "deliveries", key("delivery"), *words("campaign", "source", "digest", "received", "headings", "counts")
)
RESPONSES = table(
    "responses",
    *(key(name) for name in ("campaign", "wave", "response")),
    *words("respondent", "delivery", "unit", "role", "form", "others"),
    content("answers"),
)
VERBATIMS = table("verbatims", key("campaign"), key("wave"), key("verbatim"), *words("respondent", "question", "text"))
TOKENS = table("tokens", key("campaign"), key("wave"), key("token"), *words("unit", "role"), whole("used"))

DOCUMENTS = table("documents", key("kind"), key("id"), whole("revision"), *words("changed", "summary", "content"))
VERSIONS = table(
    "versions",
    key("kind"),
    key("id"),
    key("number", Integer),
    *words("moment", "reason", "label", "summary"),
    content("content"),
)

RELEASES = table("releases", key("campaign"), key("number", Integer), *words("released", "settings"))
RELEASED_TABLES = table("released_tables", key("campaign"), key("number", Integer), key("name"), content("content"))

Index(
    "respondent_once",
    RESPONSES.c.campaign,
    RESPONSES.c.wave,
    RESPONSES.c.respondent,
    unique=True,
    sqlite_where=NAMED,
    postgresql_where=NAMED,
)
Index("delivery_once", DELIVERIES.c.campaign, DELIVERIES.c.digest, unique=True)
