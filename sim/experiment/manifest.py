"""The manifest of a run: what it is, what it is played on and with, whether it is whole, and a checksum of all that."""

from __future__ import annotations

import json
from datetime import date
from enum import StrEnum
from importlib.metadata import version
from pathlib import Path
from platform import python_version
from typing import Any

from pydantic import BaseModel, ValidationError

from sim.config.choices import choices
from sim.config.compose import load
from sim.config.reach import CONTEXT, Reach
from sim.config.scenario import Scenario
from sim.errors import UserError, shortened
from sim.experiment.checksum import digest, program_digest
from sim.files import MOST_MANIFEST, read_text
from sim.words.language import gettext as _
from sim.words.language import marked

MANIFEST = "manifest.json"
_UNKNOWN = marked("an unknown version")
MODEL = ("siaga", "simpy", "numpy", "scipy", "numba")
"""Packages that the numbers of a day depend on; the program's own source counts besides, by its checksum."""
_LIBRARIES = ("simpy", "numpy", "scipy", "numba", "pandas", "duckdb")


class State(StrEnum):
    """How a run stands."""

    RUNNING = "running"
    """Somebody plays it, or was killed while playing it."""
    INTERRUPTED = "interrupted"
    FINISHED = "finished"


class _Manifest(BaseModel):
    """What a manifest must hold to be read."""

    siaga: str
    program: str
    libraries: dict[str, str]
    command: str
    scenario: Scenario
    packaged: Scenario | None = None
    inputs: dict[str, str]
    state: State
    journal: str | None
    checksum: str


def settings_of(scenario: Scenario) -> dict[str, Any]:
    """Return a scenario's settings as plain data that validates to the same scenario, times as HH:MM."""
    return scenario.model_dump(mode="json")


def versions() -> dict[str, str]:
    """Return the versions of what the numbers of a day depend on, the checksum of the program's source among them."""
    return {"program": program_digest(), **{name: version(name) for name in MODEL}}


def manifest_of(scenario: Scenario, command: str) -> dict[str, Any]:
    """Return the manifest of a run that is to be begun; its inputs are added when they are written."""
    return {
        "siaga": version("siaga"),
        "program": program_digest(),
        "python": python_version(),
        "libraries": {name: version(name) for name in _LIBRARIES},
        "command": command,
        "begun": date.today().isoformat(),
        "scenario": settings_of(scenario),
        **_as_packaged(scenario.name),
        "inputs": {},
        "state": State.RUNNING,
        "journal": None,
    }


def _as_packaged(name: str) -> dict[str, Any]:
    """Return the packaged scenario of a name as it is now, for what is said later of how a run differs from it.

    None stands for a name that no packaged scenario has; one that cannot be composed is left out.
    """
    if name not in choices("scenario"):
        return {"packaged": None}
    try:
        return {"packaged": settings_of(load(name))}
    except UserError:  # it is in nobody's way who plays another of that name
        return {}


def begun_with(manifest: dict[str, Any]) -> dict[str, str]:
    """Return the versions that a run was begun with, of what the numbers of its days depend on."""
    known = {"siaga": manifest["siaga"], "program": manifest["program"], **manifest["libraries"]}
    return {name: known.get(name, _UNKNOWN) for name in versions()}


def written(manifest: dict[str, Any]) -> bytes:
    """Return a manifest as it is written, with the checksum of all that it says."""
    rest = {key: value for key, value in manifest.items() if key != "checksum"}
    return json.dumps({**rest, "checksum": _checksum(rest)}, indent=1, ensure_ascii=False).encode()


def _checksum(rest: dict[str, Any]) -> str:
    return digest(json.dumps(rest, sort_keys=True).encode())


def read_manifest(folder: Path) -> dict[str, Any]:
    """Read the manifest of a run.

    Raises:
        UserError: When the folder is not one of a run, or its manifest is not what was written.
    """
    file = folder / MANIFEST
    if not folder.is_dir():
        raise UserError(_("'{folder}': there is no such folder").format(folder=folder))
    if not file.exists():
        raise UserError(
            _("'{folder}' is not the folder of a run: it has no {file}").format(folder=folder, file=MANIFEST)
        )
    try:
        manifest: dict[str, Any] = json.loads(read_text(file, MOST_MANIFEST, ".json"))
        _Manifest.model_validate(manifest, context={CONTEXT: Reach(stored=True)})
        rest = {key: value for key, value in manifest.items() if key != "checksum"}
        whole = manifest["checksum"] == _checksum(rest)
    except ValidationError as error:
        first = error.errors()[0]
        where = shortened(".".join(map(str, first["loc"])), 200)
        raise UserError(
            _("{file}: not the manifest of a run of this version ({where}: {why})").format(
                file=file, where=where, why=first["msg"]
            )
        ) from error
    except RecursionError:
        raise UserError(
            _("{file}: cannot be read (lists and mappings too deep inside each other)").format(file=file)
        ) from None
    except (OSError, ValueError) as error:
        raise UserError(
            _("{file}: cannot be read ({why})").format(file=file, why=shortened(str(error), 200))
        ) from error
    if not whole:
        raise UserError(
            _(
                "{file}: its checksum does not fit: settings, seed or what is finished were changed "
                "after it was written; what the run's days were played from cannot be known any more"
            ).format(file=file)
        )
    return manifest
