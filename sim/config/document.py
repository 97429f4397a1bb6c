"""What a YAML file of settings may be made of: one document, one mapping, values as they are written, without tags."""

from __future__ import annotations

from pathlib import Path

import yaml

from sim.errors import UserError, shortened

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_MOST_BITS = 1_024
"""Up to here the setting that holds a number says its limit, and prints the number."""


def check_document(text: str, path: Path) -> None:
    """Refuse a document that is no mapping, or tells YAML what to make of a value.

    Raises:
        UserError: Naming the file and the line.
        yaml.YAMLError: For text that is not YAML.
    """
    root: yaml.Event | None = None
    for event in yaml.parse(text, Loader=_LOADER):
        if not isinstance(event, yaml.NodeEvent):
            continue
        root = event if root is None else root
        tag = getattr(event, "tag", None)
        if tag is not None:
            written = shortened(str(tag).replace("tag:yaml.org,2002:", "!!"))
            where = f" line {event.start_mark.line + 1}" if event.start_mark is not None else ""
            raise UserError(
                f"{path}{where}: '{written}' is not allowed; values are read as they are "
                "written, and a text that looks like a number stands in quotes"
            )
    if root is not None and not isinstance(root, yaml.MappingStartEvent):
        raise UserError(f"{path}: a mapping of settings is needed, such as 'title: …'")


def refuse_huge(value: object, origin: str) -> None:
    """Refuse whole numbers that are beyond every limit, and take long to be written down.

    Raises:
        UserError: Naming the origin and how large such a number is.
    """
    if isinstance(value, dict):
        value = [*value.keys(), *value.values()]
    if isinstance(value, list):
        for item in value:
            refuse_huge(item, origin)
    elif isinstance(value, int) and value.bit_length() > _MOST_BITS:
        raise UserError(f"{origin}: a whole number of {value.bit_length():,} bits is too large; none has more than 64")
