"""The rule of dispatch: the day's own rules, named or set in full, and orders of preference."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from sim.alone.given import index_of, items_of, known_keys
from sim.alone.team import Team
from sim.config.dispatch import Covering, Dispatch, DispatchRule, FixedPreference, Nearest, Rules
from sim.errors import UserError, nearest, quoted, shortened
from sim.words.language import gettext as _
from sim.words.language import marked

Ranks = Mapping[int, int]
"""The number of each unit in an order of preference, from 0."""
_RULES: TypeAdapter[Dispatch] = TypeAdapter(Dispatch)
_NO_GUARDS = {"take_guards_from": None, "guards_within_minutes": 1.0}
"""What every rule must say of guards; alone there are none, and nothing reads it."""
_ONE_UNIT = {name: None for name in Rules.model_fields if name not in _NO_GUARDS}
"""What sends one unit beside another, or instead of it: alone a call has one unit and keeps it."""
_NEAREST = Nearest(policy=DispatchRule.NEAREST, **_NO_GUARDS, **_ONE_UNIT)


def covering(rule: Dispatch) -> bool:
    """Return whether a rule looks at expected coverage."""
    return isinstance(rule, Covering)


def rule_of(given: Any, preference: Any, places: Sequence[str], units: Sequence[str]) -> Dispatch:
    """Return the rule of dispatch.

    Args:
        given: Its name, its settings with ``policy``, or the settings of a strategy; None: by preference where there
            are orders, else the nearest.
        preference: Orders of units, one a place, or by name of the place; None: there are none.
        places: Names of the places.
        units: Names of the units.

    Raises:
        UserError: For an unknown rule, missing or unknown settings, an order that names a missing unit or place, and
            orders for a rule that reads none.
    """
    if isinstance(given, Rules):
        if preference is not None:
            whole = _("preference: the settings of {policy} are given whole, with any orders in them")
            raise UserError(whole.format(policy=given.policy))  # type: ignore[attr-defined]
        return _alone(given)  # type: ignore[return-value]
    if given is None:
        given = DispatchRule.NEAREST if preference is None else DispatchRule.FIXED_PREFERENCE
    if isinstance(given, str) and given == DispatchRule.NEAREST and preference is None:
        return _NEAREST
    settings = dict(given) if isinstance(given, Mapping) else {"policy": given}
    policy = settings.get("policy")
    if not isinstance(policy, str) or policy not in list(DispatchRule):
        said = shortened(str(policy))
        raise UserError(
            _("dispatch: unknown rule '{name}'; {hint}").format(
                name=said, hint=nearest(said, [str(rule) for rule in DispatchRule])
            )
        )
    settings["policy"] = str(policy)
    if preference is not None:
        if policy != DispatchRule.FIXED_PREFERENCE:
            raise UserError(
                _("preference: only {rule} reads it, not {policy}").format(
                    rule=DispatchRule.FIXED_PREFERENCE, policy=policy
                )
            )
        settings["preference"] = orders_of(preference, places, units)
    elif policy == DispatchRule.FIXED_PREFERENCE and "preference" not in settings:
        raise UserError(_("preference: {policy} needs an order of units for each place").format(policy=policy))
    try:
        rule = _RULES.validate_python({**_NO_GUARDS, **_ONE_UNIT, **settings})
    except ValidationError as error:
        problem = error.errors(include_url=False)[0]
        where = ".".join(map(str, problem["loc"][1:]))
        raise UserError(f"dispatch.{where}: {_said(problem, str(policy))}") from error
    return _alone(rule)


_Any = TypeVar("_Any", bound=Rules)


def _alone(rule: _Any) -> _Any:
    """Return a rule, if all that it says can be done alone; what it does not say itself is left out.

    Raises:
        UserError: For a setting that sends one unit beside another, or instead of it.
    """
    for name in _ONE_UNIT:
        if name in rule.model_fields_set and getattr(rule, name) is not None:
            raise UserError(
                _("dispatch.{name}: alone a call has one unit and keeps it; leave this setting out").format(name=name)
            )
    return rule.model_copy(update=_ONE_UNIT)


def _said(problem: Any, policy: str) -> str:
    """Say what is wrong with a setting of a rule."""
    if problem["type"] == "missing":
        return _("{policy} needs it").format(policy=policy)
    if "known" in problem.get("ctx", {}):
        return _("{policy} has no such setting").format(policy=policy)
    return str(problem["msg"]).removeprefix("Value error, ")


def orders_of(given: Any, places: Sequence[str], units: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Return orders of units by place, by names.

    Raises:
        UserError: For an unknown place or unit, one named twice, or another number of orders than of places.
    """
    if not places:
        raise UserError(_("preference: there are no places to have an order each; give places or rates by place"))
    if isinstance(given, Mapping):
        known_keys("preference", given, places, marked("place"))
        rows = dict(given)
    else:
        orders = items_of("preference", given, marked("orders, one a place,"))
        if len(orders) != len(places):
            raise UserError(
                _("preference: {orders} orders for {places} places").format(orders=len(orders), places=len(places))
            )
        rows = dict(zip(places, orders, strict=True))
    return {place: _order(order, f"preference[{place}]", units) for place, order in rows.items()}


def _order(order: Any, setting: str, units: Sequence[str]) -> tuple[str, ...]:
    found: list[str] = []
    for one in [order] if isinstance(order, str) else items_of(setting, order, marked("units")):
        name = units[index_of(setting, one, units, marked("unit"))]
        if name in found:
            raise UserError(_("{setting}: {name} is named twice").format(setting=setting, name=quoted(name)))
        found.append(name)
    return tuple(found)


def ranks_of(rule: Dispatch, places: Sequence[str], teams: Sequence[Team]) -> tuple[Ranks, ...]:
    """Return for each place the number of each unit in its order; nobody is preferred where there is no order.

    Raises:
        UserError: For an order that names a missing place or unit.
    """
    if not isinstance(rule, FixedPreference):
        return ({},) * len(places)
    names = [team.name for team in teams]
    orders = orders_of(rule.preference, places, names)
    return tuple({names.index(name): k for k, name in enumerate(orders.get(place, ()))} for place in places)
