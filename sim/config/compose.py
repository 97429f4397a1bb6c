"""From names and overrides to one frozen scenario: Hydra composes, pydantic validates, once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hydra.core.override_parser.types import Override, OverrideType
from hydra.errors import HydraException
from omegaconf.errors import OmegaConfBaseException
from pydantic import ValidationError

from sim.config.choices import choices, is_users, refuse_odd_name, unknown_choice
from sim.config.compared import compared_strategies
from sim.config.evacuation import EvacuationSettings
from sim.config.fields import Settings, as_in_schema, is_plain_name
from sim.config.loader import Composition
from sim.config.numbers import ALL, Numbers
from sim.config.numbers import CONTEXT as NUMBERS
from sim.config.origin import PACKAGED_ONLY, Origin
from sim.config.override import CHOSEN, HYDRA, read_overrides, shown_override, sweeps
from sim.config.own_kinds import KindFiles, left_out, read_kinds, without
from sim.config.own_plans import with_plans
from sim.config.own_region import OwnRegion, own_region
from sim.config.packaged import GROUPS, KINDS
from sim.config.reach import CONTEXT, Reach, texts
from sim.config.region_parts import REGION
from sim.config.response import ResponseSettings
from sim.config.scalars import written_yaml
from sim.config.scenario import Scenario
from sim.config.source import read_yaml
from sim.errors import UserError, nearest
from sim.words.language import gettext as _

_SHARED: dict[str, type[Settings]] = {"response": ResponseSettings, "evacuation": EvacuationSettings}
"""Groups of which a part belongs to the region: it is set before the rest, and yet stands where it belongs."""
DEFAULT_SCENARIO = "riot_kecamatan3"


@dataclass(frozen=True)
class Composed:
    """Settings that are put together and not yet validated.

    Attributes:
        data: The settings.
        overrides: The overrides in force.
        folder: The user's folder of scenarios.
        names: What is chosen of each group.
        kinds: What the files of kinds hold.
        files: Files that a group, a strategy (``strategy/NAME``) or a kind (``kinds/NAME``) was taken from by hand.
        typed: Paths that the user typed himself, besides those in overrides.
        origin: What of it was packaged, and what the user's own.
        numbers: How the user counts the items of lists of which some have been left out.
    """

    data: dict[str, Any]
    overrides: Sequence[str]
    folder: Path | None
    names: Mapping[str, str | None]
    kinds: KindFiles
    files: Mapping[str, Path] = field(default_factory=dict)
    typed: frozenset[str] = frozenset()
    origin: Origin = PACKAGED_ONLY
    numbers: Numbers = ALL


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
    key, _equals, name = text.partition("=")
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
                needed = _("override '{override}': a {group} is needed; {hint}")
                raise UserError(needed.format(override=text, group=group, hint=nearest("", known)))
            written = value if isinstance(value, str) else text.partition("=")[2]
            if not isinstance(value, str) or value not in known:
                raise unknown_choice(group, written, folder)
            if override.is_add() or override.is_force_add():
                there = _("override '{override}': there is a {group} already; another one is {group}={value}")
                raise UserError(there.format(override=text, group=group, value=value))


@contextmanager
def _composing(overrides: Sequence[str], folder: Path | None, kinds: KindFiles) -> Iterator[Composition]:
    """Compose, alone among all threads; what Hydra cannot put together is explained."""
    _check_choices(overrides, folder)
    try:
        with HYDRA:
            yield Composition(read_overrides(_forced(overrides)), folder, {KINDS: kinds.settings})
    except (HydraException, OmegaConfBaseException, ValueError, TypeError) as error:  # it raises plain ones, too
        from sim.config.explain import explain_hydra  # read only where something is wrong

        file = choices("scenario", folder)[_scenario_name(overrides)]
        read = zip(overrides, read_overrides(overrides), strict=True)
        pieces = {
            _("override '{override}'").format(override=shown_override(text)): _alone(override)
            for text, override in read
        }
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
    return composed(overrides, folder).data


def composed(overrides: Sequence[str], folder: Path | None = None) -> Composed:
    """Put settings together; the arguments are those of :func:`load`.

    Raises:
        UserError: For an unknown name, or an override that cannot be read.
    """
    kept, compared = _split(overrides)
    kinds = read_kinds(folder)
    own: OwnRegion | None = None
    with _composing(kept, folder, kinds) as composition:
        own = _own_region(composition.group(REGION), kept, folder)
        if own is not None:
            _place_region(own, composition, folder)
        data = composition.whole()
        if own is not None:
            own.refuse_without_forces(data[REGION])
        names = compared_strategies(compared if compared is not None else data.get("strategies"), folder)
        files = choices("strategy", folder)
        strategies = [called(name, composition.strategy(name), files[name]) for name in names]
    data.pop("strategy")
    data |= {KINDS: data.pop(KINDS)} if KINDS in data else {}  # the longest part last
    whole = {"name": _scenario_name(kept), **_in_order(data), "strategies": strategies}
    return Composed(
        whole, overrides, folder, composition.choices, kinds, _region_files(own, composition.choices, folder),
        origin=_origin(own, kept, compared, names, folder),
    )  # fmt: skip


def _own_region(group: Any, overrides: Sequence[str], folder: Path | None) -> OwnRegion | None:
    """Return the region of one's own that the settings of the region lead to, if they do."""
    path = group.get("path") if isinstance(group, dict) else None
    typed = frozenset(text for override in read_overrides(overrides) for text in _texts_of(override))
    return own_region(path, Reach(folder, typed, path if isinstance(path, str) else ""))


