"""Pages and parts from their templates; what was sent by somebody is text in them, escaped."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from typing import Any

from jinja2 import BaseLoader, Environment, PackageLoader, PrefixLoader

from sim.config.fields import clock_in_words
from sim.exercise.room.parts import Visit
from sim.pages import environment
from sim.words import room_server as words
from sim.words.language import Language, speaking

ROOMS = {"room": "sim.exercise.room", "console": "sim.exercise.room.console", "table": "sim.exercise.room.table"}
"""The first word of a template's name, and the package whose folder ``templates`` has it."""


@cache
def _environment() -> Environment:
    loaders: dict[str, BaseLoader] = {
        name: PackageLoader(package) for name, package in ROOMS.items() if find_spec(package) is not None
    }
    made = environment(PrefixLoader(loaders))
    made.filters["clock"] = clock_in_words
    return made


def rendered(template: str, visit: Visit, **values: Any) -> str:
    """Return a page or a part.

    Args:
        template: Its name, such as ``console/clock.html``.
        visit: Who asks; templates know it as ``visit``, and where its own paths begin as ``home``.
        **values: What its view has found; ``lang``, the language, ``server``, the server's own words, and the filters
            ``number`` and ``clock`` (minutes after midnight as a time of day) are known to all.
    """
    given = {"lang": speaking(), "languages": tuple(Language), "visit": visit, "home": visit.home, "server": words}
    return _environment().get_template(template).render({**given, **values})
