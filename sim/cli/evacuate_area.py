"""``simulate evacuate --area``: the part of the command that evacuates an area."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sim.cli.say import say
from sim.cli.show import Warnings
from sim.cli.tables import say_text
from sim.words import own as words

if TYPE_CHECKING:
    from sim.evacuation.area.result import AreaResult


def evacuate_area_command(
    area: str, overrides: Sequence[str] = (), seed: int = 0, closed: Sequence[str] = (), out: Path | None = None
) -> None:
    """Play a plan for the evacuation of an area, print what came of it, and draw it where asked.

    Args:
        area: A packaged plan's name, or a file (``--area``).
        overrides: Choices of region, weather and settings, as for a scenario.
        seed: What random numbers begin from (``--seed``).
        closed: Roads that are closed from the beginning, or from a minute on, ``ROAD`` or ``ROAD@MINUTES``
            (``--closed``, several times).
        out: Folder that the figures are written to (``--out``); None: none are drawn.

    Raises:
        UserError: For every mistake in the plan and in what was typed, and for a folder that cannot be written.
    """
    from sim.errors import UserError
    from sim.evacuation.area.by_name import evacuate_area_by
    from sim.evacuation.area.telling import describe

    result = evacuate_area_by(area, overrides, seed=seed, closed=closed)
    Warnings().say(result.plan.remarks)
    for line in describe(result):
        if line not in result.plan.remarks:
            say_text(line)
    if out is not None:
        try:
            _draw(result, out)
        except OSError as error:
            said = words.NOT_WRITTEN.format(file=error.filename or out, why=error.strerror or error)
            raise UserError(said) from None


def _draw(result: AreaResult, out: Path) -> None:
    """Draw the curve and the map into a folder, and say where they are."""
    from matplotlib import pyplot as plt

    from sim.report.evacuate_area import area_curve, area_map
    from sim.report.style import styled

    out.mkdir(parents=True, exist_ok=True)
    with styled():
        for draw, name in ((area_curve, "evacuation_curve.png"), (area_map, "evacuation_map.png")):
            figure = draw(result).get_figure(root=True)
            assert figure is not None
            figure.savefig(out / name, dpi=120, bbox_inches="tight")
            plt.close(figure)
            say(str(out / name))