def _place_region(own: OwnRegion, composition: Composition, folder: Path | None) -> None:
    """Let a region of one's own take the place of the packaged one; a file of the user's that names it comes on top."""
    if is_users(REGION, str(composition.choices.get(REGION)), folder):
        composition.put_below_region(own.layers)
    else:
        composition.put_region(own.layers)


def _region_files(own: OwnRegion | None, names: Mapping[str, str | None], folder: Path | None) -> dict[str, Path]:
    """Return the file that messages blame for what a region of one's own sets."""
    if own is None or not own.file.exists() or is_users(REGION, str(names.get(REGION)), folder):
        return {}
    return {REGION: own.file}


def _origin(
    own: OwnRegion | None,
    kept: Sequence[str],
    compared: Sequence[str] | None,
    names: Sequence[str],
    folder: Path | None,
) -> Origin:
    """Say what of a composition was packaged; only where the region is not is it asked for."""
    if own is None:
        return PACKAGED_ONLY
    scenario = _scenario_name(kept)
    packaged = not is_users("scenario", scenario, folder)
    listed = packaged or "strategies" not in read_yaml(choices("scenario", folder)[scenario])
    typed = any(override.key_or_group.partition(".")[0] == "strategies" for override in read_overrides(kept))
    return Origin(
        own_region=True,
        packaged_scenario=packaged,
        packaged_strategies=frozenset(name for name in names if not is_users("strategy", name, folder)),
        default_strategies=compared is None and listed and not typed,
    )


def _in_order(data: dict[str, Any]) -> dict[str, Any]:
    """Return settings with the groups in the order of ``conf/config.yaml``, whichever file has set something first."""
    rest = {name: value for name, value in data.items() if name not in GROUPS and name != KINDS}
    last = {name: data[name] for name in (*GROUPS, KINDS) if name in data}
    return rest | last | {name: as_in_schema(last[name], model) for name, model in _SHARED.items() if name in last}


def called(name: str, settings: dict[str, Any], file: Path) -> dict[str, Any]:
    """Return a strategy's settings with its name, which is that of its file.

    Raises:
        UserError: When it has another.
    """
    if settings.get("name", name) != name:
        raise UserError(
            _("{file}: name: a strategy is called by its file, '{name}'; leave the name out").format(
                file=file, name=name
            )
        )
    return {"name": name, **settings}


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
    return validated(composed(everything, path))


def validated(settings: Composed) -> Scenario:
    """Turn composed settings into a scenario; of the user's broken kinds those that nothing asks for are left out.

    Raises:
        UserError: For every mistake in keys or values, naming the setting and where it was set.
    """
    folder, kinds = settings.folder, settings.kinds
    remarks = kinds.without_unreadable(settings.data)
    plans = with_plans(settings.data, folder, kinds)
    data = plans.data
    remarks += plans.remarks
    context = {CONTEXT: _reach(settings), NUMBERS: settings.numbers}
    try:
        return Scenario.model_validate(data, context=context).remarked(remarks, plans.names).come_from(settings.origin)
    except ValidationError as error:
        from sim.config.explain import explain_kinds, explain_validation  # read only where something is wrong

        kept = _split(settings.overrides)[0]
        file = choices("scenario", folder)[_scenario_name(kept)]
        chosen = {**_chosen(settings.names, folder, data["strategies"]), **plans.files, **settings.files}
        spared = kinds.spared(error, data)
        if not spared:
            raise explain_validation(error, data, kept, file, chosen, settings.numbers) from error
        why = explain_kinds(error, spared, data, kept, file, chosen)
    rest = without(data, spared)
    remarks += [left_out(name, text) for name, text in why.items()]
    try:
        return Scenario.model_validate(rest, context=context).remarked(remarks, plans.names).come_from(settings.origin)
    except ValidationError as error:
        raise explain_validation(error, rest, kept, file, chosen, settings.numbers) from error


def _reach(settings: Composed) -> Reach:
    """Return what settings may name: files beside the scenario, and whatever the user typed himself."""
    typed = settings.typed | {text for one in read_overrides(settings.overrides) for text in _texts_of(one)}
    group = settings.data.get("region")
    region = group.get("path") if isinstance(group, dict) else None
    return Reach(settings.folder, typed, region if isinstance(region, str) else "")


def _texts_of(override: Override) -> Iterator[str]:
    """Give every text that somebody typed as the value of an override."""
    return texts(override.value())


def refuse_no_settings(file: Path, what: str) -> None:
    """Refuse a file that is none, or whose name is not one of a file of settings.

    Args:
        file: The file.
        what: What it should be.

    Raises:
        UserError: When the file is not there, or has a name that cannot be chosen.
    """
    if not file.exists():
        raise UserError(_("'{file}': there is no such file").format(file=file))
    if file.suffix != ".yaml":
        raise UserError(_("'{file}': a {what} file ends in .yaml").format(file=file, what=what))
    refuse_odd_name(file)


def composed_file(path: Path | str, overrides: Sequence[str] = ()) -> Composed:
    """Compose one scenario file, wherever it is, with further settings.

    Raises:
        UserError: When it is no file of settings, or cannot be read.
    """
    file = Path(path)
    refuse_no_settings(file, "scenario")
    read_yaml(file)  # what cannot be read is said of it, whatever else its folder holds
    if not is_plain_name(file.stem):
        raise unknown_choice("scenario", file.stem, file.parent)
    return composed([f"scenario='{file.stem}'", *overrides], file.parent)


def check_file(path: Path | str) -> Scenario:
    """Validate one scenario file, wherever it is, and return its scenario.

    Raises:
        UserError: When the file or anything in it is wrong.
    """
    return validated(composed_file(path))
