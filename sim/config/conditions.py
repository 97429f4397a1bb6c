"""What starts because something else has happened: an incident has reached a severity, or a station has opened late."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter
from typing import Annotated, Self

from pydantic import Field, model_validator

from sim.config.courses import CrowdCourse
from sim.config.distribution import Delay
from sim.config.disturbance import SeverityWord
from sim.config.fields import MINUTES_A_DAY, Name, Number, Settings, Share, Size, Whole
from sim.config.kinds import Kind
from sim.config.refusal import Refusals, SettingError, SettingPath
from sim.errors import nearest_of
from sim.vocabulary import PlaceKind, Severity
from sim.words import lists as words
from sim.words.language import gettext as _

THERE = "there"
"""The word that means the place of what has happened."""
MOST_TIMES = 100
"""Occasions of one condition on one day; each may bring an incident with all that follows from it."""
MOST_CONDITIONS = 100
"""Conditions of a scenario; each incident is held against all of them."""


class When(Settings):
    """The occasion: an incident reaches a severity, or a station has not opened so many minutes after the hour."""

    incident: Name | None = None
    """Name of a kind; null: any but the kind that the condition brings itself."""
    reaches: SeverityWord | None = None
    """The severity that it reaches: the first moment at which it is as bad as this, or worse."""
    station_opens_late_minutes: Annotated[Number, Field(gt=0, le=MINUTES_A_DAY)] | None = None
    """So late a station opens, minutes after the hour; the occasion is the moment when it is so late."""

    @model_validator(mode="after")
    def _one(self) -> Self:
        late = self.station_opens_late_minutes is not None
        if late and (self.reaches is not None or self.incident is not None):
            other = "reaches" if self.reaches is not None else "incident"
            message = _("not together with {other}: an incident or a station that opens late is one occasion").format(
                other=other
            )
            raise SettingError("station_opens_late_minutes", message, also=[other])
        if not late and self.reaches is None:
            raise ValueError(_("reaches is missing (green, yellow or red), or station_opens_late_minutes in its place"))
        return self

    @property
    def severity(self) -> Severity | None:
        """The severity that an incident reaches; None: it is a late opening."""
        return None if self.reaches is None else Severity.of(self.reaches)


class Then(Settings):
    """What may start on the occasion."""

    kind: Name
    """Name of a kind in ``kinds``."""
    place: Name
    """A place where it can happen; ``there``: where the occasion is, and nothing where the kind cannot be at it."""
    probability: Share
    """How likely each occasion brings it."""
    delay: Delay
    """From the occasion to its start."""
    starters: Size | None = None
    """Active people at the start, instead of the kind's own number."""


class Condition(Settings):
    """When something has happened, something else may start: it is drawn beforehand whether it does, and how soon."""

    when: When
    """The occasion."""
    then: Then
    """What it may bring."""
    times: Annotated[Whole, Field(ge=1, le=MOST_TIMES)] = 1
    """How many occasions of a day count, the first ones; so it brings so many incidents a day at most."""

    def may_follow(self, kind_name: str, kind: Kind) -> bool:
        """Return whether an incident of this kind may be the occasion."""
        severity = self.when.severity
        if severity is None or severity > max(reached for reached, _stage in kind.severities.items()):
            return False
        return kind_name == self.when.incident or (self.when.incident is None and kind_name != self.then.kind)


def check_conditions(conditions: Sequence[Condition], kinds: Mapping[str, Kind], called: Callable[[int], str]) -> None:
    """Refuse conditions of no kind, with numbers that their kind makes nothing of, or that lead back to themselves.

    Args:
        conditions: The conditions.
        kinds: All kinds, by name.
        called: Says how the user calls a condition, by its number among them.

    Raises:
        SettingError: For a setting that is so, or where they lead back to themselves.
        SettingErrors: For each of several.
    """
    found = Refusals()
    for i, one in enumerate(conditions):
        with found.noted():
            _check(("conditions", i), one, kinds)
    found.refuse()
    _check_loops(conditions, kinds, called)


