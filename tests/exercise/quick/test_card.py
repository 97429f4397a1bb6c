from __future__ import annotations

import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.config.courses import CrowdCourse
from sim.config.two_sided import TwoSidedCourse
from sim.day.world import World
from sim.errors import UserError
from sim.exercise.inject import PlayerMessage
from sim.exercise.quick.card import MOST_NUMBER, Card, draw_card
from sim.exercise.quick.deck import deck_of, hours_of
from sim.words import names
from sim.words import quick as words
from sim.words.language import Language, spoken
from tests.exercise.quick._helping import small, usual
from tests.exercise.quick.test_deck import without

CARDS = 400


@pytest.fixture(scope="module")
def drawn() -> list[Card]:
    return [draw_card(usual(), number) for number in range(CARDS)]


def test_every_packaged_kind_comes_up_evenly_among_400_cards(drawn: list[Card]) -> None:
    count = Counter(card.kind for card in drawn)
    assert set(count) == set(usual().scenario.kinds)
    even = CARDS / len(count)
    assert all(even / 2.5 < n < even * 2 for n in count.values())  # three and more standard deviations


def test_a_card_is_where_and_when_its_kind_may_be(drawn: list[Card]) -> None:
    world = usual()
    for card in drawn:
        kind = world.scenario.kinds[card.kind]
        begin, end = hours_of(kind, world.scenario)
        assert card.place.kind in kind.places
        assert int(begin) <= card.onset <= end
        assert world.gazetteer.find(card.place_name, "place", kind.places) == card.place


def test_every_sort_of_place_of_a_kind_comes_up() -> None:
    for name, kind in usual().scenario.kinds.items():
        some = [draw_card(usual(), number, name) for number in range(40)]
        assert {card.place.kind for card in some} == set(kind.places)


def test_a_crowd_begins_with_half_to_one_and_a_half_of_the_kinds_own_number(drawn: list[Card]) -> None:
    sizes = set()
    for card in drawn:
        course = usual().scenario.kinds[card.kind].course
        if not isinstance(course, CrowdCourse):
            assert card.starters is None
            continue
        own = course.starters + (course.other_side.starters if isinstance(course, TwoSidedCourse) else 0)
        assert card.starters is not None
        assert max(0.5 * own - 1, course.floor + 1) <= card.starters <= 1.5 * own + 1
        sizes.add(round(card.starters / own, 1))
    assert len(sizes) > 5


@given(st.integers(0, MOST_NUMBER))
def test_the_same_number_draws_the_same_card(number: int) -> None:
    assert draw_card(usual(), number) == draw_card(usual(), number)


def test_the_plan_does_not_change_the_cards_and_the_seed_does() -> None:
    other, seeded = small("strategy.patrols=[]"), small("run.seed=7")
    same = [draw_card(usual(), n) == draw_card(other, n) for n in range(20)]
    assert all(same)
    assert any(draw_card(usual(), n) != draw_card(seeded, n) for n in range(20))


def test_nothing_is_read_aloud_that_nobody_knows_at_the_report(drawn: list[Card]) -> None:
    world = usual()
    severities = {names.SEVERITY[one] for one in ("green", "yellow", "red")}
    truths = {"hoax": ("hoax", "false"), "storming_of_count": ("storming",)}
    for card in drawn:
        text = card.text(card.onset + 7)
        rest = text.replace(card.where, "").replace(_clock(card.onset + 7), "")
        assert not re.search(r"\d", rest), "neither the onset nor an exact number of people"
        assert not severities & set(re.findall(r"\w+", rest.lower()))
        assert card.kind not in rest
        assert not any(word in rest.lower() for word in truths.get(card.kind, ()))
        for told in world.scenario.kinds[card.kind].severities.items():
            assert told[0].word not in rest


def _clock(time: float) -> str:
    return f"{int(time) // 60:02d}:{int(time) % 60:02d}"


def test_every_packaged_kind_is_told_in_words_of_its_own() -> None:
    titles = {kind.title for kind in usual().scenario.kinds.values()}
    assert titles == set(words.SEEN)


def test_a_kind_of_ones_own_is_told_by_its_title() -> None:
    world = small("kinds.riot.title=Quarrel about a tent")
    card = draw_card(world, 3, "riot")
    assert "Quarrel about a tent." in card.text(card.onset)


def test_a_card_is_an_inject_of_which_players_get_the_text_alone() -> None:
    card = draw_card(usual(), 16, "hoax")
    inject = card.inject(5, 610.0)
    assert (inject.seq, inject.time, inject.status.value) == (5, 610.0, "draft")
    message = PlayerMessage.of(inject)
    assert message.text == card.text(610.0)
    assert "hoax" not in " ".join(map(str, vars(message).values())).lower()
    assert card.inject(1).time == card.onset


def test_a_card_is_read_in_both_languages() -> None:
    card = draw_card(usual(), 1)
    with spoken(Language.INDONESIAN):
        assert card.place_name in card.text(600.0)
        assert "10.00" in card.text(600.0)


@pytest.mark.parametrize("number", [-1, MOST_NUMBER + 1, True, 1.5])
def test_a_number_that_is_no_cards_is_refused(number: int) -> None:
    with pytest.raises(UserError, match=r"card = .*a whole number from 0"):
        draw_card(usual(), number)


def test_an_unknown_kind_is_refused_with_the_nearest() -> None:
    with pytest.raises(UserError, match="kind 'riott' is unknown; did you mean 'riot'"):
        draw_card(usual(), 0, "riott")


def test_a_kind_that_can_happen_nowhere_is_refused() -> None:
    with pytest.raises(UserError, match=r"'office_protest' can happen nowhere in Tanjung Contoh.*base"):
        draw_card(without(usual(), bases=()), 0, "office_protest")
    with pytest.raises(UserError, match="nobody ever tells of it"):
        draw_card(small("kinds.hoax.telling.share=0"), 0, "hoax")


def test_cards_of_a_region_without_offices_are_of_the_other_kinds() -> None:
    world: World = without(usual(), bases=())
    assert {draw_card(world, n).kind for n in range(200)} == set(deck_of(world))
