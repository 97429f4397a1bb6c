"""The benchmarks run, their accounts add up, and what they compare agrees. Nothing is said of times: those vary."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
NUMBER = r"([0-9](?:[0-9,.e+-]*[0-9])?)"


def printed(script: str, *arguments: str, python: tuple[str, ...] = ()) -> str:
    """Return what a benchmark prints."""
    done = subprocess.run(
        [sys.executable, *python, str(ROOT / "benchmarks" / script), *arguments],
        cwd=ROOT, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def number(text: str, pattern: str) -> float:
    """Return the number in the one place where the pattern stands."""
    (found,) = re.findall(pattern.replace("#", NUMBER), text)
    return float(found.replace(",", ""))


@pytest.fixture(scope="module")
def voting() -> str:
    return printed("voting.py", "--stations", "3", "--days", "2", "--ciw-stations", "0")


def test_both_engines_let_every_voter_leave_at_the_same_time(voting: str) -> None:
    assert number(voting, r"leaving +# min") < 1e-9
    assert number(voting, r"leaving, reference +# min") < 1e-9
    assert re.search(r"counts of every station the same +yes", voting)


def test_the_interrupted_day_is_interrupted_as_often_as_said(voting: str) -> None:
    assert "10 interruptions a station, 2 of them evacuations" in voting


def test_every_time_and_ratio_is_printed_with_its_aim(voting: str) -> None:
    for line in (r"draws", r"engine", r"one station, looked at 10:00", r"reference, one SimPy process per voter"):
        assert re.search(rf"^{line} +[0-9.]+ (ms|us)$", voting, flags=re.MULTILINE), line
    for line, aim in (
        ("times slower than undisturbed", "at most 2"),
        ("ratio without draws", "at least 500"),
        ("ratio with draws on both sides", "at least 200"),
    ):
        assert re.search(rf"^  {line} +[0-9.]+   aim: {aim} +(met|MISSED)$", voting, flags=re.MULTILINE), line


def test_ciw_agrees_on_the_mean_wait() -> None:
    pytest.importorskip("ciw")
    text = printed("voting.py", "--stations", "3", "--days", "1", "--interruptions", "0", "--ciw-stations", "2")
    assert "Ciw, 2 stations played, time scaled up to 3" in text
    for name in ("nobody leaves the line", "with balking and reneging"):
        ours, ciw, difference = (
            number(text, rf"mean wait, {name}: {rest}")
            for rest in ("ours #, ", r"ours \S+, Ciw # min", r"ours \S+, Ciw \S+ min +# min")
        )
        assert ours > 0
        assert ciw == ours
        assert difference < 1e-9


def test_ciw_agrees_on_who_leaves_where_lines_are_long() -> None:
    pytest.importorskip("ciw")
    text = printed("ciw_station.py", "--stations", "3", "--registered", "590")
    for what in ("voted", "balked", "reneged"):
        ours, ciw = number(text, rf"{what}: ours #, "), number(text, rf"{what}: ours \S+, Ciw #, ")
        assert ours == ciw > 0
    assert text.count(", the same at every station") == 3
    assert number(text, r"largest difference of a station's mean wait # min") < 1e-9


def test_without_ciw_the_benchmark_says_how_to_get_it_and_goes_on() -> None:
    hidden = "import sys, runpy; sys.modules['ciw'] = None; sys.path.insert(0, 'benchmarks'); sys.argv = sys.argv[1:]; "
    text = printed(
        "voting.py", "--stations", "1", "--days", "1", "--interruptions", "1",
        python=("-c", hidden + "runpy.run_path(sys.argv[0], run_name='__main__')"),
    )  # fmt: skip
    assert text.splitlines()[-1] == "Ciw is not installed: pip install .[benchmark]"


def test_dispatch_alone_gives_the_same_responses_as_a_plain_program() -> None:
    text = printed("alone.py", "--days", "6")
    assert number(text, r"largest difference of a response # min") < 1e-9
    assert re.search(r"^  times as long +[0-9.]+   aim: at most 1.5 (met|MISSED)$", text, flags=re.MULTILINE)
    assert number(text, r"layout, # calls a day") == pytest.approx(144, rel=0.2)
    assert number(text, r"preference, # calls") == pytest.approx(180_000, rel=0.02)


def test_the_network_of_a_site_against_the_closed_formula() -> None:
    text = printed("evacuation.py", "--times", "3")
    assert number(text, r"one door, largest difference # min") < 1e-9
    for layout in ("office", "school_room", "tent"):
        assert re.search(rf"^{layout}, 100 people +[0-9.]+ ms +aim: under 1 ms (met|MISSED)$", text, flags=re.MULTILINE)


@pytest.fixture(scope="module")
def nation() -> dict[int, str]:
    """What is printed about each share of a small nation."""
    text = printed("nation.py", "--stations", "900", "--registered", "420000", "--share", "1", "10", "100")
    assert text.startswith("900 stations, 420,000 registered (")
    assert ", 3 regencies\n" in text
    assert number(text, "peak memory # GB") > 0
    heads = re.split(r"\n(\d+) %: ", text)[1:]
    return {int(share): rest for share, rest in zip(heads[::2], heads[1::2], strict=True)}


def test_every_share_of_the_nation_closes_its_account(nation: dict[int, str]) -> None:
    assert list(nation) == [1, 10, 100]
    for text in nation.values():
        causes = ("deterred", "balked", "impatient", "unsupplied", "evacuated", "deferred")
        lost = sum(number(text, rf"\b{cause} #(?:,|\n)") for cause in causes)
        assert number(text, r"due #, voted") == number(text, r"voted #, ") + lost
        assert "due = voted + lost + deferred: yes" in text


def test_shares_of_the_nation_scale(nation: dict[int, str]) -> None:
    stations = [number(text, r"^# stations") for text in nation.values()]
    registered = [number(text, r"stations, # registered") for text in nation.values()]
    assert stations == [9, 90, 900]
    assert registered[2] == 420_000
    for share, part in zip((0.01, 0.1), registered[:2], strict=True):
        assert part == pytest.approx(share * 420_000, rel=0.15)
    for text, there in zip(nation.values(), registered, strict=True):
        assert number(text, r"due #, voted") == pytest.approx(0.734 * there, rel=0.1)


def test_the_whole_day_of_a_small_nation_closes_its_account() -> None:
    text = printed("nation.py", "--whole", "--stations", "1300", "--share", "40", "100")
    assert re.findall(r"whole day: (\d+) regencies of their own, ([0-9,]+) stations", text) == [
        ("2", "890"),
        ("3", "1,335"),
    ]
    assert text.count("due = voted + lost + deferred: yes") == 2
    for part in text.split("whole day")[1:]:
        due, tasks = number(part, r"due #, voted"), number(part, r"average, # tasks")
        assert 0.6 * 208_094 < due / number(part, r": # regencies") < 0.9 * 208_094
        assert tasks > 0
    assert text.count("aim: under 60 s and 1 GB") == 1


def test_only_the_whole_nation_is_held_against_the_aim(nation: dict[int, str]) -> None:
    assert [("aim: under 40 s on one core" in text) for text in nation.values()] == [False, False, True]


def test_a_nation_that_cannot_be_is_refused() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "benchmarks" / "nation.py"), "--stations", "10", "--registered", "6000"],
        cwd=ROOT, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert "between 0 and 600 a station" in done.stderr


@pytest.mark.slow
def test_the_futures_of_a_moment_are_answered_and_held_against_whole_days() -> None:
    text = printed("exercise.py", "--futures", "4", "--workers", "1")
    assert number(text, r"one future under two courses is # plain days") > 0.0
    assert number(text, r"memory of a process: # MB") > 0.0
    assert re.search(r"^4 futures x 2 courses: .* \(aim 5 s for 200: (reached|MISSED)\)$", text, flags=re.MULTILINE)


@pytest.mark.slow
def test_a_room_of_ten_devices_loses_no_event() -> None:
    said = printed("room.py", "--minutes", "0.1", "--devices", "10", "--futures", "0")
    entries = number(said, r"entries of the log +#, ")
    assert entries > 10
    assert number(said, r"events lost +#\n") == 0
    assert number(said, r"events told +# to 10 devices") == 10 * (entries - 10)  # ten have joined before
    assert re.search(r"memory of the server, MB( +\d+){10}\n", said)


def test_merging_demand_covers_as_much_as_point_by_point() -> None:
    text = printed("covering.py", "--points", "300", "600", "--teams", "2", "3", "--seeds", "2")
    lines = re.findall(
        r"classes, ([0-9,]+) covered, optimal, gap 0; .* aim: under 1 s (?:met|MISSED)$", text, re.MULTILINE
    )
    assert len(lines) == 8 and re.search(r"the same as merged +yes", text)
    assert number(text, r"times as long as merged #") > 0
