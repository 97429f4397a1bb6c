"""A strategy's table of preference: for each place an order of units, resolved once to units of its deployment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sim.config.dispatch import Dispatch, FixedPreference
from sim.errors import UserError, nearest, quoted
from sim.region.gazetteer import Gazetteer
from sim.region.place import Place
from sim.response.units import UnitSpec
from sim.vocabulary import PlaceKind
from sim.words.language import gettext as _

_PLACES = (PlaceKind.STATION, PlaceKind.BASE, PlaceKind.AREA)
Ranks = Mapping[int, int]
"""The number of each unit in an order, from 0."""


@dataclass(frozen=True, eq=False)
class Preferences:
    """Who goes first where.

    Attributes:
        by_code: The order of units by code of a place.
        codes: Codes of the village of each node, and of its district; empty outside.
    """

    by_code: Mapping[str, Ranks]
    codes: tuple[tuple[str, str], ...]

    def of(self, place: Place) -> Ranks:
        """Return the order for a place: its own, else that of its village, else of its district; else none."""
        for code in (place.code, *self.codes[place.node]):
            if code in self.by_code:
                return self.by_code[code]
        return {}


def preferences(strategy: str, dispatch: Dispatch, units: Sequence[UnitSpec], gazetteer: Gazetteer) -> Preferences:
    """Resolve the table of a strategy; where its rule has none the result prefers nobody.

    Args:
        strategy: Its name, for errors.
        dispatch: Its rule of dispatch.
        units: Its units.
        gazetteer: The names of the place.

    Raises:
        UserError: For a place or a unit that is not there, a place or unit named twice, or a unit that never leaves.
    """
    table = dispatch.preference if isinstance(dispatch, FixedPreference) else {}
    setting = _("strategy '{name}': {setting}").format(name=strategy, setting="dispatch.preference")
    by_code: dict[str, Ranks] = {}
    for name, order in table.items():
        place = gazetteer.find(name, setting, _PLACES)
        if place.code in by_code:
            raise UserError(
                _("{setting}: {name} names a place that has an order already ({code})").format(
                    setting=setting, name=quoted(name), code=place.code
                )
            )
        by_code[place.code] = _ranks(order, f"{setting}[{name}]", units, gazetteer)
    region = gazetteer.region
    districts = [region.districts[n.district].code if n.district is not None else "" for n in region.nodes]
    return Preferences(by_code, tuple(zip((node.code for node in region.nodes), districts, strict=True)))


def _ranks(order: Sequence[str], setting: str, units: Sequence[UnitSpec], gazetteer: Gazetteer) -> Ranks:
    ranks: dict[int, int] = {}
    for name in order:
        found = _meant(name, setting, units, gazetteer)
        if any(unit in ranks for unit in found):
            raise UserError(_("{setting}: {name} is named twice").format(setting=setting, name=quoted(name)))
        for unit in found:
            ranks[unit] = len(ranks)
    return ranks


def _meant(name: str, setting: str, units: Sequence[UnitSpec], gazetteer: Gazetteer) -> list[int]:
    """Return the unit of this name, or all that wait at the base of this name and can be sent."""
    named = [i for i, unit in enumerate(units) if unit.name == name]
    if named:
        if units[named[0]].stays:
            raise UserError(_("{setting}: {name} never leaves its place").format(setting=setting, name=quoted(name)))
        return named
    bases = {base.code for base in gazetteer.region.bases if name in (base.code, base.name)}
    waiting = [i for i, unit in enumerate(units) if unit.base in bases and not unit.stays]
    if bases and not waiting:
        raise UserError(
            _("{setting}: nobody who can be sent waits at {name} under this strategy").format(
                setting=setting, name=quoted(name)
            )
        )
    if not waiting:
        known = [unit.name for unit in units if not unit.stays] + [unit.base for unit in units if unit.base]
        raise UserError(
            _("{setting}: unknown unit or base {name}; {hint}").format(
                setting=setting, name=quoted(name), hint=nearest(name, known)
            )
        )
    return waiting
