"""The mappings that say what they are by one of their keys, their tag: which kinds there are, and what each knows."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Annotated, Any, get_args, get_origin

from sim.config.fields import Settings

TAGS = ("distribution", "rule", "policy", "what", "course", "effect")
"""The keys by which a mapping says what it is, and so which other keys it has."""


def tag_in(settings: Mapping[Any, Any]) -> str | None:
    """Return the key by which a mapping says what it is; None where it does not."""
    return next((tag for tag in TAGS if isinstance(settings.get(tag), str)), None)


def common(tag: str) -> frozenset[str]:
    """Return the settings that every kind has that this key tells apart, the key itself left out."""
    return frozenset.intersection(*_kinds()[tag].values()) - {tag}


def known(tag: str, kind: str) -> frozenset[str] | None:
    """Return all settings of a kind, its tag among them; None where there is no such kind."""
    return _kinds()[tag].get(kind)


@cache
def _kinds() -> dict[str, dict[str, frozenset[str]]]:
    """Return the settings of each kind, by tag and kind."""
    from sim.config.command import Command  # later, as each of these files may merge settings
    from sim.config.dispatch import Dispatch
    from sim.config.distribution import Law
    from sim.config.effects import Effect
    from sim.config.kinds import Course
    from sim.config.relocation import Relocation
    from sim.config.strategy import Guards
    from sim.config.trouble import ScriptedTrouble

    found: dict[str, dict[str, frozenset[str]]] = {tag: {} for tag in TAGS}
    for union in (Command, Course, Dispatch, Effect, Guards, Law, Relocation, ScriptedTrouble):
        for model in _models(union):
            fields = model.model_fields
            tag = next(tag for tag in TAGS if tag in fields)
            found[tag] |= {str(kind): frozenset(fields) for kind in get_args(fields[tag].annotation)}
    return found


def _models(union: Any) -> tuple[type[Settings], ...]:
    return get_args(get_args(union)[0] if get_origin(union) is Annotated else union)
