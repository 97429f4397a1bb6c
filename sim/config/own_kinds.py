"""Kinds in a user's folder that are broken: where nothing asks for one, all else loads without it, and it is named.

A kind is asked for where an incident is of this kind, or where a scenario or an override sets something of it. One that
would only start by itself is not: it is left out, and a remark says so.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from sim.config.choices import choices, refuse_link
from sim.config.packaged import CONF, KINDS
from sim.config.source import read_yaml
from sim.errors import UserError, first_line
from sim.words.language import gettext as _


@dataclass(frozen=True)
class KindFiles:
    """What the files of kinds hold.

    Attributes:
        settings: Those that could be read, by name.
        unreadable: What is wrong with each of the user's own that could not be.
        own: Names of the user's own.
    """

    settings: dict[str, dict[str, Any]]
    unreadable: dict[str, UserError]
    own: frozenset[str]

    def without_unreadable(self, data: Mapping[str, Any]) -> list[str]:
        """Return a remark for each that could not be read and that these settings do without.

        Raises:
            UserError: When the settings ask for one of them.
        """
        for name, error in self.unreadable.items():
            if self.is_wanted(name, data):
                raise error
        return [left_out(name, str(error)) for name, error in self.unreadable.items()]

    def is_wanted(self, name: str, data: Mapping[str, Any]) -> bool:
        """Return whether settings ask for a kind that could not be read."""
        return name in _asked_for(data) or name in _table(data)

    def spared(self, error: ValidationError, data: Mapping[str, Any]) -> list[str]:
        """Return the user's own kinds among those that are wrong, where the settings do without them.

        Args:
            error: What is wrong with the settings.
            data: The settings.
        """
        wrong = {str(p["loc"][1]) for p in error.errors(include_url=False) if p["loc"][:1] == (KINDS,) and p["loc"][1:]}
        return sorted(name for name in wrong if self.may_be_left_out(name, data))

    def may_be_left_out(self, name: str, data: Mapping[str, Any]) -> bool:
        """Return whether a kind is the user's own, and the settings do without it as they are."""
        is_as_read = _table(data).get(name) == self.settings.get(name)
        return name in self.own and name not in _asked_for(data) and is_as_read


def read_kinds(folder: Path | None) -> KindFiles:
    """Read the files of all kinds; the user's own win over packaged ones of the same name.

    Args:
        folder: The user's folder of scenarios.

    Raises:
        UserError: When the folder is none.
    """
    settings: dict[str, dict[str, Any]] = {}
    unreadable: dict[str, UserError] = {}
    files = choices(KINDS, folder)
    own = frozenset(name for name, file in files.items() if file.parent != CONF / KINDS)
    for name, file in files.items():
        try:
            if folder is not None:
                refuse_link(file, folder)
            settings[name] = read_yaml(file)
        except UserError as error:
            if name not in own:
                raise
            unreadable[name] = error
    return KindFiles(settings, unreadable, own)


def left_out(name: str, why: str) -> str:
    """Return the remark about a kind that is left out."""
    return _("kind '{name}' is left out, and nothing of it happens: {why}").format(name=name, why=first_line(why))


def without(data: Mapping[str, Any], names: Collection[str]) -> dict[str, Any]:
    """Return these settings without some kinds."""
    return {**data, KINDS: {name: kind for name, kind in _table(data).items() if name not in names}}


def _asked_for(data: Mapping[str, Any]) -> set[str]:
    incidents = data.get("incidents")
    listed = incidents if isinstance(incidents, list) else []
    return {str(one.get("kind")) for one in listed if isinstance(one, dict)}


def _table(data: Mapping[str, Any]) -> dict[str, Any]:
    kinds = data.get(KINDS)
    return kinds if isinstance(kinds, dict) else {}
