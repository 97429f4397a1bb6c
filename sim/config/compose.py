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

from sim.config.explain import explain_hydra, explain_validation
from sim.config.loader import HYDRA, Composition
from sim.config.overrides import parse, sweeps
from sim.config.packaged import CONF, GROUPS, KINDS, SCENARIOS
from sim.config.scalars import written_yaml
from sim.config.scenario import Scenario
from sim.config.source import read_yaml
from sim.errors import UserError, nearest

DEFAULT_SCENARIO = "riot_kecamatan3"


def choices(group: str, folder: Path | None = None) -> dict[str, Path]:
    """Return the names of a group and their files; the user's folder wins over the packaged one."""
    packaged = SCENARIOS if group == "scenario" else CONF / group
    found = {file.stem: file for file in sorted(packaged.glob("*.yaml"))}
    if folder is not None:
        own = folder if group == "scenario" else folder / group
        found |= {file.stem: file for file in sorted(own.glob("*.yaml"))}
    return found


def scenario_names(folder: Path | None = None) -> dict[str, str]:
    """Return the scenarios that can be played, with their titles."""
    return {name: str(read_yaml(file).get("title", "")) for name, file in choices("scenario", folder).items()}


def strategy_names(folder: Path | None = None) -> dict[str, str]:
    """Return the strategies that can be compared, with their titles."""
    return {name: str(read_yaml(file).get("title", "")) for name, file in choices("strategy", folder).items()}


def _split(overrides: Sequence[str]) -> tuple[list[str], list[str] | None]:
    """Take ``strategy=a,b`` out of the overrides: it is the list to compare, not a sweep."""
    kept: list[str] = []
    compared: list[str] | None = None
    for text, override in zip(overrides, parse(overrides), strict=True):
        if override.key_or_group == "strategy":
            compared = [part.strip() for part in text.partition("=")[2].split(",") if part.strip()]
        else:
            kept.append(text)
    return kept, compared


def expand(overrides: Sequence[str]) -> list[list[str]]:
    """Expand comma sweeps (``weather=dry,heavy_rain``) with Hydra's own parser into one list for each run.

    ``strategy=a,b`` is no sweep: strategies are compared inside one run, on the same days.

    Raises:
        UserError: When an override cannot be read.
    """
    kept, compared = _split(overrides)
    strategies = [f"strategy={','.join(compared)}"] if compared is not None else []
    return [[*run, *strategies] for run in sweeps(kept)]


def _check_choices(overrides: Sequence[str], folder: Path | None) -> None:
    """Refuse an unknown choice of a group before Hydra does, with the nearest name."""
    for text, override in zip(overrides, parse(overrides), strict=True):
        group, value = override.key_or_group, override.value()
        if group in ("scenario", *GROUPS) and not override.is_sweep_override():
            known = choices(group, folder)
            if override.is_delete():
                raise UserError(f"override '{text}': a {group} is needed; {nearest('', known)}")
            if not isinstance(value, str) or value not in known:
                written = value if isinstance(value, str) else text.partition("=")[2]
                raise UserError(f"unknown {group} '{written}'; {nearest(written, known)}")


@contextmanager
def _composing(overrides: Sequence[str], folder: Path | None) -> Iterator[Composition]:
    """Compose, alone among all threads; what Hydra cannot put together is explained."""
    _check_choices(overrides, folder)
    kinds = {name: read_yaml(file) for name, file in choices(KINDS, folder).items()}
    try:
        with HYDRA:
            yield Composition(parse(_forced(overrides)), folder, {KINDS: kinds})
    except (HydraException, OmegaConfBaseException, ValueError, TypeError) as error:  # it raises plain ones, too
        file = choices("scenario", folder)[_scenario_name(overrides)]
        pieces = {f"override '{text}'": _alone(o) for text, o in zip(overrides, parse(overrides), strict=True)}
        raise explain_hydra(error, {**pieces, str(file): read_yaml(file)}, file) from error


