"""Our own file: everything is in it."""

import json
from collections.abc import Mapping
from typing import Any

from assessment.faults import Finding
from assessment.systems.formats.notation import plain


def write_map_json(document: Mapping[str, Any]) -> tuple[bytes, list[Finding]]:
    """Write a map as our own file: UTF-8, one key a line, so that two versions can be compared."""
    return (json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False, default=plain) + "\n").encode(), []
