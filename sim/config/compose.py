"""From names and overrides to one frozen scenario: Hydra composes, pydantic validates, once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from hydra.core.override_parser.types import Override, OverrideType
from hydra.errors import HydraException
from omegaconf.errors import OmegaConfBaseException
from pydantic import ValidationError

from sim.config.choices import choices, refuse_odd_name, unknown_choice
from sim.config.fields import is_plain_name
from sim.config.loader import Composition
from sim.config.override import CHOSEN, HYDRA, read_overrides, shown_override, sweeps
from sim.config.packaged import GROUPS, KINDS
from sim.config.reach import CONTEXT, Reach, texts
from sim.config.scalars import written_yaml
from sim.config.scenario import MOST_STRATEGIES, Scenario
from sim.config.source import read_yaml
from sim.errors import UserError, nearest, shortened

DEFAULT_SCENARIO = "riot_kecamatan3"


def scenario_names(folder: Path | None = None) -> dict[str, str]:
    """Return the scenarios that can be played, with their titles."""
    return _titles("scenario", folder)


def strategy_names(folder: Path | None = None) -> dict[str, str]:
    """Return the strategies that can be compared, with their titles."""
    return _titles("strategy", folder)


def _titles(group: str, folder: Path | None) -> dict[str, str]:
    return {name: str(read_yaml(file).get("title", "")) for name, file in choices(group, folder).items()}


def _split(overrides: Sequence[str]) -> tuple[list[str], list[str] | None]:
    """Take ``strategy=a,b`` out of the overrides: it is the list to compare, not a sweep.

    What else is chosen by a name is put in quotes where it reads as a number or a truth value: ``scenario=2024``.
    """
    kept: list[str] = []
    compared: list[str] | None = None
    for text, override in zip(overrides, read_overrides(overrides), strict=True):
        if override.key_or_group == "strategy":
            compared = [part.strip() for part in text.partition("=")[2].split(",") if part.strip()]
        else:
            kept.append(_in_quotes(text, override))
    return kept, compared


def _in_quotes(text: str, override: Override) -> str:
    key, _, name = text.partition("=")
    is_name = key in CHOSEN and not override.is_sweep_override() and is_plain_name(name)
    return f"{key}='{name}'" if is_name and not isinstance(override.value(), str) else text


def expand(overrides: Sequence[str]) -> list[list[str]]:
    """Expand comma sweeps (``weather=dry,heavy_rain``) with Hydra's own parser into one list for each run.

    ``strategy=a,b`` is no sweep: strategies are compared inside one run, on the same days.

    Raises:
        UserError: When an override cannot be read, or the sweep makes too many runs.
    """
    kept, compared = _split(overrides)
    strategies = [f"strategy={','.join(compared)}"] if compared is not None else []
    return [[*run, *strategies] for run in sweeps(kept)]


def _check_choices(overrides: Sequence[str], folder: Path | None) -> None:
    """Refuse an unknown choice of a group before Hydra does, with the nearest name."""
    for text, override in zip(overrides, read_overrides(overrides), strict=True):
        group, value = override.key_or_group, override.value()
        if group in CHOSEN and not override.is_sweep_override():
            known = choices(group, folder)
            if override.is_delete():
                raise UserError(f"override '{text}': a {group} is needed; {nearest('', known)}")
            written = value if isinstance(value, str) else text.partition("=")[2]
            if not isinstance(value, str) or value not in known:
                raise unknown_choice(group, written, folder)
            if override.is_add() or override.is_force_add():
                raise UserError(f"override '{text}': there is a {group} already; another one is {group}={value}")


@contextmanager
def _composing(overrides: Sequence[str], folder: Path | None) -> Iterator[Composition]:
    """Compose, alone among all threads; what Hydra cannot put together is explained."""
    _check_choices(overrides, folder)
    kinds = {name: read_yaml(file) for name, file in choices(KINDS, folder).items()}
    try:
        with HYDRA:
            yield Composition(read_overrides(_forced(overrides)), folder, {KINDS: kinds})
    except (HydraException, OmegaConfBaseException, ValueError, TypeError) as error:  # it raises plain ones, too
        from sim.config.explain import explain_hydra  # read only where something is wrong

        file = choices("scenario", folder)[_scenario_name(overrides)]
        read = zip(overrides, read_overrides(overrides), strict=True)
        pieces = {f"override '{shown_override(text)}'": _alone(override) for text, override in read}
        raise explain_hydra(error, {**pieces, str(file): read_yaml(file)}, file) from error


def _alone(override: Override) -> dict[str, Any]:
    """Return what an override sets as plain data, an item of a list in a list of its own."""
    if override.key_or_group in CHOSEN or override.is_delete() or override.is_sweep_override():
        return {}
    value: Any = override.value()
    for key in reversed(override.key_or_group.split(".")):
        value = [value] if key.isdigit() else {key: value}
    return value if isinstance(value, dict) else {}


def _forced(overrides: Sequence[str]) -> list[str]:
    """Let overrides of settings add their key too (``++``): whether it exists is for the schema to say, not for Hydra.

    A key that has a default in the schema may be missing in the packaged files, and can be set all the same.
    """
    plain = [o.type is OverrideType.CHANGE and o.key_or_group not in CHOSEN for o in read_overrides(overrides)]
    return [f"++{text}" if add else text for text, add in zip(overrides, plain, strict=True)]


def _scenario_name(overrides: Sequence[str]) -> str:
    named = [o.value() for o in read_overrides(overrides) if o.key_or_group == "scenario"]
    return str(named[-1]) if named else DEFAULT_SCENARIO


def _composed(overrides: Sequence[str], folder: Path | None) -> dict[str, Any]:
    """Compose the whole: the scenario with every strategy it compares in full."""
    return _with_choices(overrides, folder)[0]


def _with_choices(overrides: Sequence[str], folder: Path | None) -> tuple[dict[str, Any], dict[str, str | None]]:
    """Compose the whole, and say what is chosen of each group."""
    kept, compared = _split(overrides)
    with _composing(kept, folder) as composition:
        data = composition.whole()
        names = _compared(compared if compared is not None else data.get("strategies"), folder)
        strategies = [_called(name, composition.strategy(name), folder) for name in names]
    data.pop("strategy")
    data |= {KINDS: data.pop(KINDS)} if KINDS in data else {}  # the longest part last
    return {"name": _scenario_name(kept), **data, "strategies": strategies}, composition.choices


def _called(name: str, settings: dict[str, Any], folder: Path | None) -> dict[str, Any]:
    """Return a strategy's settings with its name, which is that of its file."""
    if settings.get("name", name) != name:
        file = choices("strategy", folder)[name]
        raise UserError(f"{file}: name: a strategy is called by its file, '{name}'; leave the name out")
    return {"name": name, **settings}


