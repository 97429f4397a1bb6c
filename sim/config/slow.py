"""Settings of two courses without a crowd that change while they last: slow pressure, and an area that grows."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from pydantic import Field

from sim.config.distribution import Delay
from sim.config.fields import Number, Settings
from sim.config.joining import MOST_REACH_KM
from sim.config.refusal import SettingError, SettingPath, dotted
from sim.words.language import gettext as _

if TYPE_CHECKING:
    from sim.config.courses import Severities, Stage

MOST_KM_AN_HOUR = 1_000
"""Faster than any flood or cloud of ash, and than word of it; an earthquake is ``start_km`` at once."""


class SlowCourse(Settings):
    """Pressure on voters without a crowd, such as intimidation: presence takes its effect away.

    It lasts for ``duration``, or until ``resolve`` after the force that it asks for has come, if that is sooner. While
    officers are there its effects are gone from ``restore`` after the first of them came; when they have left and it
    is not over, the effects come back at once. The form is ours, and an assumption.
    """

    spreads: ClassVar[bool] = False
    course: Literal["slow"]
    duration: Delay
    """How long it lasts if nobody comes, minutes."""
    resolve: Delay
    """How long it lasts after the whole force that was asked for is there, minutes, if that is sooner."""
    restore: Delay
    """The lag from the first officers on scene until voters come again as before, minutes."""

    def check(self, severities: Severities) -> None:
        """Refuse anything but one severity without a threshold.

        Raises:
            SettingError: Blaming the severities.
        """
        check_single(severities, "slow")


class GrowingCourse(Settings):
    """An area that grows, such as a flood or the rings around a volcano: a disc around the place, in a straight line.

    Its radius is ``start_km`` at the onset and grows by ``km_per_hour`` up to ``most_km``; a village belongs to it from
    when its middle is inside. Severities begin at their ``from_km``. It ends after ``duration``, everywhere at once,
    whoever comes. A disc is an assumption: the water's real way needs heights, which the region's tables do not have.
    """

    spreads: ClassVar[bool] = False
    course: Literal["growing"]
    start_km: Annotated[Number, Field(ge=0, le=MOST_REACH_KM)]
    """Radius at the onset, km; 0: the middle of its village."""
    km_per_hour: Annotated[Number, Field(ge=0, le=MOST_KM_AN_HOUR)]
    """How fast the radius grows, km an hour."""
    most_km: Annotated[Number, Field(ge=0, le=MOST_REACH_KM)]
    """The radius grows no farther, km."""
    duration: Delay
    """From the onset to the end, minutes."""

    def check(self, severities: Severities) -> None:
        """Refuse severities whose radii are missing, or not in order.

        Raises:
            SettingError: Blaming the severities, or the numbers of the course.
        """
        if self.most_km < self.start_km:
            message = _("most_km must not be less than start_km, but {most_km:g} is less than {start_km:g}").format(
                most_km=self.most_km, start_km=self.start_km
            )
            raise SettingError("course.most_km", message, also=["course.start_km"], named=True)
        reached = severities.items()
        if not reached:
            raise SettingError("severities", _("a growing area has one at least"), also=["course.course"])
        if reached[0][1].from_km is not None:
            path = ("severities", reached[0][0].word, "from_km")
            raise SettingError(path, _("the first severity begins with start_km"))
        steps: list[tuple[SettingPath, float]] = [(("course", "start_km"), self.start_km)]
        for severity, stage in reached:
            steps += self._step(("severities", severity.word), stage, first=severity is reached[0][0])
        for (lower, low), (upper, high) in pairwise(steps):
            if not low < high:
                message = _("{upper} must be more than {lower}, but {high:g} is not more than {low:g}").format(
                    upper=dotted(upper), lower=dotted(lower), high=high, low=low
                )
                raise SettingError(upper, message, also=[lower], named=True)
        if steps[-1][1] > self.most_km:
            raise SettingError(steps[-1][0], _("the radius never grows so far"), also=["course.most_km"])

    @staticmethod
    def _step(path: SettingPath, stage: Stage, *, first: bool) -> list[tuple[SettingPath, float]]:
        """Return the radius that a severity begins with; none for the first."""
        if stage.from_active is not None:
            raise SettingError((*path, "from_active"), _("only a crowd has such a threshold"))
        if first:
            return []
        if stage.from_km is None:
            raise SettingError(path, _("from_km is needed, the radius that it begins with"))
        return [((*path, "from_km"), stage.from_km)]


def check_single(severities: Severities, course: str) -> None:
    """Refuse anything but one severity without a threshold.

    Raises:
        SettingError: Blaming the severities, or their thresholds.
    """
    reached = severities.items()
    if len(reached) != 1:
        found = ", ".join(severity.word for severity, _stage in reached) or _("none")
        raise SettingError(
            "severities",
            _("a {course} course has exactly one, not {found}").format(course=course, found=found),
            also=["course.course"],
        )
    severity, stage = reached[0]
    if stage.from_active is not None:
        raise SettingError(("severities", severity.word, "from_active"), _("only a crowd has a threshold"))
    check_no_radius(severities)


def check_no_radius(severities: Severities) -> None:
    """Refuse a radius where no area grows.

    Raises:
        SettingError: Blaming it.
    """
    for severity, stage in severities.items():
        if stage.from_km is not None:
            raise SettingError(("severities", severity.word, "from_km"), _("only a growing area has such a threshold"))
