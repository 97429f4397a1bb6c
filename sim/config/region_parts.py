"""What belongs to one region and no other: name, forces, units, ambulances, facilities, speeds, hours of the night.

For the packaged region it stands in ``conf/region/``, for a region of one's own in ``region.yaml`` in its folder. Both
have the settings under the groups that they belong to (``region``, ``response``, ``evacuation``), so that every setting
has one name wherever it is set. A file of the group ``region`` may as well hold the settings of ``region`` alone.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from sim.config.refusal import dotted
from sim.errors import UserError, nearest, shortened
from sim.words.language import gettext as _

REGION = "region"
_Known = Mapping[str, "_Known | None"]
PARTS: _Known = {
    REGION: {"title": None, "derive": None, "forces": None, "speed_kmh": None},
    "response": {"attached": None, "night": None, "standing_guards": None},
    "evacuation": {"care": {"ambulances": None, "facilities": None}},
}
"""The settings that belong to a region; what stands deeper, the schema knows."""


def unfolded(settings: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a file of the group ``region`` sets, under the groups that its settings belong to."""
    return dict(settings) if is_unfolded(settings) else {REGION: dict(settings)}


def is_unfolded(settings: Collection[str]) -> bool:
    """Say whether settings stand under their groups already."""
    return REGION in settings


def check_parts(settings: Mapping[str, Any], file: Path, *, with_path: bool) -> None:
    """Refuse settings in a region's file that do not belong to a region.

    Args:
        settings: What it holds, under the groups.
        file: The file.
        with_path: Whether it says where the tables are; a ``region.yaml`` lies beside them.

    Raises:
        UserError: Naming the file, the setting and the nearest one that is known.
    """
    known = dict(PARTS)
    if with_path:
        known[REGION] = {**(PARTS[REGION] or {}), "path": None}
    _check(settings, known, (), file)


def _check(settings: Mapping[str, Any], known: _Known, at: tuple[str, ...], file: Path) -> None:
    for name, value in settings.items():
        path = (*at, str(name))
        if path == (REGION, "path") and "path" not in known:
            raise UserError(
                _("{file}: {setting}: the tables are those beside this file; leave it out").format(
                    file=file, setting=f"{REGION}.path"
                )
            )
        if name not in known:
            shown = shortened(dotted(path))
            hint = nearest(str(name), known)
            raise UserError(
                _("{file}: unknown setting '{setting}': it does not belong to a region; {hint}").format(
                    file=file, setting=shown, hint=hint
                )
            )
        inside = known[name]
        if inside is not None and value is not None and not isinstance(value, Mapping):
            raise UserError(
                _("{file}: {path} = {value}: a mapping of settings is needed").format(
                    file=file, path=dotted(path), value=shortened(repr(value))
                )
            )
        if inside is not None and value is not None:
            _check(value, inside, path, file)
