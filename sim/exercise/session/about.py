"""What a session is: which day of which run it plays, under which plan, and by what its doors are opened."""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, StringConstraints, TypeAdapter, ValidationError

from sim.errors import UserError, cannot_be_read, nearest
from sim.exercise.inject import Inject
from sim.exercise.session.actions import Moment, Number
from sim.experiment.inputs import DEPLOYMENTS, REGION
from sim.experiment.manifest import read_manifest
from sim.experiment.store import Run, write_atomically
from sim.files import MOST_SETTINGS, MOST_TABLE, read_text
from sim.words.language import Language
from sim.words.language import gettext as _

VERSION: Literal[1] = 1
"""Of what a session's files mean; another version's session is not opened."""
ABOUT, INJECTS, SECRET, PLAYED = "session.json", "injects.json", "secret.json", "played"
PIN_DIGITS = 6
_INJECTS = TypeAdapter(tuple[Inject, ...])
_Read = TypeVar("_Read")
_Line = Annotated[str, StringConstraints(max_length=500)]


class About(BaseModel):
    """What a session is.

    Attributes:
        version: Of its files.
        siaga: The program that made it.
        name: What it is called.
        strategy: Name of the plan in force.
        day: Number of the day of the run that is played.
        language: In which its pages and its report speak, unless a device asks for another.
        start: When its scenario clock begins, minutes after midnight.
        end: When the day ends.
        command: The command that made it.
        created: The date on which it was made, ISO 8601.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    version: Literal[1] = VERSION
    siaga: _Line
    name: _Line
    strategy: _Line
    day: Number
    language: Language
    start: Moment
    end: Moment
    command: Annotated[str, StringConstraints(max_length=20_000)]
    created: _Line

    @staticmethod
    def program() -> str:
        """Return the version of this program."""
        return version("siaga")


class Secret(BaseModel):
    """By what the doors of a session are opened; it is never in its log, nor on any page but the console.

    Attributes:
        console: Part of the address of the facilitator's console.
        players: PIN by which players and the projector join.
        evaluators: PIN by which evaluators join.
        seal: Key by which the program knows its own cookies again.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    console: Annotated[str, StringConstraints(min_length=20, max_length=100)]
    players: Annotated[str, StringConstraints(pattern=rf"^\d{{{PIN_DIGITS}}}$")]
    evaluators: Annotated[str, StringConstraints(pattern=rf"^\d{{{PIN_DIGITS}}}$")]
    seal: Annotated[str, StringConstraints(min_length=40, max_length=100)]

    @classmethod
    def drawn(cls) -> Secret:
        """Return new ones; the two PINs differ."""
        players, evaluators = secrets.SystemRandom().sample(range(10**PIN_DIGITS), 2)
        return cls(
            console=secrets.token_urlsafe(24), seal=secrets.token_urlsafe(48),
            players=f"{players:0{PIN_DIGITS}d}", evaluators=f"{evaluators:0{PIN_DIGITS}d}",
        )  # fmt: skip


def write_about(folder: Path, about: About, injects: tuple[Inject, ...], secret: Secret) -> None:
    """Write what a session is into its folder.

    Raises:
        OSError: When it cannot be written.
    """
    file = os.open(folder / SECRET, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(file, "w", encoding="utf-8") as stream:
        stream.write(secret.model_dump_json(indent=1))
    write_atomically(folder / INJECTS, _INJECTS.dump_json(injects, indent=1))
    write_atomically(folder / ABOUT, about.model_dump_json(indent=1).encode(), durable=True)


def read_about(folder: Path) -> About:
    """Read what a session is.

    Raises:
        UserError: When the folder is not one of a session, or it is of another version.
    """
    file = folder / ABOUT
    if not file.exists():
        raise UserError(
            _("'{folder}' is not the folder of a session: it has no {file}").format(folder=folder, file=ABOUT)
        )
    raw = _json(file, MOST_SETTINGS)
    found = raw.get("version") if isinstance(raw, dict) else None
    if found != VERSION:
        raise UserError(
            _("{file}: it is of version {found!r}; this program opens sessions of version {version}").format(
                file=file, found=found, version=VERSION
            )
        )
    return _valid(file, lambda: About.model_validate(raw))


def read_secret(folder: Path) -> Secret:
    """Read by what a session's doors are opened.

    Raises:
        UserError: When it cannot be read.
    """
    file = folder / SECRET
    return _valid(file, lambda: Secret.model_validate(_json(file, MOST_SETTINGS)))


def read_injects(folder: Path) -> tuple[Inject, ...]:
    """Read the list of injects that a session began with.

    Raises:
        UserError: When it cannot be read.
    """
    file = folder / INJECTS
    return _valid(file, lambda: _INJECTS.validate_json(_text(file, MOST_TABLE)))


def played_run(folder: Path, about: About) -> Run:
    """Return the run that a session plays a day of, on its own tables; it has no finished day here.

    Raises:
        UserError: When it is not what was written, or does not have the session's plan.
    """
    run = Run(folder / PLAYED, read_manifest(folder / PLAYED))
    run.check_inputs(REGION, DEPLOYMENTS)
    if about.strategy not in run.strategies:
        raise UserError(
            _("{file}: there is no strategy '{name}' in what is played; {hint}").format(
                file=folder / ABOUT, name=about.strategy, hint=nearest(about.strategy, run.strategies)
            )
        )
    return run


def _text(file: Path, most: int) -> str:
    try:
        return read_text(file, most, ".json")
    except OSError as error:
        raise cannot_be_read(file, error) from error


def _json(file: Path, most: int) -> Any:
    try:
        return json.loads(_text(file, most))
    except (ValueError, RecursionError) as error:
        raise UserError(_("{file}: cannot be read (it is not JSON)").format(file=file)) from error


def _valid(file: Path, read: Callable[[], _Read]) -> _Read:
    try:
        return read()
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise UserError(
            _("{file}: not of a session of this version ({where}: {why})").format(
                file=file, where=where[:200], why=first["msg"]
            )
        ) from error
