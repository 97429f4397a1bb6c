"""Where the packaged configuration and scenarios are: beside the package in a checkout, inside it when installed."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]


def _folder(name: str) -> Path:
    installed = _PACKAGE / "packaged" / name
    return installed if installed.is_dir() else _PACKAGE.parent / name


CONF = _folder("conf")
"""The groups region, strategy, voting, disturbance, response, evacuation, weather, run; and the kinds, which are no
group: all of them are there at once."""
SCENARIOS = _folder("scenarios")
"""The packaged scenarios, one YAML file each."""
REGIONS = _PACKAGE / "region" / "data"
"""The packaged regions, a folder of tables each."""
GROUPS = ("region", "strategy", "voting", "disturbance", "response", "evacuation", "weather", "run")
"""The groups of ``conf/``, besides ``scenario``."""
KINDS = "kinds"
"""The setting that holds the kinds of disturbance, and the folder of their files."""
STRATEGIES = "strategy"
"""The group of the strategies, and the folder of their files."""
