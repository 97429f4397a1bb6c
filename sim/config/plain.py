"""Copies of plain data: settings as read from a file, mappings and lists of texts, numbers and truth values."""

from __future__ import annotations

from typing import Any


def copied(value: Any) -> Any:
    """Return a copy of settings that shares no mapping and no list with them.

    Several times as quick as :func:`copy.deepcopy`, which asks of every value whether it has been copied already. What
    an alias of YAML repeats is copied as often; a file's reader counts it as often, too, and refuses too much of it.
    """
    if isinstance(value, dict):
        return {key: copied(item) if isinstance(item, (dict, list)) else item for key, item in value.items()}
    if isinstance(value, list):
        return [copied(item) if isinstance(item, (dict, list)) else item for item in value]
    return value
