"""Settings from YAML: a number is what every program reads alike, a time is a text, anything else that looks so is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from omegaconf import OmegaConf

from sim.config.compose import check_file, composed_yaml
from sim.config.packaged import CONF, SCENARIOS
from sim.config.scalars import read_settings, written_yaml
from sim.decimals import is_plain
from sim.errors import UserError
from tests.test_decimals import DECIMALS


def refused(text: str) -> str:
    with pytest.raises(UserError) as caught:
        read_settings(text, "mine.yaml")
    return str(caught.value)


@pytest.mark.parametrize("value", ["010", "00", "0x1F", "0b11", "0o17", "1_000", "+5", ".5", "5.", "1e5", "1E-3", ".inf", "-.Inf", ".nan", "٣", "１２"])  # fmt: skip
def test_a_number_that_is_no_plain_decimal_is_refused_with_file_line_setting_and_value(value: str) -> None:
    said = refused(f"title: x\nrun:\n  a: [1, {value}]\n")
    assert said.startswith(
        f"mine.yaml: run.a[1] = {value}: a number is written in plain decimals, such as 12, -3 or 0.5"
    )
    assert said.endswith("(line 3)")


@pytest.mark.parametrize("value", ["yes", "No", "ON", "off"])
def test_a_word_that_is_true_or_false_only_to_some_programs_is_refused(value: str) -> None:
    assert refused(f"run: {{check: {value}}}").startswith(f"mine.yaml: run.check = {value}: some programs read this as")


def test_thousands_of_digits_are_refused_in_a_short_message() -> None:
    assert "a number is written in plain decimals" in refused("a: " + "9" * 5000)
    assert len(refused("a: " + "9" * 5000)) < 250


@pytest.mark.parametrize("value", ["!!float x", "!!float 5", "!!int '5'", "!!binary aa", "!!set {x}", "!!python/name:os.system ''", "!mine 5", "!!bool 'yes'"])  # fmt: skip
def test_a_tag_is_refused(value: str) -> None:
    assert refused(f"a: 1\nb: {value}").startswith("mine.yaml: b")
    assert refused(f"a: 1\nb: {value}").endswith("is not allowed (line 2)")


@pytest.mark.parametrize(("text", "says"), [("a: 1\nb: {c: 2, c: 3}", "'b.c' stands twice (line 2)"), ("1: a\n1: b", "'1' stands twice (line 2)"), ("on: 1", "on = on: some")])  # fmt: skip
def test_a_key_stands_once_and_means_one_thing(text: str, says: str) -> None:
    assert says in refused(text)


@pytest.mark.parametrize("value", ["07:00", "13:00", "1:30", "190:20:30", "2024-11-27", "17.02.06.1004", "1,5", "5km", "inf", "nan", "T1.2"])  # fmt: skip
def test_what_no_program_counts_with_is_a_text(value: str) -> None:
    assert read_settings(f"a: {value}", "x") == {"a": value}


def test_in_quotes_everything_is_a_text() -> None:
    for value in ("010", "yes", "12", "null", "1e5", "true"):
        assert read_settings(f"a: '{value}'\nb: \"{value}\"", "x") == {"a": value, "b": value}
    assert read_settings("a: !!str 010", "x") == {"a": "010"}


def test_numbers_truth_values_and_nothing_keep_their_kinds() -> None:
    read = read_settings("[12, -3, 0.5, 2.0, true, False, null, ~, ]", "x")
    assert [(type(v), v) for v in read] == [(type(v), v) for v in (12, -3, 0.5, 2.0, True, False, None, None)]


def test_a_mapping_is_merged_into_another() -> None:
    assert read_settings("a: &x {b: 1, c: 2}\nd: {<<: *x, c: 3}", "x")["d"] == {"b": 1, "c": 3}


@given(st.one_of(DECIMALS, st.text("0123456789.-+_eExXbo٣", min_size=1, max_size=12)))
@settings(max_examples=100, deadline=None)
def test_any_decimal_text_is_read_as_it_is_written_or_is_no_number(text: str) -> None:
    try:
        value = read_settings(f"a: [{text}]", "x")["a"][0]
    except UserError:
        assert not is_plain(text)
        return
    except Exception as error:
        assert type(error).__module__.startswith("yaml"), error
        return
    if is_plain(text):
        assert type(value) is (float if "." in text else int)
        assert value == (float(text) if "." in text else int(text))
    else:
        assert not isinstance(value, (int, float))


@pytest.mark.parametrize(
    "file", sorted([*CONF.rglob("*.yaml"), *SCENARIOS.rglob("*.yaml")]), ids=lambda file: file.name
)
def test_packaged_files_are_the_same_to_every_reader(file: Path) -> None:
    read = read_settings(file.read_text(encoding="utf-8"), file.name)
    assert read == OmegaConf.to_container(OmegaConf.load(file), resolve=False)


VALUES = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(allow_nan=False, allow_infinity=False),
        st.text(st.characters(exclude_categories=("C", "Z")), max_size=8),
        st.sampled_from(["010", "13:00", "yes", "1e5", ".inf", "null", "~", "<<", "0o17", "+5"]),
    ),
    lambda inner: st.lists(inner, max_size=3),
    max_leaves=6,
)


@given(VALUES)
@settings(max_examples=100, deadline=None)
def test_settings_that_are_written_are_read_back_the_same(value: object) -> None:
    assert read_settings(written_yaml({"a": value}), "x") == {"a": value}


def test_printed_settings_are_read_back() -> None:
    printed = composed_yaml(["scenario=calm_day", "strategy=even_spread", "voting.priority.share=0.00001"])
    assert "share: 0.00001\n" in printed
    assert read_settings(printed, "x")["voting"]["open"] == "07:00"


@pytest.mark.parametrize("clock", ["13:00", "'13:00'", '"13:00"'])
def test_a_time_needs_no_quotes(tmp_path: Path, clock: str) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(f"title: x\nstrategies: [even_spread]\nvoting: {{open: 07:00, close: {clock}}}\n")
    voting = check_file(file).voting
    assert (voting.open, voting.close) == (420.0, 780.0)
