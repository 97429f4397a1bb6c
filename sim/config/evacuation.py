"""Settings of evacuation: from a station, out of an area, and care for the injured."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from pydantic import Field, PrivateAttr

from sim.config.area import AreaPlan
from sim.config.area_plans import packaged_plan
from sim.config.care import Care
from sim.config.fields import MOST_ITEMS, PlainName, Settings
from sim.config.site import Sites


class EvacuationSettings(Settings):
    """Evacuation and care."""

    site: Sites
    areas: Annotated[dict[PlainName, AreaPlan], Field(max_length=MOST_ITEMS)] = Field(default_factory=dict)
    """Plans of one's own to evacuate an area, by name: those of ``evacuation_plan/`` in a user's folder that something
    asks for, and what a scenario sets of these or of packaged ones."""

    _beside: tuple[str, ...] = PrivateAttr(default=())

    def note_beside(self, names: Sequence[str]) -> None:
        """Note the names of plans in the user's folder, whether anything asks for them or not."""
        self._beside = tuple(names)

    def area(self, name: str, setting: str) -> AreaPlan:
        """Return a plan by its name.

        Raises:
            UserError: When there is none of this name; ``setting`` says where it stands.
        """
        return self.areas[name] if name in self.areas else packaged_plan(name, setting, {*self.areas, *self._beside})

    care: Care
