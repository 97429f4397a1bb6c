"""What a kind leaves behind follows from what it does."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from sim.cli import call
from sim.config.compose import load
from sim.config.effects import Effect
from sim.config.kinds import Kind
from sim.config.traces import _OF_EFFECT, Trace
from sim.words.names import TRACE
from tests.conftest import SMALL

KINDS = load("calm_day", ["strategy=even_spread", *SMALL]).kinds
GONE_WITH_IT = {"slow", "take_signal"}


def changed(name: str, **keys: object) -> Kind:
    return Kind.model_validate({**KINDS[name].model_dump(mode="json"), **keys})


@pytest.mark.parametrize(
    ("name", "traces"),
    [
        ("riot", {Trace.VOTES_LOST, Trace.PAUSE, Trace.INJURED, Trace.OFFICERS_HURT}),
        ("ballot_box_seizure", {Trace.VOTES_LOST, Trace.PAUSE, Trace.FOLLOW_UP_POLL, Trace.LATE_BOXES, Trace.INJURED,
                                Trace.OFFICERS_HURT}),
        ("landslide", {Trace.CLOSED_ROAD, Trace.INJURED}),
        ("intimidation", {Trace.VOTES_LOST, Trace.UNTOLD}),
        ("blackout", set()),
    ],
)  # fmt: skip
def test_packaged_kinds_leave_behind(name: str, traces: set[Trace]) -> None:
    assert set(KINDS[name].traces) == traces
    assert list(KINDS[name].traces) == [trace for trace in Trace if trace in traces], "in one order"


def test_every_effect_leaves_something_or_is_gone_with_the_disturbance() -> None:
    effects = {model: get_args(model.model_fields["effect"].annotation)[0] for model in get_args(get_args(Effect)[0])}
    assert {effects[model] for model in effects if model not in _OF_EFFECT} == GONE_WITH_IT
    assert set(TRACE) == {trace.value for trace in Trace}


def test_a_crowd_that_hurts_nobody_leaves_nobody_hurt() -> None:
    mild = KINDS["riot"].course.model_dump(mode="json") | {"injuries_per_active_hour": 0, "officers_hurt_per_hour": 0}
    assert not {Trace.INJURED, Trace.OFFICERS_HURT} & set(changed("riot", course=mild).traces)
    yellow = KINDS["riot"].course.model_dump(mode="json") | {"injured_yellow_factor": 0}
    stages = KINDS["riot"].severities.model_dump(mode="json", exclude_none=True)
    never_red = {name: stages[name] for name in ("green", "yellow")}
    assert not {Trace.INJURED, Trace.OFFICERS_HURT} & set(changed("riot", course=yellow, severities=never_red).traces)
    assert Trace.INJURED in changed("riot", severities=never_red).traces


def test_that_people_leave_an_office_stops_no_voting() -> None:
    stages = {"red": {"needs": {}, "effects": [{"effect": "evacuate"}]}}
    assert Trace.PAUSE in changed("bomb_threat", severities=stages).traces
    assert changed("bomb_threat", severities=stages, places=["base"], background_weight=0).traces == ()


def test_commands_tell_what_a_kind_leaves_behind(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["kinds", "landslide"]) == 0
    assert "closed road, injured" in capsys.readouterr().out
    (tmp_path / "kinds").mkdir()
    file = tmp_path / "kinds" / "mine.yaml"
    text = "title: Mine\nplaces: [station]\ncourse: {course: fixed, duration: {mean_minutes: 5}, resolve: {mean_minutes: 5}}\n"
    file.write_text(text + "severities: {green: {needs: {}, effects: [{effect: suspend}]}}\nbackground_weight: 0\n")
    assert call(["check", str(file)]) == 0
    assert "Leaves behind: pause" in capsys.readouterr().out
