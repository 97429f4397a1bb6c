"""A region of one's own as settings: what its ``region.yaml`` says, and what every region has that says nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from sim.config.merge import merge
from sim.config.packaged import CONF, REGIONS
from sim.config.reach import OutOfReachError, Reach, is_packaged
from sim.config.region import RoadSpeeds
from sim.config.region_parts import REGION, check_parts
from sim.config.source import read_yaml
from sim.errors import UserError
from sim.text import TABLE_NAME
from sim.words.language import gettext as _

REGION_FILE = "region.yaml"
"""The file in the folder of a region that holds what is no table."""
BASIS = CONF / "own_region.yaml"
"""What a region of one's own has where its file says nothing."""
_FORCES = ("police", "wardens")


@dataclass(frozen=True)
class OwnRegion:
    """A region of one's own, as settings.

    Attributes:
        folder: The folder of its tables.
        file: Its ``region.yaml``, whether it is there or not.
        layers: What it sets, each with a name: first what every region has that says nothing itself.
    """

    folder: Path
    file: Path
    layers: tuple[tuple[str, dict[str, Any]], ...]

    def refuse_without_forces(self, settings: Mapping[str, Any]) -> None:
        """Refuse settings that do not say which forces the region has: nobody else can know.

        What its file says and somebody has taken away again is not missing in the file: the check of the settings
        blames who did that.

        Args:
            settings: The composed settings of the group ``region``.

        Raises:
            UserError: Naming what is missing, the file that should have it, and how it is made.
        """
        forces = settings.get("forces")
        given = forces if isinstance(forces, Mapping) else {}
        said = self._forces_said()
        missing = [f"{REGION}.forces.{name}" for name in _FORCES if given.get(name) is None and name not in said]
        if not missing or not isinstance(forces, (Mapping, type(None))):
            return
        names = _(" and ").join(missing)
        lacking = _("{names} is missing") if len(missing) == 1 else _("{names} are missing")
        what = lacking.format(names=names)
        if self.file.exists():
            raise UserError(
                _("{file}: {missing}: how many people the operation has").format(file=self.file, missing=what)
            )
        raise UserError(
            _(
                "{folder}: there is no {file}, and {missing}: how many people the "
                "operation has. 'simulate region new' writes a {file} to fill in; units that "
                "stand outside the plans, ambulances and facilities are said there as well"
            ).format(folder=self.folder, file=REGION_FILE, missing=what)
        )

    def _forces_said(self) -> set[str]:
        """Return which of the forces the region's own file says."""
        region = self.layers[-1][1].get(REGION)
        forces = region.get("forces") if isinstance(region, Mapping) else None
        return {name for name, value in forces.items() if value is not None} if isinstance(forces, Mapping) else set()


def own_region(path: Any, reach: Reach) -> OwnRegion | None:
    """Return the region of one's own that a path leads to; None for a packaged one, or where it leads to no folder.

    Args:
        path: The setting ``region.path``.
        reach: What may be named.

    Raises:
        UserError: For a ``region.yaml`` that cannot be read, or with settings that do not belong to a region.
    """
    if not isinstance(path, str) or not path or is_packaged(path):
        return None
    try:
        folder = Path(reach.region_path(path))
    except (OutOfReachError, OSError, ValueError):
        return None  # said when the setting itself is checked
    if not folder.is_dir() or folder.resolve().parent == REGIONS.resolve():
        return None
    file = folder / REGION_FILE
    title = folder.absolute().name
    named = {REGION: {"title": title if TABLE_NAME.fault(title) is None else "own region"}}
    layers = [("own_region", read_yaml(BASIS)), ("own_region", named)]
    if file.exists() or file.is_symlink():
        layers.append((str(file), region_settings(file)))
    return OwnRegion(folder, file, tuple(layers))


def speeds(path: str) -> RoadSpeeds:
    """Return the speeds of a region of one's own by class of road, whether the rest of it is there yet or not.

    Args:
        path: Its folder.

    Raises:
        UserError: For a ``region.yaml`` that cannot be read, or speeds that are none.
    """
    own = own_region(path, Reach(typed=frozenset({path})))
    settings: dict[str, Any] = {}
    for _place, layer in own.layers if own is not None else [("own_region", read_yaml(BASIS))]:
        merge(settings, layer)
    try:
        return RoadSpeeds.model_validate(settings[REGION]["speed_kmh"])
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        name = ".".join(map(str, first["loc"]))
        where = own.file if own is not None else path
        raise UserError(f"{where}: {REGION}.speed_kmh.{name}: {first['msg']}") from None


def region_settings(file: Path) -> dict[str, Any]:
    """Read a ``region.yaml``.

    Raises:
        UserError: When it cannot be read, or has settings that do not belong to a region.
    """
    settings = read_yaml(file)
    check_parts(settings, file, with_path=False)
    return {name: value for name, value in settings.items() if value is not None}
