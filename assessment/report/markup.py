"""HTML put together so that a text can never become markup."""

from html import escape

VOID = ("meta", "br", "hr", "link")


class Html(str):
    """Markup that is ready; every other text is escaped where it enters."""

    __slots__ = ()


def tag(name: str, /, *content: object, **attributes: object) -> Html:
    """Write an element.

    Parameters
    ----------
    name
        The element's name.
    content
        Texts (escaped) and `Html` (as it is), one after the other; None is nothing.
    attributes
        By name: ``class_`` is ``class``, ``aria_label`` is ``aria-label``; None and False leave it out, True is bare.

    Examples
    --------
    >>> tag("p", "a < b", tag("br"), class_="note", hidden=True)
    '<p class="note" hidden>a &lt; b<br></p>'
    """
    written = "".join(attribute(key, value) for key, value in attributes.items())
    if name in VOID:
        return Html(f"<{name}{written}>")
    return Html(f"<{name}{written}>{join(content)}</{name}>")


def attribute(key: str, value: object) -> str:
    """Write an attribute."""
    key = key.rstrip("_").replace("_", "-")
    if value is None or value is False:
        return ""
    return f" {key}" if value is True else f' {key}="{escape(str(value))}"'


def join(content) -> Html:
    """Write contents one after the other."""
    return Html("".join(part if isinstance(part, Html) else escape(str(part)) for part in content if part is not None))
