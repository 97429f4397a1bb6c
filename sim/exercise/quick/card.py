"""A card: one disturbance, where and when, drawn by its number; and what is read aloud of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import floor

import numpy as np

from sim.config.courses import CrowdCourse
from sim.config.fields import clock_in_words, format_clock
from sim.config.kinds import Course
from sim.config.script import ScriptedIncident
from sim.config.two_sided import TwoSidedCourse
from sim.day.world import World
from sim.errors import UserError, nearest
from sim.exercise.inject import EVERYBODY, Inject, InjectType
from sim.exercise.quick.deck import Hand, deck_of
from sim.region.place import Place
from sim.streams import Streams
from sim.words import exercise, names
from sim.words import quick as words
from sim.words.language import gettext as _

IDENTITY = "s0"
"""What the disturbance of a card is called on the day on which it is played: it is the only scripted one."""
MOST_NUMBER = 999_999
_SIZES = ((10, "few"), (20, "some"), (60, "dozens"))
"""Under how many people which word is said; more are many."""
_SMALLEST, _LARGEST = 0.5, 1.5
"""A card's crowd begins with so much of the kind's own number (assumption)."""


@dataclass(frozen=True)
class Card:
    """One card.

    Attributes:
        number: Its number.
        kind: Name of the kind.
        title: What the record of the kind calls itself, in English.
        place: Where.
        place_name: The place's name, which a scenario may write.
        district_name: The district where it lies; empty where that is none, or is said by the place's name.
        onset: When it starts, minutes after midnight.
        starters: Active people at the start; None: a kind without a crowd.
    """

    number: int
    kind: str
    title: str
    place: Place
    place_name: str
    district_name: str
    onset: float
    starters: int | None

    @property
    def where(self) -> str:
        """Where it is, as one says it."""
        if not self.district_name or self.district_name == self.place_name:
            return self.place_name
        return words.IN_DISTRICT.format(place=self.place_name, district=self.district_name)

    def text(self, time: float) -> str:
        """Return what is read aloud: only what a caller sees.

        What a kind is in truth (a hoax), how many people there are exactly, when it began and how bad it can become
        is not known at the report, and not in it.

        Args:
            time: When the report comes, minutes after midnight.
        """
        seen = words.SEEN.get(self.title, words.SEEN_OTHER)
        said = [
            words.REPORT.format(time=clock_in_words(time), place=self.where),
            seen.format(title=_(self.title)),
        ]
        if self.starters is not None:
            said.append(words.CROWDS[_size_word(self.starters)])
        return " ".join(said)

    def incident(self) -> ScriptedIncident:
        """Return it as a scenario writes it down."""
        return ScriptedIncident.model_validate(
            {
                "kind": self.kind,
                "onset": format_clock(self.onset),
                "place": self.place_name,
                "starters": self.starters,
            }
        )

    def inject(self, seq: int, time: float | None = None) -> Inject:
        """Return it as a row of an exercise's list.

        Args:
            seq: Its number there.
            time: When it is due, minutes after midnight; None: when it starts.
        """
        due = self.onset if time is None else time
        return Inject(
            seq=seq,
            module=words.MODULE,
            group=EVERYBODY,
            time=due,
            type=InjectType.EVENT,
            delivery=words.DELIVERY,
            sender=words.SENDER,
            recipient=words.RECIPIENT,
            title=words.TITLE.format(number=self.number, title=_(self.title), place=self.place_name),
            text=self.text(due),
            note="\n".join(exercise.STANDING_QUESTIONS),
            decision=words.DECISION,
        )


def draw_card(world: World, number: int, kind: str | None = None) -> Card:
    """Draw a card: a kind, each as likely; a place where it may be; a time of day in its hours; a size.

    The same number and settings draw the same card, whatever the plan.

    Args:
        world: The prepared scenario; what it scripts itself does not matter.
        number: Number of the card, from 0.
        kind: Draw a card of this kind; None: of any.

    Raises:
        UserError: For a number that is none, a kind that is unknown, or that can happen nowhere in the region.
    """
    if not isinstance(number, int) or isinstance(number, bool) or not 0 <= number <= MOST_NUMBER:
        raise UserError(
            _("card = {number!r}: a whole number from 0 to {most:,} is needed").format(number=number, most=MOST_NUMBER)
        )
    deck = deck_of(world)
    rng = Streams(world.scenario.run.seed, number).generator("exercise/quick/card")
    hand = _any(world, deck, rng) if kind is None else _hand(world, deck, kind)
    return _drawn(world, number, hand, rng)


def _any(world: World, deck: Mapping[str, Hand], rng: np.random.Generator) -> Hand:
    """Draw a kind, each as likely as the others."""
    if not deck:
        raise UserError(_("no kind of disturbance can happen in {region}").format(region=world.scenario.region.title))
    return list(deck.values())[int(rng.integers(len(deck)))]


def _hand(world: World, deck: Mapping[str, Hand], kind: str) -> Hand:
    """Return the kind that is asked for."""
    kinds = world.scenario.kinds
    if kind not in kinds:
        raise UserError(_("kind '{kind}' is unknown; {hint}").format(kind=kind, hint=nearest(kind, kinds)))
    if kind not in deck:
        telling = kinds[kind].telling
        if telling is not None and telling.share == 0:
            raise UserError(_("kind '{kind}': nobody ever tells of it (telling.share is 0)").format(kind=kind))
        raise UserError(
            _("kind '{kind}' can happen nowhere in {region}, which has none of its places ({places})").format(
                kind=kind, region=world.scenario.region.title,
                places=", ".join(names.called(names.PLACE, place) for place in kinds[kind].places),
            )
        )  # fmt: skip
    return deck[kind]


def _drawn(world: World, number: int, hand: Hand, rng: np.random.Generator) -> Card:
    """Draw the place, the time and the size of a card."""
    kind = world.scenario.kinds[hand.kind]
    ground = hand.grounds[int(rng.integers(len(hand.grounds)))]
    weights = np.asarray(ground.weights)
    place = ground.places[int(rng.choice(len(ground.places), p=weights / weights.sum()))]
    onset = float(floor(rng.uniform(hand.begin, hand.end)))
    district = place.district
    return Card(
        number=number,
        kind=hand.kind,
        title=kind.title,
        place=place,
        place_name=world.gazetteer.name_of(place),
        district_name="" if district is None else world.gazetteer.name_of(world.gazetteer.area_of_district(district)),
        onset=onset,
        starters=_starters(kind.course, rng.uniform(_SMALLEST, _LARGEST)),
    )


def _starters(course: Course, factor: float) -> int | None:
    """Return with how many people a crowd begins; more than may be left when it is over."""
    if not isinstance(course, CrowdCourse):
        return None
    own = course.starters + (course.other_side.starters if isinstance(course, TwoSidedCourse) else 0)
    return max(course.floor + 1, round(factor * own))


def _size_word(starters: int) -> str:
    """Return how many people a caller sees, roughly."""
    return next((word for most, word in _SIZES if starters < most), "many")