def _compared(names: Any, folder: Path | None) -> list[str]:
    """Return the strategies to compare; refused is what is no list, or names one twice or one that there is not."""
    if not isinstance(names, list) or not names:
        written = shortened(repr(names))
        raise UserError(f"strategies: a list of names is needed, such as [minimum_pattern], not {written}")
    if len(names) > MOST_STRATEGIES:
        raise UserError(f"strategies: at most {MOST_STRATEGIES} are compared, not {len(names):,}")
    known = choices("strategy", folder)
    for name in names:
        if names.count(name) > 1:
            raise UserError(f"strategies: '{name}' is named twice")
        if not isinstance(name, str) or name not in known:
            raise unknown_choice("strategy", str(name), folder)
    return names


def _chosen(names: Mapping[str, str | None], folder: Path | None, strategies: list[dict[str, Any]]) -> dict[str, Path]:
    """Return the file of each group's choice, each strategy (``strategy/NAME``) and each kind (``kinds/NAME``)."""
    wanted = [(group, group, names.get(group)) for group in GROUPS]
    wanted += [(f"strategy/{one['name']}", "strategy", str(one["name"])) for one in strategies]
    chosen = {key: file for key, group, name in wanted if (file := choices(group, folder).get(name or ""))}
    return chosen | {f"{KINDS}/{name}": file for name, file in choices(KINDS, folder).items()}


def composed_yaml(overrides: Sequence[str] = (), folder: Path | None = None) -> str:
    """Return, as YAML, the configuration that these overrides would run.

    Raises:
        UserError: For an unknown name or key, or an override that cannot be read.
    """
    return written_yaml(_composed(overrides, folder))


def load(scenario: str | None = None, overrides: Sequence[str] = (), folder: Path | str | None = None) -> Scenario:
    """Compose and validate one scenario.

    Args:
        scenario: Name of a scenario; the default is ``riot_kecamatan3``, or the override ``scenario=NAME``.
        overrides: Hydra overrides, such as ``run.replications=20`` or ``weather=heavy_rain``.
        folder: A folder of one's own scenarios, found before the packaged ones.

    Raises:
        UserError: For every mistake in names, keys or values, naming the setting and where it was set.
    """
    path = Path(folder) if folder is not None else None
    if scenario is not None and not is_plain_name(scenario):
        raise unknown_choice("scenario", scenario, path)
    everything = [*([f"scenario='{scenario}'"] if scenario is not None else []), *overrides]
    data, names = _with_choices(everything, path)
    try:
        return Scenario.model_validate(data, context={CONTEXT: _reach(everything, data, path)})
    except ValidationError as error:
        from sim.config.explain import explain_validation

        kept = _split(everything)[0]
        file = choices("scenario", path)[_scenario_name(kept)]
        raise explain_validation(error, data, kept, file, _chosen(names, path, data["strategies"])) from error


def _reach(overrides: Sequence[str], data: dict[str, Any], folder: Path | None) -> Reach:
    """Return what settings may name: files beside the scenario, and whatever the user typed himself."""
    typed = frozenset(text for override in read_overrides(overrides) for text in texts(override.value()))
    region = data["region"].get("path") if isinstance(data.get("region"), dict) else None
    return Reach(folder, typed, region if isinstance(region, str) else "")


def check_file(path: Path | str) -> Scenario:
    """Validate one scenario file, wherever it is, and return its scenario.

    Raises:
        UserError: When the file or anything in it is wrong.
    """
    file = Path(path)
    if not file.exists():
        raise UserError(f"'{file}': there is no such file")
    if file.suffix != ".yaml":
        raise UserError(f"'{file}': a scenario file ends in .yaml")
    refuse_odd_name(file)
    read_yaml(file)  # what cannot be read is said of it, whatever else its folder holds
    return load(file.stem, folder=file.parent)
