from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from pydantic import TypeAdapter, ValidationError

from sim.config.compose import load
from sim.config.distribution import Duration, Empirical, Lapse, People
from sim.config.scenario import Scenario
from sim.errors import UserError
from sim.experiment.store import settings_of

ADAPTER: TypeAdapter[Duration] = TypeAdapter(Duration)


def read(file: Path | str, column: str = "seconds", folder: Path | None = None) -> Empirical:
    data = {"distribution": "empirical", "file": str(file), "column": column}
    found = ADAPTER.validate_python(data, context={"folder": folder})
    assert isinstance(found, Empirical)
    return found


@pytest.fixture
def times(tmp_path: Path) -> Path:
    file = tmp_path / "times.csv"
    file.write_text("\ufeffseconds , stage\n30,booth\n45.5 ,booth\n\n0,booth\n", encoding="utf-8")
    return file


def test_the_column_is_read_in_seconds(times: Path) -> None:
    found = read(times)
    assert found.values == (30.0, 45.5, 0.0)
    assert found.mean == pytest.approx(75.5 / 180)


def test_quoted_entries_and_either_line_ending(tmp_path: Path) -> None:
    file = tmp_path / "t.csv"
    file.write_bytes(b'"seconds","note"\r\n"12.5","a, b"\r\n"7","two\nlines"\r\n1e1,\r\n')
    assert read(file).values == (12.5, 7.0, 10.0)


def test_dumped_settings_need_no_file(times: Path) -> None:
    found = read(times)
    times.unlink()
    assert ADAPTER.validate_python(found.model_dump()) == found
    assert ADAPTER.validate_json(found.model_dump_json()) == found


def test_values_may_be_given_directly() -> None:
    found = ADAPTER.validate_python({"distribution": "empirical", "file": None, "values": [30, 40]})
    assert isinstance(found, Empirical)
    assert found.values == (30.0, 40.0) and found.file is None
    assert found.mean == pytest.approx(35 / 60)


