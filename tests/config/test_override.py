"""Overrides are read within limits and never evaluated; a sweep is counted before it is made."""

from __future__ import annotations

import pytest

from sim.config import override
from sim.config.compose import expand, load
from sim.config.override import count_runs, read_overrides
from sim.errors import UserError

CALM = ["scenario=calm_day", "strategy=minimum_pattern"]


def refused(*overrides: str) -> str:
    with pytest.raises(UserError) as caught:
        read_overrides(overrides)
    return str(caught.value)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("x", "cannot read the override 'x'; write setting=value"),
        ("a==b", "cannot read the override 'a==b'"),
        ("a={", "cannot read the override 'a={'"),
        ("a=[", "cannot read the override 'a=['"),
        ("ö=1", "cannot read the override 'ö=1'"),
        ("title=a\nb", r"cannot read the override 'title=a\nb'"),
        (f"title={'[' * 3_000}", "cannot read the override"),
        (f"{'a.' * 40}b=1", "a setting is named by its keys with dots between"),
        ("=", "a setting is named by its keys"),
        ("a..b=1", "cannot read the override"),
        ("run/seed=1", "a setting is named by its keys"),
        ("hydra.run.dir=x", "unknown setting 'hydra'"),
        ("+hydra/launcher=x", "unknown setting 'hydra'"),
        ("voting@foo=pilkada_2024", "leave '@foo' out"),
        ("title=${oc.env:HOME}", "no variable of the environment is read"),
        ("title='${oc.env:HOME}'", "no variable of the environment is read"),
        (f"title={'x' * 100_000}", "it has 100,006 characters; at most 20,000 are read"),
        (f"run.seed={'9' * 5_000}", "a number is written in plain decimals"),
    ],
    ids=lambda text: text[:30],
)
def test_what_cannot_be_read_is_one_short_message(text: str, says: str) -> None:
    message = refused(text)
    assert says in message
    assert len(message) < 1_000 and "\n" not in message


def test_no_more_overrides_are_read_than_there_could_be_settings() -> None:
    assert refused(*["run.seed=1"] * 1_001) == "1,001 overrides; at most 1,000 are read"


def test_an_interpolation_is_refused_before_hydra_has_seen_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET", "s3cret")
    monkeypatch.setattr(override, "parsed", lambda text: 1 // 0)
    assert "s3cret" not in refused("title=${oc.env:SECRET}")


@pytest.mark.parametrize(
    ("overrides", "says"),
    [
        (["run.seed=range(1000000)"], "a sweep of 1,000,000 runs, run.seed (1,000,000); at most 1,000"),
        (["run.seed=range(0,1,0.0000001)"], "at most 1,000 are played"),
        (["run.seed=shuffle(range(1,10000000))"], "at most 1,000 are played"),
        (
            [f"run.seed={','.join(map(str, range(40)))}", "run.batch=range(1,41)"],
            "a sweep of 1,600 runs, run.seed (40) x run.batch (40)",
        ),
        (["run.seed=range(1,2,0)"], "a step that is not 0"),
        (["run.seed=range(5,1)"], "the range is empty"),
        (["run.seed=interval(0,1)"], "swept is over a comma list"),
        (["weather=glob(*)"], "swept is over a comma list"),
    ],
)
def test_a_sweep_is_refused_before_it_is_made(overrides: list[str], says: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sim.config.override.split", lambda *a, **k: 1 // 0)
    with pytest.raises(UserError) as caught:
        expand([*CALM, *overrides])
    assert says in str(caught.value)


def test_a_sweep_within_the_limit_is_counted_as_it_is_made() -> None:
    swept = [
        "run.seed=range(1,11)",
        "run.batch=choice(1,2)",
        "weather=dry,heavy_rain",
        "voting.turnout_share=range(0.1,0.5,0.1)",
    ]
    assert count_runs(read_overrides(swept)) == len(expand(swept)) == 10 * 2 * 2 * 4


@pytest.mark.parametrize("name", ["a,b", "[x]", "${oc.env:HOME}", "../calm_day", "", "x" * 300, "a\0b"])
def test_a_name_in_python_that_is_no_plain_one_is_an_unknown_scenario(name: str) -> None:
    with pytest.raises(UserError, match="unknown scenario"):
        load(name)


@pytest.mark.parametrize(
    "text", ["+weather=dry", "++weather=dry", "scenario={a: 1}", "scenario=[a]", "strategy={a: 1}"]
)
def test_what_is_chosen_by_name_is_nothing_else(text: str) -> None:
    with pytest.raises(UserError, match=r"there is a weather already|unknown (scenario|strategy) "):
        load(None, [*(o for o in CALM if not text.startswith(o[:8])), text])
