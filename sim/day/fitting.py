"""Packaged plans and scenarios in a region of one's own: which of them fit, and what is said of those that do not.

A plan fits where every base that it names is there, and the region has the people that it spends. A scenario fits where
every place that it names is there. Nothing is asked of what the user has written: that is right or a mistake of his.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sim.config.choices import choices
from sim.config.compose import load
from sim.config.origin import PACKAGED_ONLY
from sim.config.scenario import Scenario
from sim.config.source import read_yaml
from sim.config.strategy import StrategySettings
from sim.config.titles import strategy_names
from sim.day.world import World, prepare
from sim.errors import SeveralMistakes, UserError
from sim.region.gazetteer import Gazetteer
from sim.region.load import load_region
from sim.region.travel import RoadNetwork
from sim.response.deploy.deployment import walk_over
from sim.response.plan import plan_response
from sim.text import squeezed
from sim.words import own_region as words
from sim.words import places
from sim.words.language import gettext as _

_LONGEST_REASON = 160
"""Characters of why a plan does not fit; the whole is said when it is asked for by name."""
_SCRIPT = ("incidents", "conditions", "closures", "slow_stretches", "troubles")
_PLACES = ("place", "among", "between", "area", "station")
"""Settings of a script that name a place."""


def fitting(scenario: Scenario) -> Scenario:
    """Return a scenario without the packaged strategies that nobody asked for and that do not fit its region.

    In a packaged region it is the scenario itself. A remark says what is left out, and why.

    Args:
        scenario: The scenario, as it was composed.

    Raises:
        UserError: When a packaged strategy that was asked for does not fit (with those that do), when none does, or
            when the packaged script names places that the region does not have (with scenarios that fit any region);
            and for whatever else is wrong in the scenario with its region.
    """
    origin = scenario.origin
    if not origin.own_region:
        return scenario
    packaged = [one for one in scenario.strategies if one.name in origin.packaged_strategies]
    unfit = _unfit(scenario, packaged)
    title = scenario.region.title
    if unfit and origin.default_strategies:
        kept = tuple(one for one in scenario.strategies if one.name not in unfit)
        if not kept:
            raise SeveralMistakes([words.NONE_FITS.format(region=title), *_reasons(unfit, words.NONE_OF, title)])
        left_out = _reasons(unfit, words.LEFT_OUT, title)
        scenario = scenario.model_copy(update={"strategies": kept}).remarked([*scenario.remarks, *left_out])
    elif unfit:
        raise SeveralMistakes([*(line for lines in unfit.values() for line in lines), _fit_instead(scenario)])
    try:
        prepare(scenario)
    except UserError as error:
        raise _with_scenarios(error, scenario) from error
    return scenario.model_copy().come_from(PACKAGED_ONLY)


def prepare_fitting(scenario: Scenario) -> World:
    """Make a scenario ready to play, in a region of one's own without the packaged strategies that do not fit it.

    Raises:
        UserError: As :func:`fitting`.
    """
    return prepare(fitting(scenario))


def _unfit(scenario: Scenario, strategies: Iterable[StrategySettings]) -> dict[str, list[str]]:
    """Return what is wrong with each strategy that does not fit; what is wrong under all of them is no strategy's."""
    region = load_region(scenario.region)
    names = Gazetteer(region)
    night = scenario.response.night.speed_factor
    network = RoadNetwork(
        region, scenario.region.speed_kmh, scenario.weather.speed_factor, scenario.response.vehicles, night
    )
    walk = walk_over(region, network)
    found: dict[str, list[str]] = {}
    for one in strategies:
        try:
            plan_response(one, scenario, names, network, walk)
        except UserError as error:
            lines = error.lines if isinstance(error, SeveralMistakes) else (str(error),)
            own = [line for line in lines if line.startswith(_strategy(one.name))]
            if own:
                found[one.name] = own
    return found


def _reasons(unfit: Mapping[str, list[str]], form: str, region: str) -> list[str]:
    """Return a line for each strategy that does not fit, with the first reason."""
    lines = []
    for name, why in unfit.items():
        reason = why[0].removeprefix(_strategy(name)).lstrip(": ").partition(" (")[0]
        for hint in (_("did you mean '{name}'?"), places.DID_YOU_MEAN, "'simulate"):
            reason = reason.partition("; " + hint.partition("'{")[0])[0]
        lines.append(form.format(name=name, region=region, reason=squeezed(reason, _LONGEST_REASON)))
    return lines


def _strategy(name: str) -> str:
    """Return the words with which an error about a strategy begins."""
    return _("strategy '{name}'").format(name=name)


def strategies_that_fit(scenario: Scenario) -> tuple[str, ...]:
    """Return the names of the packaged strategies that fit a scenario's region."""
    packaged = load("calm_day", [f"strategy={','.join(strategy_names())}"]).strategies
    unfit = _unfit(scenario, packaged)
    return tuple(one.name for one in packaged if one.name not in unfit)


def _fit_instead(scenario: Scenario) -> str:
    """Return the sentence about the packaged strategies that fit."""
    fit = strategies_that_fit(scenario)
    form = words.FITTING if fit else words.NO_FITTING
    return form.format(region=scenario.region.title, names=", ".join(fit))


def _with_scenarios(error: UserError, scenario: Scenario) -> UserError:
    """Return an error about places of a packaged script with the scenarios that fit; any other as it is."""
    lines = error.lines if isinstance(error, SeveralMistakes) else (str(error),)
    of_places = any(line.startswith(tuple(f"{part}[" for part in _SCRIPT)) for line in lines)
    if not scenario.origin.packaged_scenario or not of_places:
        return error
    fit = ", ".join(scenarios_without_places())
    return SeveralMistakes([*lines, words.SCENARIO.format(name=scenario.name, fitting=fit)])


def scenarios_without_places() -> list[str]:
    """Return the packaged scenarios that name no place, and so fit every region."""
    return [name for name, file in choices("scenario").items() if not _names_places(read_yaml(file))]


def _names_places(settings: Mapping[str, object]) -> bool:
    items = [one for part in _SCRIPT if isinstance(listed := settings.get(part), list) for one in listed]
    return any(isinstance(one, dict) and any(name in one for name in _PLACES) for one in items)