def test_relative_paths_are_looked_for_in_the_folder_or_where_one_is(
    times: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert read("times.csv", folder=times.parent).values[0] == 30
    assert read(times, folder=times.parent / "elsewhere").values[0] == 30
    with pytest.raises(ValidationError, match=r"times\.csv"):
        read("times.csv")
    monkeypatch.chdir(times.parent)
    assert read("times.csv").values[0] == 30


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("secs,x\n1,2\n", r"bad\.csv: unknown column 'seconds'; did you mean 'secs'"),
        ("a,b\n1,2\n", r"bad\.csv: unknown column 'seconds'; known: a, b"),
        ("", r"bad\.csv: unknown column 'seconds'; none are known"),
        ("seconds\n30\nfast\n", r"bad\.csv line 3: a number is needed, not 'fast'"),
        ("x,seconds\n1,30\n1\n", r"bad\.csv line 3: a number is needed, not ''"),
        ("x,seconds\n1,\n", r"bad\.csv line 2: a number is needed, not ''"),
        ("seconds\n30\n30\n-1\n", r"bad\.csv line 4: it must be finite and zero or more, not -1"),
        ("seconds\nnan\n", r"bad\.csv line 2: it must be finite and zero or more, not nan"),
        ("seconds\ninf\n", r"bad\.csv line 2: it must be finite and zero or more, not inf"),
        ("seconds\n", r"bad\.csv: column 'seconds' holds no number"),
        ("seconds\n0\n0\n", r"bad\.csv: the numbers must have a mean above zero"),
    ],
)
def test_bad_files_are_named_with_line_and_value(tmp_path: Path, text: str, message: str) -> None:
    file = tmp_path / "bad.csv"
    file.write_text(text)
    with pytest.raises(ValidationError, match=message):
        read(file)


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(ValidationError, match=r"none\.csv: cannot be read"):
        read(tmp_path / "none.csv")
    with pytest.raises(ValidationError, match="cannot be read"):
        read(tmp_path)
    latin = tmp_path / "latin.csv"
    latin.write_bytes(b"seconds,name\n30,caf\xe9\n")
    with pytest.raises(ValidationError, match=r"latin\.csv: cannot be read"):
        read(latin)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({}, "file and column are needed, or values"),
        ({"file": "times.csv"}, "file and column are needed, or values"),
        ({"column": "seconds"}, "file and column are needed, or values"),
        ({"values": []}, "file and column are needed, or values"),
        ({"values": [0, 0]}, "values: the numbers must have a mean above zero"),
        ({"values": [3, -1]}, "greater than or equal to 0"),
        ({"values": [3, float("nan")]}, "finite number"),
        ({"values": ["3"]}, "a number is needed, not '3'"),
        ({"values": [3], "mean_seconds": 3}, "unknown setting"),
        ({"file": 3, "column": "seconds"}, "put it in quotes"),
    ],
)
def test_incomplete_or_impossible_values(data: dict, message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        ADAPTER.validate_python({"distribution": "empirical", **data})


def scenario_with(file: str) -> str:
    service = f"{{distribution: empirical, file: {file}, column: seconds}}"
    return f"title: Measured\nvoting:\n  stages:\n    - {{name: booth, servers: 2, service: {service}}}\n"


def test_a_scenario_finds_the_file_beside_itself(times: Path) -> None:
    (times.parent / "mine.yaml").write_text(scenario_with("times.csv"))
    scenario = load("mine", [], times.parent)
    service = scenario.voting.stages[0].service
    assert isinstance(service, Empirical)
    assert service.values == (30.0, 45.5, 0.0)
    times.unlink()
    assert Scenario.model_validate(settings_of(scenario)).voting.stages[0].service == service


def test_a_scenario_without_its_file_says_where_it_looked(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(scenario_with("tmes.csv"))
    with pytest.raises(UserError, match=r"voting\.stages\[0\]\.service.*tmes\.csv: cannot be read"):
        load("mine", [], tmp_path)


def test_means_of_the_others() -> None:
    for data, mean in (
        ({"distribution": "triangular", "low_seconds": 30, "mode_seconds": 60, "high_seconds": 90}, 1.0),
        ({"distribution": "gamma", "mean_seconds": 90, "cv": 0.5}, 1.5),
        ({"distribution": "constant", "mean_seconds": 30}, 0.5),
    ):
        assert np.isclose(ADAPTER.validate_python(data).mean, mean)
    wrong = {"distribution": "triangular", "low_seconds": 60, "mode_seconds": 30, "high_seconds": 90}
    with pytest.raises(ValidationError, match="low_seconds <= mode_seconds <= high_seconds"):
        ADAPTER.validate_python(wrong)


TIME: TypeAdapter[Lapse] = TypeAdapter(Lapse)
CROWD: TypeAdapter[People] = TypeAdapter(People)


def test_a_mean_and_a_spread_without_a_name_are_lognormal() -> None:
    named = {"distribution": "lognormal", "mean_minutes": 30, "cv": 0.8}
    assert TIME.validate_python({"mean_minutes": 30, "cv": 0.8}) == TIME.validate_python(named)
    assert TIME.validate_python({"mean_minutes": 30}) == TIME.validate_python({**named, "cv": 0.5})
    assert CROWD.validate_python({"mean_people": 0}).mean == 0
    for written in (named, {"distribution": "constant", "mean_seconds": 90}, {"mean_seconds": 3}):
        law = TIME.validate_python(written)
        assert written.items() <= law.model_dump().items()
        assert None not in law.model_dump().values()
        assert TIME.validate_json(law.model_dump_json()) == law


@pytest.mark.parametrize(
    ("data", "mean"),
    [
        ({"distribution": "triangular", "low_minutes": 1, "mode_minutes": 2, "high_minutes": 6}, 3.0),
        ({"distribution": "gamma", "mean_minutes": 90, "cv": 0.5}, 90.0),
        ({"distribution": "exponential", "mean_seconds": 90}, 1.5),
        ({"distribution": "empirical", "values": [1, 2], "unit": "minutes"}, 1.5),
        ({"distribution": "empirical", "values": [30, 60]}, 0.75),
    ],
)
def test_times_are_told_in_seconds_or_minutes(data: dict, mean: float) -> None:
    assert TIME.validate_python(data).mean == pytest.approx(mean)
    with pytest.raises(ValidationError, match="a number of people is needed, not"):
        CROWD.validate_python(data)


@pytest.mark.parametrize(
    "data",
    [
        {"distribution": "triangular", "low_people": 1, "mode_people": 2, "high_people": 6},
        {"distribution": "constant", "mean_people": 3},
        {"distribution": "empirical", "values": [2, 4], "unit": "people"},
    ],
)
def test_people_are_counted_in_people(data: dict) -> None:
    assert CROWD.validate_python(data).mean == 3.0
    for adapter in (TIME, ADAPTER):
        with pytest.raises(ValidationError, match="a time is needed, in seconds or minutes, not people"):
            adapter.validate_python(data)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"distribution": "exponential"}, "mean_seconds missing"),
        ({"distribution": "triangular"}, "low_seconds and mode_seconds and high_seconds missing"),
        ({"cv": 0.5}, "mean_seconds missing"),
        ({"mean_seconds": 60, "mean_minutes": 1}, "mean_seconds: not together with mean_minutes"),
        (
            {"distribution": "triangular", "low_seconds": 1, "mode_minutes": 2, "high_seconds": 9},
            "low_seconds: not together with mode_minutes",
        ),
        (
            {"distribution": "triangular", "low_seconds": 1, "high_seconds": 9},
            "low_seconds: all of low_seconds and mode",
        ),
    ],
)
def test_numbers_without_a_unit_in_two_units_or_not_all_are_refused(data: dict, said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        TIME.validate_python(data)


def test_service_times_are_not_all_zero_but_delays_may_be() -> None:
    for data in (
        {"distribution": "constant", "mean_minutes": 0},
        {"distribution": "gamma", "mean_seconds": 0, "cv": 1},
    ):
        assert TIME.validate_python(data).mean == 0
        with pytest.raises(ValidationError, match="must be more than 0"):
            ADAPTER.validate_python(data)
