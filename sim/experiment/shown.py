"""How a run shows itself in a notebook: in a line, and as a small table."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from markupsafe import escape

from sim.text import shown
from sim.words import compare as words

if TYPE_CHECKING:
    from sim.config.scenario import Scenario


class Shown:
    """What has a folder, a scenario and finished days, and shows itself by these."""

    if TYPE_CHECKING:

        @property
        def path(self) -> Path:
            """Its folder."""

        @property
        def scenario(self) -> Scenario:
            """What was played."""

        @property
        def strategies(self) -> list[str]:
            """Names of the strategies."""

        @property
        def replications(self) -> int:
            """Finished days."""

    def __repr__(self) -> str:
        days, planned = self.replications, self.scenario.run.replications
        partial = f" of {planned}" if days < planned else ""
        return f"<Run {self.path.name}: {days}{partial} days, {len(self.strategies)} strategies>"

    def _repr_html_(self) -> str:
        days, planned = self.replications, self.scenario.run.replications
        form = words.DAYS if days >= planned else words.DAYS_PARTIAL
        rows = {
            "scenario": f"{self.scenario.said_title} ({self.scenario.name})",
            "region": self.scenario.region.title,
            "weather": self.scenario.weather.name,
            "days": form.format(days=days, planned=planned),
            "strategies": ", ".join(f"{one.said_title} ({one.name})" for one in self.scenario.strategies),
            "seed": str(self.scenario.run.seed),
            "run": str(self.path),
        }
        return small_table([(words.COLUMNS[name], value) for name, value in rows.items()])


def small_table(rows: list[tuple[str, str]]) -> str:
    """Return a table of names and values as HTML."""
    cells = (f"<tr><th style='text-align:left'>{escape(shown(a))}</th><td style='text-align:left'>{escape(shown(b))}"
             "</td></tr>" for a, b in rows)  # fmt: skip
    return f"<table>{''.join(cells)}</table>"
