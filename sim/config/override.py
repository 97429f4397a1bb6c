"""Overrides on the command line: read by Hydra's grammar, within limits, and never evaluated."""

from __future__ import annotations

import math
import threading
from collections.abc import Sequence
from functools import lru_cache

from hydra.core.override_parser.types import ChoiceSweep, Override, RangeSweep
from hydra.errors import HydraException

from sim.config.grammar import parsed, split
from sim.config.packaged import GROUPS
from sim.errors import UserError, shortened
from sim.words.language import gettext as _
from sim.words.language import number

HYDRA = threading.RLock()
"""Held while Hydra parses or composes: its parser's caches and its registries are shared between threads."""
CHOSEN = ("scenario", *GROUPS)
"""What is chosen by a name, which is that of a file."""
MOST_OVERRIDES = 1_000
"""Overrides of one command; there are some four hundred settings."""
MOST_CHARACTERS = 20_000
"""Characters of one override; Hydra's parser takes a second for so many."""
MOST_RUNS = 1_000
"""Runs of a sweep; every one is composed and checked before the first is played."""
_SHOWN = 500
_MOST_DEPTH = 32
"""Levels of mappings and lists in a value, or of keys in a name: as many as in a file."""


def read_overrides(overrides: Sequence[str]) -> list[Override]:
    """Read overrides of settings and choices.

    Raises:
        UserError: For one that cannot be read, is too long, would be evaluated, or names nothing that can be set here.
    """
    if len(overrides) > MOST_OVERRIDES:
        raise UserError(
            _("{count:,} overrides; at most {most:,} are read").format(count=len(overrides), most=MOST_OVERRIDES)
        )
    return [_read(text) for text in overrides]


@lru_cache(maxsize=2_048)
def _read(text: str) -> Override:
    shown = shown_override(text)
    if len(text) > MOST_CHARACTERS:
        raise UserError(
            _("override '{override}': it has {count:,} characters; at most {most:,} are read").format(
                override=shown, count=len(text), most=MOST_CHARACTERS
            )
        )
    if "${" in text:
        raise UserError(
            _(
                "override '{override}': interpolations such as ${{…}} are not evaluated here, and no "
                "variable of the environment is read"
            ).format(override=shown)
        )
    unreadable = UserError(
        _(
            "cannot read the override '{override}'; write setting=value with the value in quotes, and "
            "an item of a list by its number from 0, as in voting.stages.0.servers=2"
        ).format(override=shown)
    )
    if _depth(text) > _MOST_DEPTH:
        raise unreadable
    try:
        with HYDRA:
            override = parsed(text)
    except (HydraException, ValueError, ArithmeticError) as error:  # plain ones: of a number with too many digits
        raise unreadable from error
    _check_key(override, shown)
    return override


def shown_override(text: str) -> str:
    """Return an override as an error repeats it: in full, unless it is very long."""
    return shortened(text, _SHOWN)


def _depth(text: str) -> int:
    """Return how deep lists and mappings stand inside each other, or inside calls, quotes or not."""
    most = depth = 0
    for sign in text:
        depth += (sign in "[{(") - (sign in "]})")
        most = max(most, depth)
    return most


def _check_key(override: Override, shown: str) -> None:
    """Refuse what Hydra has keys for and this program has not: packages, other groups, Hydra's own settings.

    Raises:
        UserError: Naming the override.
    """
    key = override.key_or_group
    if key.partition(".")[0].partition("/")[0] == "hydra":
        raise UserError(
            _("override '{override}': unknown setting 'hydra'; Hydra's own settings cannot be set here").format(
                override=shown
            )
        )
    if override.package is not None:
        raise UserError(
            _("override '{override}': a choice stands where its group is; leave '@{package}' out").format(
                override=shown, package=override.package
            )
        )
    parts = key.split(".")
    if "/" in key or not all(parts) or len(parts) > _MOST_DEPTH:
        raise UserError(
            _(
                "override '{override}': a setting is named by its keys with dots between, such as "
                "run.seed=1; what is chosen by name: {chosen}"
            ).format(override=shown, chosen=", ".join(CHOSEN))
        )


def sweeps(overrides: Sequence[str]) -> list[list[str]]:
    """Expand sweeps: one list of overrides for each run.

    Raises:
        UserError: For an override that cannot be read or expanded, or a sweep that makes too many runs.
    """
    read = read_overrides(overrides)
    count_runs(read)
    try:
        with HYDRA:
            return split(read)
    except HydraException as error:
        raise UserError(_("cannot read the overrides: {error}").format(error=shortened(str(error), _SHOWN))) from error


def count_runs(overrides: Sequence[Override]) -> int:
    """Return how many runs a sweep makes, without making them.

    Raises:
        UserError: For a sweep that is none of a comma list, ``choice(…)`` or ``range(…)``, or makes too many runs.
    """
    swept = {o.key_or_group: _values(o) for o in overrides if o.is_sweep_override()}
    runs = math.prod(swept.values())
    if runs > MOST_RUNS:
        many = " x ".join(f"{name} ({number(count, ',')})" for name, count in swept.items())
        raise UserError(
            _("a sweep of {runs:,} runs, {settings}; at most {most:,} are played").format(
                runs=runs, settings=many, most=MOST_RUNS
            )
        )
    return runs


def _values(override: Override) -> int:
    """Return how many values one override is swept over."""
    sweep, shown = override._value, shown_override(str(override.input_line))
    if isinstance(sweep, ChoiceSweep):
        return len(sweep.list)
    if not isinstance(sweep, RangeSweep) or sweep.start is None or sweep.stop is None:
        raise UserError(
            _("override '{override}': swept is over a comma list, choice(…) or range(…)").format(override=shown)
        )
    try:
        count = max(0, math.ceil((sweep.stop - sweep.start) / sweep.step))
    except (ArithmeticError, ValueError) as error:
        raise UserError(
            _("override '{override}': a range needs finite numbers and a step that is not 0").format(override=shown)
        ) from error
    if count == 0:
        raise UserError(_("override '{override}': the range is empty").format(override=shown))
    return count
