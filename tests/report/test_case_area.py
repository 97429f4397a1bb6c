"""What `why` tells of an area that was left: who was held up by what, votes, posts."""

from __future__ import annotations

from typing import Any

import pytest

from sim.evacuation.area.result import Bottleneck
from sim.log import NEVER, AreaRow
from sim.report.case_area import area_sentences
from sim.words.why import AREAS

ROW = AreaRow(
    incident="s0", plan="ring", due=580.0, ordered=590.0, people=38_978, refused=1_876, safe=37_000, left_behind=102,
    without_place=40, half_safe=700.0, most_safe=890.0, last_safe=1390.0, least_minutes=410.0, bottleneck="buses",
    votes_caught=8_520, posts=6, posts_manned=4, unguarded_minutes=96.8,
)  # fmt: skip


def told(**changed: Any) -> str:
    return " ".join(area_sentences(ROW._replace(**changed)._asdict()))


def test_times_people_votes_and_posts_are_told() -> None:
    assert told() == (
        "An area was ordered to leave at 09:50 by plan ring, 10 minutes after it had to be left: 38,978 people, of whom "
        "1,876 would not go. Nine of ten of the others were in a shelter 300 minutes after the order, the last of all "
        "after 800; no plan with these people, roads and buses could have ended before 410. 102 were left behind, 40 of "
        "them before full shelters. What held up the last tenth to be safe: waiting for a bus. 8,520 votes were still "
        "to come there where voting did not stand still already. Of 6 posts of the plan 4 were manned. Posts that guard "
        "houses stood without all their officers for 97 minutes together."
    )


def test_what_there_is_not_is_not_told() -> None:
    said = told(left_behind=0, bottleneck="", votes_caught=0, posts=0, posts_manned=0, unguarded_minutes=0.0)
    assert said.endswith("before 410.")
    assert "never were in a shelter" in told(most_safe=NEVER, last_safe=NEVER)


@pytest.mark.parametrize("held", list(Bottleneck))
def test_every_bottleneck_has_a_sentence(held: Bottleneck) -> None:
    assert AREAS[held.value] in told(bottleneck=held.value)