def _alone(override: Override) -> dict[str, Any]:
    """Return what an override sets as plain data, an item of a list in a list of its own."""
    if override.key_or_group in ("scenario", *GROUPS) or override.is_delete() or override.is_sweep_override():
        return {}
    value: Any = override.value()
    for key in reversed(override.key_or_group.split(".")):
        value = [value] if key.isdigit() else {key: value}
    return value if isinstance(value, dict) else {}


def _forced(overrides: Sequence[str]) -> list[str]:
    """Let overrides of settings add their key too (``++``): whether it exists is for the schema to say, not for Hydra.

    A key that has a default in the schema may be missing in the packaged files, and can be set all the same.
    """
    groups = ("scenario", *GROUPS)
    plain = [o.type is OverrideType.CHANGE and o.key_or_group not in groups for o in parse(overrides)]
    return [f"++{text}" if add else text for text, add in zip(overrides, plain, strict=True)]


def _scenario_name(overrides: Sequence[str]) -> str:
    named = [o.value() for o in parse(overrides) if o.key_or_group == "scenario"]
    return str(named[-1]) if named else DEFAULT_SCENARIO


def _composed(overrides: Sequence[str], folder: Path | None) -> dict[str, Any]:
    """Compose the whole: the scenario with every strategy it compares in full."""
    return _with_choices(overrides, folder)[0]


def _with_choices(overrides: Sequence[str], folder: Path | None) -> tuple[dict[str, Any], dict[str, str | None]]:
    """Compose the whole, and say what is chosen of each group."""
    if folder is not None and not folder.is_dir():
        raise UserError(f"scenarios folder '{folder}': there is no such folder")
    kept, compared = _split(overrides)
    with _composing(kept, folder) as composition:
        data = composition.whole()
        names = _compared(compared if compared is not None else data.get("strategies"), folder)
        strategies = [_called(name, composition.strategy(name), folder) for name in names]
    data.pop("strategy")
    data |= {KINDS: data.pop(KINDS)} if KINDS in data else {}  # the longest part last
    return {"name": _scenario_name(overrides), **data, "strategies": strategies}, composition.choices


def _called(name: str, settings: dict[str, Any], folder: Path | None) -> dict[str, Any]:
    """Return a strategy's settings with its name, which is that of its file."""
    if settings.get("name", name) != name:
        file = choices("strategy", folder)[name]
        raise UserError(f"{file}: name: a strategy is called by its file, '{name}'; leave the name out")
    return {"name": name, **settings}


def _compared(names: Any, folder: Path | None) -> list[str]:
    """Return the strategies to compare; refused is what is no list, or names one twice or one that there is not."""
    if not isinstance(names, list) or not names:
        raise UserError(f"strategies: a list of names is needed, such as [minimum_pattern], not {names!r}")
    known = choices("strategy", folder)
    for name in names:
        if names.count(name) > 1:
            raise UserError(f"strategies: '{name}' is named twice")
        if not isinstance(name, str) or name not in known:
            raise UserError(f"unknown strategy '{name}'; {nearest(str(name), known)}")
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
    everything = [*([f"scenario={scenario}"] if scenario is not None else []), *overrides]
    data, names = _with_choices(everything, path)
    try:
        return Scenario.model_validate(data, context={"folder": path})
    except ValidationError as error:
        kept, file = _split(everything)[0], choices("scenario", path)[_scenario_name(everything)]
        raise explain_validation(error, data, kept, file, _chosen(names, path, data["strategies"])) from error


def check_file(path: Path | str) -> Scenario:
    """Validate one scenario file, wherever it is, and return its scenario.

    Raises:
        UserError: When the file or anything in it is wrong.
    """
    file = Path(path)
    if not file.is_file():
        raise UserError(f"'{file}': there is no such file")
    if file.suffix != ".yaml":
        raise UserError(f"'{file}': a scenario file ends in .yaml")
    return load(file.stem, folder=file.parent)
