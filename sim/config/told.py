"""Texts of a scenario that name its times and places: they are made from its settings, so that they cannot lie."""

from __future__ import annotations

import re
from typing import Any

from sim.config.refusal import SettingError
from sim.errors import nearest

_STEP = re.compile(r"[a-z_]+|[0-9]+")
SPOKEN_OF = ("incidents", "closures", "slow_stretches", "troubles")
"""Settings that a text may name the parts of; other braces are left as they are."""
_MARK = re.compile(rf"\{{((?:{'|'.join(SPOKEN_OF)})(?:\[[0-9]+\]|\.[a-z_]+)*)\}}")


def told(text: str, settings: dict[str, Any], setting: str) -> str:
    """Put the values of settings into a text where it names them in braces, as in ``{incidents[0].onset}``.

    Args:
        text: The text.
        settings: The scenario's settings as they are written: times as ``09:40``.
        setting: Where the text stands.

    Raises:
        SettingError: For a name in braces that is no setting of ``SPOKEN_OF``, or has no single value.
    """
    return _MARK.sub(lambda mark: _value(mark.group(1), settings, setting), text)


def _value(path: str, settings: dict[str, Any], setting: str) -> str:
    here: Any = {name: settings[name] for name in SPOKEN_OF if name in settings}
    for step in _STEP.findall(path):
        if isinstance(here, list) and step.isdigit():
            if int(step) >= len(here):
                raise SettingError(setting, f"{{{path}}}: there are only {len(here)} of them")
            here = here[int(step)]
        elif isinstance(here, dict) and step in here:
            here = here[step]
        else:
            near = nearest(step, list(here)) if isinstance(here, dict) else "it has no parts"
            raise SettingError(setting, f"{{{path}}}: unknown '{step}'; {near}")
    if isinstance(here, list) and here and all(isinstance(part, str) for part in here):
        return " to ".join(here) if path.endswith("onset") else " or ".join(here)
    if not isinstance(here, str | int | float):
        raise SettingError(setting, f"{{{path}}} is no time, name or number")
    return f"{here:g}" if isinstance(here, float) else str(here)
