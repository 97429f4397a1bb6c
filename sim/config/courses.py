"""Settings of courses: how a disturbance lives, from start to end. How they are played: ``disturbance/courses/``.

A course also says which severities a kind needs to list, and which numbers belong to them.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from sim.config.distribution import Delay
from sim.config.disturbance import SeverityWord
from sim.config.effects import MOST_EFFECTS, Effect
from sim.config.fields import Count, NonNegative, Number, Positive, Settings, Share, Size
from sim.config.joining import MOST_REACH_KM, Neighbours, Reach, Thresholds
from sim.config.refusal import SettingError, SettingPath, dotted
from sim.config.slow import check_no_radius, check_single
from sim.strength import Strength
from sim.vocabulary import Capability, Severity
from sim.words.language import gettext as _

MOST_INJURED_AN_HOUR = 10_000
"""Injuries that a crowd may cause in an hour: each is looked for, collected and carried by a process of the day."""


class Needs(Settings):
    """Strength asked for: people by what they can do."""

    presence: Count = 0
    """Officers of police, mobile brigade and army together."""
    crowd_control: Count = 0
    """Officers in formed units."""
    negotiate: Count = 0
    """People who talk with a crowd."""
    investigate: Count = 0
    """People who secure traces and hear witnesses."""
    escort: Count = 0
    """Officers who go with somebody or something."""
    medical: Count = 0
    """Ambulances standing by."""
    rescue: Count = 0
    """People of the disaster agency."""
    engineering: Count = 0
    """People who clear and repair."""

    @property
    def strength(self) -> Strength:
        """The same as a strength that can be added up and compared."""
        return Strength.of({capability: getattr(self, capability.value) for capability in Capability})


class Stage(Settings):
    """What a disturbance asks for and does while it has one severity."""

    needs: Needs = Needs()
    """The whole force that it asks for."""
    effects: Annotated[tuple[Effect, ...], Field(max_length=MOST_EFFECTS)] = ()
    """What it does at its place, one of each sort at most; see the effects."""
    from_active: Size | None = None
    """Active people from which a crowd has this severity; the lowest has none."""
    from_km: Annotated[Number, Field(gt=0, le=MOST_REACH_KM)] | None = None
    """Radius from which a growing area has this severity, km; the first has none."""


class Severities(Settings):
    """The severities that a kind can reach; the others are left out."""

    green: Stage | None = None
    """The mildest: disorder without violence. Null: the kind does not reach it."""
    yellow: Stage | None = None
    """Disorderly. Null: the kind does not reach it."""
    red: Stage | None = None
    """Violent. Null: the kind does not reach it."""

    def items(self) -> list[tuple[Severity, Stage]]:
        """Return those it can reach, the mildest first."""
        stages = ((severity, getattr(self, severity.word)) for severity in Severity)
        return [(severity, stage) for severity, stage in stages if stage is not None]


def most_injured(
    people: int,
    rate: float,
    setting: SettingPath | str,
    also: Sequence[SettingPath | str],
    rate_setting: SettingPath | str,
) -> None:
    """Refuse more injuries than a day can follow.

    Args:
        people: People who could be active.
        rate: Injuries for each of them and hour.
        setting: The setting that counts them.
        also: Others that do.
        rate_setting: The setting of the rate, which is blamed first.

    Raises:
        SettingError: When there would be more than MOST_INJURED_AN_HOUR in an hour.
    """
    if people * rate > MOST_INJURED_AN_HOUR:
        raise SettingError(
            rate_setting,
            _("of {people:,} people who could be active more than {most:,} would be injured an hour").format(
                people=people, most=MOST_INJURED_AN_HOUR
            ),
            also=[setting, *also],
        )


class CrowdCourse(Settings):
    """A crowd that grows and shrinks: a Markov chain in continuous time.

    Active people A, bystanders S who could join, people R who have left, N = S + A + R, and Q officers on scene:
    one joins at rate ``join_per_minute * S * A / N * exp(-deterrence * Q / A)``, one calms down at rate
    ``calm_per_minute * A``, one is dispersed or detained at rate ``disperse_per_minute * min(Q / team_size, A)``; from
    the severity ``formed_from`` on only those of Q who came as formed units disperse. With ``thresholds`` others join
    besides, deterred likewise.
    Form: contagion as in Burbeck et al. (1978) and Bonnasse-Gahot et al. (2018), local force ratio Q / A as in
    Epstein (2002) and Davies et al. (2013). Their constants are for cities and days and do not carry over: every
    value here is an assumption to vary.
    """

    spreads: ClassVar[bool] = True
    """Whether it can have followers."""
    course: Literal["crowd"]
    starters: Size
    """Active people at the start."""
    join_per_minute: NonNegative
    """Rate at which each active person brings one bystander to join, where nearly all present are bystanders and no
    officer is there."""
    thresholds: Thresholds | None = None
    """People who besides join once enough others take part; null: nobody waits for that."""
    calm_per_minute: NonNegative
    """Rate at which each active person calms down."""
    disperse_per_minute: NonNegative
    """Rate at which a team of officers disperses or detains people."""
    deterrence: NonNegative
    """How strongly officers deter joining: its rate is multiplied by exp(-this * officers / active people)."""
    team_size: Positive
    """Officers who work together to disperse or detain one person."""
    engage_ratio: NonNegative
    """With fewer officers per active person they hold a perimeter: they deter joining but disperse nobody."""
    formed_from: SeverityWord
    """From this severity on only formed units disperse or detain: pairs and patrols hold a perimeter, however many."""
    withdraw_ratio: NonNegative
    """With fewer officers per active person while it is red, those on scene draw back and deter nobody until more come
    or the crowd shrinks."""
    officers_hurt_per_hour: Annotated[Number, Field(ge=0, le=10)]
    """Injuries for each officer and hour while it is red and they are too few to disperse; ten is a riot in which
    nobody stands for an hour."""
    bystander_share: Share
    """Share of the people at the station who could join."""
    onlookers: Count
    """People besides those at the place, and besides ``neighbours``, who could join from the start."""
    neighbours: Neighbours | None = None
    """People of the neighbourhood who could join from the start, by its population; null: none but ``onlookers``."""
    supporters: Count
    """People from elsewhere who could travel in."""
    supporters_per_minute: NonNegative
    """Rate at which they arrive while the disturbance lasts."""
    supporters_reach_km: Reach | None = None
    """They come from the villages around, a village with weight registered voters x exp(-road distance / this); the
    share of them that closed roads cut off does not come while they do. Null: no closed road keeps them out."""
    hysteresis: Share
    """A severity is left again only when the active fall under this share of its threshold."""
    floor: Count
    """Contained when no more than this many are active."""
    injuries_per_active_hour: NonNegative
    """Injuries for each active person and hour while red."""
    injured_yellow_factor: Share
    """Rate of injuries while yellow, as a share of the rate while red."""

    @model_validator(mode="after")
    def _countable(self) -> Self:
        self.check_injured("starters", self.starters, also=["onlookers", "supporters"], rate="injuries_per_active_hour")
        return self

    def check_injured(
        self, setting: SettingPath | str, starters: int, also: Sequence[SettingPath | str], rate: SettingPath | str
    ) -> None:
        """Refuse more injuries than a day can follow; the settings are named as seen by who asks.

        Raises:
            SettingError: When everybody together would cause more than MOST_INJURED_AN_HOUR in an hour.
        """
        around = self.neighbours.most if self.neighbours else 0
        people = starters + self.onlookers + around + self.supporters
        most_injured(people, self.injured_an_hour, setting, also, rate)

    @property
    def injured_an_hour(self) -> float:
        """The most who can be injured for each active person and hour, officers among them."""
        hurt = self.officers_hurt_per_hour * self.engage_ratio  # of so many officers for each active person at most
        return self.injuries_per_active_hour + hurt

    def check(self, severities: Severities) -> None:
        """Refuse severities that a crowd cannot have: it begins at green, and each other one has its threshold.

        Raises:
            SettingError: Blaming the severities, or the numbers of the course.
        """
        reached = severities.items()
        check_no_radius(severities)
        if not reached or reached[0][0] is not Severity.GREEN:
            raise SettingError("severities", _("a crowd needs 'green', where it is smallest"), also=["course.course"])
        if reached[0][1].from_active is not None:
            raise SettingError("severities.green.from_active", _("a crowd is green from its first active person on"))
        steps: list[tuple[SettingPath, int]] = [(("course", "floor"), self.floor)]
        for severity, stage in reached[1:]:
            path = ("severities", severity.word)
            if stage.from_active is None:
                raise SettingError(path, _("from_active is needed, the active people it begins with"))
            steps.append(((*path, "from_active"), stage.from_active))
        for (lower, low), (upper, high) in pairwise(steps):
            if not low < high:
                message = _("{upper} must be more than {lower}, but {high} is not more than {low}").format(
                    upper=dotted(upper), lower=dotted(lower), high=high, low=low
                )
                raise SettingError(upper, message, also=[lower], named=True)


class FixedCourse(Settings):
    """No crowd: it lasts for a time at one severity, and the response shortens it."""

    spreads: ClassVar[bool] = False
    course: Literal["fixed"]
    duration: Delay
    """How long it lasts if nobody comes, minutes."""
    resolve: Delay
    """How long it lasts after the whole force that was asked for is there, minutes, if that is sooner."""

    def check(self, severities: Severities) -> None:
        """Refuse anything but one severity without a threshold.

        Raises:
            SettingError: Blaming the severities, or the numbers of the course.
        """
        check_single(severities, "fixed")
