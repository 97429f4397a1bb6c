"""Where packaged numbers come from: the comments of ``conf/``, beside a key, above it, or at the head of its file.

A comment at a key holds for all that is inside it, and the head's for the whole file, where nothing nearer says
whence. What says so has one of the words of :data:`SAYS`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from sim.config.packaged import CONF

SAYS = re.compile(r"\b(sourced?|assum\w+|estimate\w*|derived|computed|choices?|by definition|by law)\b", re.IGNORECASE)
"""Words that say whence a number comes: of somebody else, or made up here, worked out, or chosen."""
_PREFIXES: Mapping[str, tuple[str, ...]] = {
    "config.yaml": (),
    "own_region.yaml": (),
    "region": (),
    "evacuation_plan": ("evacuation", "areas"),
    "layouts": ("evacuation", "site", "layouts"),
    "kinds": ("kinds",),
    "strategy": ("strategies",),
}
"""Where the settings of a folder of ``conf/`` stand, if not under its name; the last four are named by their files."""
_NAMED = ("evacuation_plan", "layouts", "kinds", "strategy")
Keys = tuple[str, ...]


@dataclass(frozen=True)
class Written:
    """One packaged key.

    Attributes:
        file: The file that it stands in, as ``conf/run/default.yaml``.
        value: Its value where it is a scalar, else None.
        comment: What is said beside or above it; empty: nothing.
        above: The comments of what it is in, the nearest first; that of the file's head is the last.
    """

    file: str
    value: object
    comment: str
    above: tuple[str, ...]

    @property
    def source(self) -> str:
        """Where its number comes from, as far as the file says so; empty where it does not."""
        if SAYS.search(self.comment):
            return self.comment
        said = next((comment for comment in self.above if SAYS.search(comment)), "")
        return "; ".join(part for part in (self.comment, _saying(said)) if part) if said else ""


def _saying(comment: str) -> str:
    """Return the parts of a comment that say whence; a comment of one part is one sentence of many facts."""
    parts = re.split(r"(?<=[.;]) ", comment)
    return " ".join(part for part in parts if SAYS.search(part)).rstrip(".;")


def packaged_files() -> list[Path]:
    """Return every file of ``conf/``."""
    return sorted(CONF.rglob("*.yaml"))


@cache
def written_in(file: Path) -> dict[Keys, Written]:
    """Return every key of a packaged file, by its path among all settings; items of lists are numbered from 0."""
    text = file.read_text(encoding="utf-8")
    node = yaml.compose(text, yaml.SafeLoader)
    if not isinstance(node, yaml.MappingNode):
        return {}
    name = file.relative_to(CONF).as_posix()
    folder = name.partition("/")[0]
    prefix = _PREFIXES.get(folder, (folder,)) + ((file.stem,) if folder in _NAMED else ())
    comments = _Comments(text)
    found = _walk(node, prefix, comments, (comments.head,))
    return {path: Written(f"conf/{name}", value, comment, above) for path, value, comment, above in found}


def _walk(
    node: yaml.Node, path: Keys, comments: _Comments, above: tuple[str, ...]
) -> Iterator[tuple[Keys, object, str, tuple[str, ...]]]:
    for key, line, value in _parts(node):
        comment = comments.of(line)
        inside = (comment, *above) if comment else above
        yield (*path, key), _scalar(value), comment, above
        yield from _walk(value, (*path, key), comments, inside)


def _parts(node: yaml.Node) -> Iterator[tuple[str, int, yaml.Node]]:
    """Give the key of each part of a node, the line that it begins on, and its value."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield str(key.value), key.start_mark.line, value
    elif isinstance(node, yaml.SequenceNode):
        for i, item in enumerate(node.value):
            yield str(i), item.start_mark.line, item


def _scalar(node: yaml.Node) -> object:
    return yaml.SafeLoader("").construct_object(node) if isinstance(node, yaml.ScalarNode) else None


class _Comments:
    """The comments of a YAML text, by line.

    Attributes:
        head: What is said before the first key.
    """

    def __init__(self, text: str) -> None:
        self._lines = text.splitlines()
        ends: dict[int, int] = {}
        self._in_text: set[int] = set()
        for token in yaml.scan(text):
            start, end = token.start_mark, token.end_mark
            if end.line > start.line and isinstance(token, yaml.ScalarToken):
                self._in_text |= set(range(start.line + 1, end.line + (end.column > 0)))
            if end.line < len(self._lines) and not isinstance(token, yaml.BlockEndToken):
                ends[end.line] = max(ends.get(end.line, 0), end.column)
        self._ends = ends
        self.head, self._first = self._block(0)

    def _column(self, line: int) -> int:
        """Return the column at which a comment begins; -1: there is none."""
        if line >= len(self._lines) or line in self._in_text:
            return -1
        return self._lines[line].find("#", self._ends.get(line, 0))

    def _is_alone(self, line: int) -> bool:
        return line < len(self._lines) and self._lines[line].lstrip().startswith("#") and line not in self._in_text

    def _block(self, line: int) -> tuple[str, int]:
        """Return the comment lines from this line on as one text, and the line after them."""
        parts = []
        while self._is_alone(line):
            parts.append(_bare(self._lines[line], self._column(line)))
            line += 1
        return " ".join(parts), line

    def of(self, line: int) -> str:
        """Return what is said of the key on a line: beside it, and on in the same column, or just above it."""
        column = self._column(line)
        if column < 0:
            return self._just_above(line)
        parts, below = [_bare(self._lines[line], column)], line + 1
        while self._is_alone(below) and self._column(below) == column:
            parts.append(_bare(self._lines[below], column))
            below += 1
        return " ".join(parts)

    def _just_above(self, line: int) -> str:
        indent = len(self._lines[line]) - len(self._lines[line].lstrip())
        first = line
        while first > self._first and self._is_alone(first - 1) and self._column(first - 1) == indent:
            first -= 1
        return self._block(first)[0] if first < line else ""


def _bare(line: str, column: int) -> str:
    return line[column:].lstrip("# ").rstrip()
