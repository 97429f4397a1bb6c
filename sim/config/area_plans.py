"""Plans to evacuate an area: by the name of a packaged one, or from one's own file."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from pydantic import ValidationError

from sim.config.area import AreaPlan
from sim.config.choices import choices
from sim.config.source import read_yaml
from sim.errors import UserError, nearest
from sim.words.language import gettext as _

GROUP = "evacuation_plan"
"""The folder of packaged plans."""


def packaged_plan(name: str, setting: str, own: Iterable[str] = ()) -> AreaPlan:
    """Return a packaged plan.

    Args:
        name: Its name.
        setting: What messages call the setting that names it.
        own: Other plans that could have been named.

    Raises:
        UserError: When there is none of this name.
    """
    known = choices(GROUP)
    if name not in known:
        raise UserError(
            _("{setting}: unknown plan '{name}'; {hint}").format(
                setting=setting, name=name, hint=nearest(name, [*known, *own])
            )
        )
    return _packaged(known[name])


def read_plan(name: str | Path) -> tuple[AreaPlan, Path]:
    """Read and check a plan.

    Args:
        name: A packaged plan's name, or a file that ends in ``.yaml``.

    Returns:
        The plan, and its file.

    Raises:
        UserError: For an unknown name, a file that cannot be read, and every setting that is wrong, a line each.
    """
    known = choices(GROUP)
    file = Path(name) if str(name).endswith(".yaml") else known.get(str(name))
    if file is None:
        raise UserError(
            _("--area: unknown plan '{name}'; {hint} (or a file that ends in .yaml)").format(
                name=name, hint=nearest(str(name), known)
            )
        )
    return plan_in(file), file


@lru_cache
def _packaged(file: Path) -> AreaPlan:
    return plan_in(file)


def plan_in(file: Path) -> AreaPlan:
    """Read and check the plan in a file.

    Raises:
        UserError: When it cannot be read, and for every setting that is wrong, a line each.
    """
    settings = read_yaml(file)
    try:
        return AreaPlan.model_validate(settings)
    except ValidationError as error:
        from sim.config.explain import explain_validation  # read only where something is wrong

        raise explain_validation(error, settings, [], file, {}) from error
