"""What can be chosen, by name and title: scenarios and strategies, packaged and of a user's folder."""

from __future__ import annotations

from pathlib import Path

from sim.config.choices import choices, refuse_link
from sim.config.source import read_yaml
from sim.config.told import heading_of_file
from sim.errors import UserError, first_line
from sim.words import own as words
from sim.words.language import gettext


def scenario_names(folder: Path | None = None) -> dict[str, str]:
    """Return the scenarios that can be played, with their titles; what cannot be read is left out."""
    return titles("scenario", folder)[0]


def strategy_names(folder: Path | None = None) -> dict[str, str]:
    """Return the strategies that can be compared, with their titles; what cannot be read is left out."""
    return titles("strategy", folder)[0]


def titles(group: str, folder: Path | None) -> tuple[dict[str, str], list[str]]:
    """Return the titles of a group's choices by their names, and what is wrong with the files that cannot be read.

    A scenario's title has the values of the settings that it names, as in its reports.

    Raises:
        UserError: When the user's folder is none.
    """
    found: dict[str, str] = {}
    broken = []
    for name, file in choices(group, folder).items():
        try:
            if folder is not None:
                refuse_link(file, folder)
            found[name] = _title(name, file, folder) if group == "scenario" else gettext(_written(file))
        except UserError as error:
            broken.append(words.LEFT_OUT.format(group=group, name=name, why=first_line(str(error))))
    return found, broken


def _title(name: str, file: Path, folder: Path | None) -> str:
    """Return a scenario's title; it is composed only where its file does not hold what the title names."""
    title = heading_of_file(gettext(_written(file)), read_yaml(file))
    if title is not None:
        return title
    from sim.config.compose import load  # takes longer than all lists together

    return load(name, (), folder).said_title


def _written(file: Path) -> str:
    return str(read_yaml(file).get("title", ""))
