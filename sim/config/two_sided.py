"""Settings of a clash of two crowds. How it is played: ``disturbance/courses/``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from sim.config.courses import CrowdCourse, most_injured
from sim.config.fields import Count, NonNegative, Number, Settings, Share
from sim.config.refusal import SettingPath


class OtherSide(Settings):
    """The second of two crowds; what it has in common with the first stands in the course itself."""

    starters: Count
    """Active people at the start; with none there is one crowd only."""
    onlookers: Count
    """People of the neighbourhood, besides those at the station, who could join it from the start."""
    supporters: Count
    """People from elsewhere who could travel in to it."""
    supporters_per_minute: NonNegative
    """Rate at which they arrive while any of it are active."""


class TwoSidedCourse(CrowdCourse):
    """Two crowds that meet, police between them: a Markov chain in continuous time.

    The settings of a crowd (:class:`sim.config.courses.CrowdCourse`) hold for the first side; rates and thresholds are
    those of both. Side i has A_i active people, S_i bystanders who could join it and L_i who have left it,
    N_i = S_i + A_i + L_i; A = A_1 + A_2, and Q officers on scene. One joins side i at rate
    ``join_per_minute * S_i * A_i / N_i * exp(-deterrence * Q / A) * (1 + provocation * A_other / A)``: each side grows
    by contagion of its own, and faster the more of the others stand before it. Calming is as in one crowd. Officers
    disperse at the rate of one crowd of A, from both sides in proportion to their active people. People are hurt as in
    one crowd of A and, where the two touch, at the rate
    ``contact_injuries_per_hour * min(A_1, A_2) * exp(-separation * Q / A)`` an hour while red, at yellow less by
    ``injured_yellow_factor``; Q are those who have not drawn back. Severity, end, ratios of force, withdrawal and hurt
    officers go by A. A side of which nobody is active any more does not rise again, and nobody travels in to it.
    ``starters`` of a scenario's incident are of both sides together, and divided in the proportion set here.

    The form is ours, an assumption: it puts two crowds of the contagion form (Burbeck et al. 1978, Bonnasse-Gahot et
    al. 2018) with the local ratio of force of Epstein (2002) and Davies et al. (2013) beside each other, and joins them
    by provocation and contact, for which no published values are known. With one side empty it is exactly one crowd.
    """

    course: Literal["two_sided"]  # type: ignore[assignment]  # a crowd by another name
    other_side: OtherSide
    """The second side."""
    own_share: Share = 0.5
    """Share of the bystanders at the station, and of the ``neighbours``, who could join the first side; the others
    could join the second."""
    provocation: NonNegative
    """By how much faster a side is joined when nearly all active people are of the other one."""
    contact_injuries_per_hour: NonNegative
    """Injuries for each active person of the smaller side and hour while red, besides those of a crowd."""
    separation: Annotated[Number, Field(ge=0, le=1_000)]
    """How strongly officers between the sides keep them from touching: the exponent for one officer to each active
    person."""

    @model_validator(mode="after")
    def _countable(self) -> Self:
        other = ("other_side", "starters"), ("other_side", "onlookers"), ("other_side", "supporters")
        self.check_injured(
            "starters",
            self.starters + self.other_side.starters,
            also=["onlookers", "supporters", *other],
            rate="injuries_per_active_hour",
        )
        return self

    def check_injured(
        self, setting: SettingPath | str, starters: int, also: Sequence[SettingPath | str], rate: SettingPath | str
    ) -> None:
        """Refuse more injuries than a day can follow; the settings are named as seen by who asks.

        Args:
            setting: Where the starters are set.
            starters: Those of both sides together.
            also: Other settings that count the people.
            rate: Where the rate of injuries is set.

        Raises:
            SettingError: When everybody together would cause more than MOST_INJURED_AN_HOUR in an hour.
        """
        other = self.other_side
        around = self.neighbours.most if self.neighbours else 0
        people = starters + around + self.onlookers + self.supporters + other.onlookers + other.supporters
        touching = self.contact_injuries_per_hour / 2.0  # of so many for each active person at most
        most_injured(people, self.injured_an_hour + touching, setting, also, rate)
