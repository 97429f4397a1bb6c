"""Plans to evacuate an area beside a user's scenarios, ``evacuation_plan/NAME.yaml``: read where one is asked for.

One rule: a plan is found by its name, which effects and strategies give. A file in the user's folder goes before a
packaged one; what a scenario sets below ``evacuation.areas.NAME`` goes before what the file of that name says. Such
plans stand in the scenario under ``evacuation.areas``, so a run that is stored holds them. A file that nothing asks for
is not read, so whatever is in it blocks nobody.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hydra.errors import HydraException

from sim.config.area_plans import GROUP, plan_in
from sim.config.choices import choices
from sim.config.fields import is_plain_name
from sim.config.merge import merge
from sim.config.own_kinds import KindFiles, left_out, without
from sim.config.packaged import KINDS
from sim.config.source import read_yaml
from sim.errors import UserError, nearest
from sim.files import leads_inside
from sim.words.language import gettext as _

_EVACUATION, _AREAS = "evacuation", "areas"


@dataclass(frozen=True)
class _Asker:
    """Who asks for a plan: a kind of disturbance by its effect, or else a strategy in its place."""

    plan: str
    setting: str
    kind: str | None = None


@dataclass(frozen=True)
class OwnPlans:
    """Settings with the plans that they ask for.

    Attributes:
        data: The settings, with their own plans in full, and without the kinds that are left out.
        remarks: What is left out, and why, a sentence each.
        files: The file of each plan, as ``evacuation_plan/NAME``.
        names: Of all files in the user's folder, whether anything asks for them or not.
    """

    data: dict[str, Any]
    remarks: list[str]
    files: dict[str, Path]
    names: tuple[str, ...]


def with_plans(data: dict[str, Any], folder: Path | None, kinds: KindFiles) -> OwnPlans:
    """Put the plans of a user's folder that settings ask for into them.

    Args:
        data: The settings, not validated.
        folder: The user's folder of scenarios; None: there is none.
        kinds: What the files of kinds hold.

    Raises:
        UserError: For a plan that is asked for and cannot be read or is wrong. A kind of the user's own that asks for
            such a one, or for one that is not there, and that nothing asks for, is left out instead.
    """
    given = _mapping(_mapping(data.get(_EVACUATION)).get(_AREAS))
    askers = list(_askers(data))
    found, files, wrong = dict[str, Any](), dict[str, Path](), dict[str, UserError]()
    for name in dict.fromkeys([*given, *(asker.plan for asker in askers)]):
        try:
            file = _file_of(str(name), folder, packaged=name in given)
            if file is not None:
                plan_in(file)  # what is wrong with it is said of it, before anything is set over it
                found[name], files[f"{GROUP}/{name}"] = _set_over(read_yaml(file), given.get(name)), file
        except UserError as error:
            wrong[name] = error
    names = () if folder is None else tuple(sorted(file.stem for file in (folder / GROUP).glob("*.yaml")))
    known = {*given, *found, *wrong, *choices(GROUP)}
    missing = {asker.plan: _unknown(asker, {*known, *names}) for asker in askers if asker.plan not in known}
    left = _left_out(data, wrong, missing, askers, kinds)
    evacuation = data.get(_EVACUATION)
    if found and isinstance(evacuation, dict) and isinstance(evacuation.get(_AREAS, {}), dict):
        data = {**data, _EVACUATION: {**evacuation, _AREAS: {**given, **found}}}
    return OwnPlans(without(data, left) if left else data, [left_out(k, str(e)) for k, e in left.items()], files, names)


def _left_out(
    data: Mapping[str, Any],
    wrong: Mapping[str, UserError],
    missing: Mapping[str, UserError],
    askers: list[_Asker],
    kinds: KindFiles,
) -> dict[str, UserError]:
    """Return the kinds that are left out for want of their plan, and what is wrong with it.

    Raises:
        UserError: For the first plan that is wrong and that somebody else asks for.
    """
    left: dict[str, UserError] = {}
    for name, error in {**wrong, **missing}.items():
        own = [asker.kind for asker in askers if asker.plan == name]
        if own and all(kind is not None and kinds.may_be_left_out(kind, data) for kind in own):
            left |= {kind: error for kind in own if kind is not None}
        elif name in wrong:
            raise error  # one that is not there is named where the day is prepared, beside other mistakes of places
    return left


def _askers(data: Mapping[str, Any]) -> Iterator[_Asker]:
    """Give each setting that names a plan: effects of kinds, and what strategies have in the place of these."""
    asked: set[str] = set()
    for kind_name, kind in _mapping(data.get(KINDS)).items():
        for severity, stage in _mapping(_mapping(kind).get("severities")).items():
            for number, effect in enumerate(_list(_mapping(stage).get("effects"))):
                plan = _mapping(effect).get("plan")
                if _mapping(effect).get("effect") == "leave_area" and isinstance(plan, str) and is_plain_name(plan):
                    asked.add(plan)
                    yield _Asker(plan, f"{KINDS}.{kind_name}.severities.{severity}.effects[{number}].plan", kind_name)
    for strategy in _list(data.get("strategies")):
        for theirs, own in _mapping(_mapping(_mapping(strategy).get(_EVACUATION)).get(_AREAS)).items():
            if theirs in asked and isinstance(own, str) and is_plain_name(own):
                name, setting = _mapping(strategy).get("name"), f"{_EVACUATION}.{_AREAS}.{theirs}"
                yield _Asker(own, _("strategy '{name}': {setting}").format(name=name, setting=setting))


def _file_of(name: str, folder: Path | None, *, packaged: bool) -> Path | None:
    """Return the file of a plan: the user's own, else, where that is wanted, the packaged one; None: there is none.

    Raises:
        UserError: When it is a link that leads out of the user's folder.
    """
    if folder is not None and (file := folder / GROUP / f"{name}.yaml").exists():
        if not leads_inside(file, folder):
            raise UserError(
                _("'{file}': a link that leads out of '{folder}' is not followed").format(file=file, folder=folder)
            )
        return file
    return choices(GROUP).get(name) if packaged else None


def _unknown(asker: _Asker, known: set[str]) -> UserError:
    return UserError(
        _("{setting}: unknown plan '{plan}'; {hint}").format(
            setting=asker.setting, plan=asker.plan, hint=nearest(asker.plan, sorted(known))
        )
    )


def _set_over(settings: dict[str, Any], later: Any) -> Any:
    """Return the settings of a file with what the scenario sets over them; what does not fit is for others to say."""
    if later is None:
        return settings
    if not isinstance(later, dict):
        return later
    whole = copy.deepcopy(settings)
    try:
        merge(whole, later)
    except HydraException:
        return later
    return whole


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