def _check(path: SettingPath, one: Condition, kinds: Mapping[str, Kind]) -> None:
    """Refuse one condition; a mistake that only follows from an unknown kind is not said."""
    found = Refusals()
    for setting, name in (((*path, "when", "incident"), one.when.incident), ((*path, "then", "kind"), one.then.kind)):
        with found.noted():
            if name is not None and name not in kinds:
                hint = nearest_of(name, kinds, words.ALL_KINDS)
                raise SettingError(setting, _("unknown '{name}'; {hint}").format(name=name, hint=hint))
    occurs = one.when.incident is None or one.when.incident in kinds
    reached = one.when.severity is None or any(one.may_follow(name, kind) for name, kind in kinds.items())
    with found.noted():
        if occurs and not reached:
            message = (
                _("no other kind reaches it")
                if one.when.incident is None
                else _("'{kind}' never reaches it").format(kind=one.when.incident)
            )
            raise SettingError((*path, "when", "reaches"), message, also=[(*path, "when", "incident")])
    if one.then.kind in kinds:
        with found.noted():
            if reached and one.then.place == THERE:
                _check_there(path, one, kinds)
        with found.noted():
            check_starters((*path, "then"), one.then.kind, kinds[one.then.kind], one.then.starters)
    found.refuse()


def _check_there(path: SettingPath, one: Condition, kinds: Mapping[str, Kind]) -> None:
    places, possible = _places(one, kinds), kinds[one.then.kind].places
    if not places & {*possible}:
        message = _("'{kind}' is never there: it happens at {places}, what it follows at {others}").format(
            kind=one.then.kind, places=_listed(possible), others=_listed(sorted(places))
        )
        raise SettingError((*path, "then", "place"), message, also=[(*path, "then", "kind")])


def check_starters(path: SettingPath, name: str, kind: Kind, starters: int | None) -> None:
    """Refuse starters of a kind that has no crowd, or so many that more would be hurt than a day can tell.

    Args:
        path: Where ``starters`` and ``kind`` stand.
        name: Name of the kind.
        kind: The kind.
        starters: How many are active at the start; None: the kind's own number, which is checked with it.

    Raises:
        SettingError: Blaming the starters.
    """
    if starters is None:
        return
    if not isinstance(kind.course, CrowdCourse):
        raise SettingError((*path, "starters"), _("'{kind}' has no crowd").format(kind=name), also=[(*path, "kind")])
    rate = ("kinds", name, "course", "injuries_per_active_hour")
    kind.course.check_injured((*path, "starters"), starters, also=(), rate=rate)


def _places(one: Condition, kinds: Mapping[str, Kind]) -> set[PlaceKind]:
    """Return the kinds of place where its occasions are."""
    if one.when.severity is None:
        return {PlaceKind.STATION}
    return {place for name, kind in kinds.items() if one.may_follow(name, kind) for place in kind.places}


def _listed(places: Sequence[PlaceKind]) -> str:
    return _(" or ").join(_("a {place}").format(place=place) for place in places)


def _check_loops(conditions: Sequence[Condition], kinds: Mapping[str, Kind], called: Callable[[int], str]) -> None:
    """Refuse conditions of which one brings the occasion of the next, and the last that of the first."""
    before = {
        i: [k for k, other in enumerate(conditions) if one.may_follow(other.then.kind, kinds[other.then.kind])]
        for i, one in enumerate(conditions)
    }
    try:
        TopologicalSorter(before).prepare()
    except CycleError as error:
        loop = error.args[1][:-1]
        first = loop.index(min(loop))
        loop = loop[first:] + loop[:first]
        names = [conditions[i].then.kind for i in loop]
        way = " -> ".join(f"{name} ({called(i)})" for name, i in zip(names, loop, strict=True))
        message = _("they lead back to themselves: {way} -> {first}; at least one of them has to end it").format(
            way=way, first=names[0]
        )
        raise SettingError(("conditions", loop[0], "then", "kind"), message) from None
