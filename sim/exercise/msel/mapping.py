"""Which column of somebody's list is which of ours: by heading, by a usual name for it, or as the user says."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sim.errors import UserError, nearest, quoted
from sim.exercise.msel.columns import Column, by_heading, by_usual_name, folded
from sim.words.language import gettext as _

_NEAR = 0.75
"""How like a heading must be for it to be suggested, from 0 to 1 (assumption: one letter in four may differ)."""


class How(StrEnum):
    """How a column was found."""

    SAME = "same"
    """Its heading is ours, in either language."""
    USUAL = "usual"
    """Its heading is a usual name for it."""
    TOLD = "told"
    """The user said so."""


@dataclass(frozen=True)
class Match:
    """A column of a file that is one of ours.

    Attributes:
        column: Which of ours.
        at: Its number in the file, from 0.
        heading: What heads it there.
        how: How it was found.
    """

    column: Column
    at: int
    heading: str
    how: How


@dataclass(frozen=True)
class Mapped:
    """Which columns of a file are ours.

    Attributes:
        matches: Those that are, by ours.
        left_out: Headings of those that are not.
        mistakes: What is wrong with the headings, in words that follow the file.
    """

    matches: Mapping[Column, Match]
    left_out: tuple[str, ...]
    mistakes: tuple[str, ...]

    @property
    def absent(self) -> tuple[Column, ...]:
        """Those of ours that the file has not."""
        return tuple(column for column in Column if column not in self.matches)

    @property
    def is_own(self) -> bool:
        """Whether every heading is ours, and nothing was left out."""
        return not self.left_out and all(match.how is How.SAME for match in self.matches.values())

    def suggestions(self) -> dict[Column, str]:
        """Return, of our columns that the file has not, the heading left out that comes nearest, each heading once."""
        usual, near = by_usual_name(), []
        for column in self.absent:
            names = [folded(column.heading), *(name for name, each in usual.items() if each is column)]
            for heading in self.left_out:
                like = max(difflib.SequenceMatcher(None, name, folded(heading)).ratio() for name in names)
                near.append((like, column, heading))
        found: dict[Column, str] = {}
        for like, column, heading in sorted(near, key=lambda one: -one[0]):
            if like >= _NEAR and column not in found and heading not in found.values():
                found[column] = heading
        return found


def is_known(told: Sequence[str]) -> Callable[[str], bool]:
    """Return what says whether a text heads a column: ours, a usual one, or one that the user names."""
    known = {*by_heading(), *by_usual_name(), *(folded(each.rpartition("=")[0]) for each in told)} - {""}
    return lambda text: folded(text) in known


def mapped(headings: Sequence[str], told: Sequence[str]) -> Mapped:
    """Return which columns of a file are ours.

    What the user says comes first, then headings that are ours, then usual names for those that are still not found.

    Args:
        headings: What heads each column of the file.
        told: What the user says, ``theirs=ours`` each; nothing after the sign leaves a column out.

    Raises:
        UserError: When what the user says names no column of the file, or none of ours.
    """
    by_user = dict(_told(headings, each) for each in told)
    matches: dict[Column, Match] = {}
    mistakes: list[str] = []
    for how, known in ((How.TOLD, by_user), (How.SAME, by_heading()), (How.USUAL, by_usual_name())):
        taken = frozenset(matches)
        for at, heading in enumerate(headings):
            name = folded(heading)
            column = known.get(name)
            if column is None or column in taken or (how is not How.TOLD and name in by_user):
                continue
            if column in matches:
                mistakes.append(_twice(matches[column], at, heading))
            else:
                matches[column] = Match(column, at, heading, how)
    used = {match.at for match in matches.values()}
    return Mapped(matches, _others(headings, used), tuple(mistakes))


def _twice(first: Match, at: int, heading: str) -> str:
    if folded(first.heading) == folded(heading):
        return _("columns {first} and {second} have the same heading {heading}; rename or delete one").format(
            first=letters(first.at), second=letters(at), heading=quoted(heading)
        )
    return _(
        "columns {first} ({one}) and {second} ({other}) could both be '{column}'; say which one is: "
        '--map "{one_plain}={column}"'
    ).format(
        first=letters(first.at), one=quoted(first.heading), second=letters(at), other=quoted(heading),
        column=first.column.heading, one_plain=first.heading,
    )  # fmt: skip


def _others(headings: Sequence[str], used: Iterable[int]) -> tuple[str, ...]:
    taken = set(used)
    return tuple(heading for at, heading in enumerate(headings) if heading and at not in taken)


def _told(headings: Sequence[str], text: str) -> tuple[str, Column | None]:
    """Return a heading of the file, folded, and which of our columns the user says it is; None: none."""
    theirs, sign, ours = text.rpartition("=")
    if not sign or not theirs.strip():
        raise UserError(
            _('--map {value}: a heading of the file and a column are needed, such as "Waktu=scenario time"').format(
                value=quoted(text)
            )
        )
    if folded(theirs) not in map(folded, headings):
        raise UserError(
            _("--map {value}: no column of the file is headed {heading}; {hint}").format(
                value=quoted(text), heading=quoted(theirs), hint=nearest(theirs, filter(None, headings))
            )
        )
    if not ours.strip():
        return folded(theirs), None
    column = by_heading().get(folded(ours))
    if column is None:
        raise UserError(
            _("--map {value}: there is no column {column}; {hint}").format(
                value=quoted(text), column=quoted(ours), hint=nearest(ours, [each.heading for each in Column])
            )
        )
    return folded(theirs), column


def letters(at: int) -> str:
    """Return what a spreadsheet calls a column, numbered from 0: A, B, … Z, AA."""
    name = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
