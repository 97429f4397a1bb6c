"""Every bad voting input is refused, from a scenario's file and from the command line, with one clear message."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from sim.config.compose import check_file, load
from sim.config.voting import VotingSettings
from sim.day.world import prepare
from sim.errors import UserError
from sim.region.load import load_region
from sim.region.write import stations_csv
from sim.voting.station import simulate_station
from tests.conftest import SMALL, SMALL_REGION, small_scenario

CALM = ["scenario=calm_day", "strategy=minimum_pattern"]
EXPONENTIAL = "{distribution: exponential, mean_seconds: 60}"
CLOCK = 'a time is written "HH:MM" in quotes, from "00:00" to "36:59" (24:00 and later: the next day)'
QUOTES = 'times are written in quotes, like "09:40", not as a number'
PLAIN = "a number is written in plain decimals, such as 12, -3 or 0.5; a text that looks like another number stands in quotes"


def booth(service: str = EXPONENTIAL, servers: str = "2", more: str = "") -> str:
    """One stage, as a user writes it."""
    return f"[{{name: booth, servers: {servers}, service: {service}{more}}}]"


def arrive(*pieces: tuple[str, str, str]) -> str:
    """An arrival profile, as a user writes it."""
    written = (f"{{from_time: {start}, to_time: {end}, share: {share}}}" for start, end, share in pieces)
    return f"[{', '.join(written)}]"


def refused_file(folder: Path, setting: str, text: str) -> str:
    """What is said of a scenario file that sets this, after the name of the file."""
    *groups, key = setting.split(".")
    settings = "".join(f"{group}: {{" for group in groups) + f"{key}: {text}" + "}" * len(groups)
    file = folder / "mine.yaml"
    file.write_text(f"title: Mine\nstrategies: [minimum_pattern]\n{settings}\n", encoding="utf-8")
    with pytest.raises(UserError) as caught:
        check_file(file)
    return after(f"{file}: ", str(caught.value)).removesuffix(" (line 3)")


def refused_override(setting: str, text: str, folder: Path | None = None) -> str:
    """What is said of an override that sets this, after the override."""
    override = f"{setting}={text.replace('.nan', 'nan').replace('.inf', 'inf')}"
    with pytest.raises(UserError) as caught:
        load(None, [*CALM, override], folder)
    return after(f"override '{override}': ", str(caught.value))


def after(origin: str, message: str) -> str:
    assert message.startswith(origin), message
    return message.removeprefix(origin)


MEAN = "voting.stages[0].service.mean_seconds"
LARGE = "1" + "0" * 308
BAD = [
    # stages and their servers
    ("voting.stages", "[]", "voting.stages = []: must not be empty"),
    ("voting.stages", booth(servers="0"), "voting.stages[0].servers = 0: must be 1 or more"),
    ("voting.stages", booth(servers="-1"), "voting.stages[0].servers = -1: must be 1 or more"),
    ("voting.stages", booth(servers="1.5"), "voting.stages[0].servers = 1.5: a whole number is needed"),
    ("voting.stages", booth(servers="two"), "voting.stages[0].servers = 'two': a number is needed, not 'two'"),
    ("voting.stages", booth(servers=".nan"), f"voting.stages[0].servers = .nan: {PLAIN}"),
    (
        "voting.stages",
        booth(servers="1000000000000"),
        "voting.stages[0].servers = 1000000000000: must be 10,000 or less",
    ),
    ("voting.stages", booth(servers="null"), "voting.stages[0].servers = null: a whole number is needed"),
    ("voting.stages", booth(servers="1e30"), f"voting.stages[0].servers = 1e30: {PLAIN}"),
    ("voting.stages", booth(more=", priority_factor: 0"), "voting.stages[0].priority_factor = 0: must be more than 0"),
    (
        "voting.stages",
        booth(more=', priority: "yes"'),
        "voting.stages[0].priority = 'yes': true or false is needed, without quotes",
    ),
    (
        "voting.stages",
        f"[{booth()[1:-1]}, {booth()[1:-1]}]",
        "voting.stages: two have the same name, 'booth'",
    ),
    # service times
    *(
        ("voting.stages", booth(f"{{distribution: exponential, mean_seconds: {mean}}}"), f"{MEAN} = {says}")
        for mean, says in (
            ("0", "0: must be more than 0"),
            ("-3", "-3: must be 0 or more"),
            (".nan", f".nan: {PLAIN}"),
            (".inf", f".inf: {PLAIN}"),
        )
    ),
    (
        "voting.stages",
        booth("{distribution: triangular, low_seconds: 60, mode_seconds: 35, high_seconds: 20}"),
        "voting.stages[0].service.low_seconds = 60: low_seconds <= mode_seconds <= high_seconds is needed, "
        "and low below high, not 60, 35, 20",
    ),
    (
        "voting.stages",
        booth("{distribution: gama, mean_seconds: 60, cv: 1}"),
        "voting.stages[0].service.distribution = 'gama': unknown; did you mean 'gamma'?",
    ),
    (
        "voting.stages",
        booth("{distribution: weibull, mean_seconds: 60}"),
        "voting.stages[0].service.distribution = 'weibull': unknown; "
        "known: constant, empirical, exponential, gamma, lognormal, triangular",
    ),
    ("voting.stages", booth("{mean_seconds: 60}"), "'voting.stages[0].service.distribution' is missing"),
    ("voting.stages", booth("{distribution: gamma, mean_seconds: 60}"), "'voting.stages[0].service.cv' is missing"),
    (
        "voting.stages",
        booth("{distribution: constant, mean_people: 60}"),
        "voting.stages[0].service.mean_people = 60: a time is needed, in seconds or minutes, not people",
    ),
    ("voting.stages", booth("[gamma]"), "voting.stages[0].service = ['gamma']: a mapping of settings is needed"),
    (
        "voting.stages",
        booth("{distribution: empirical, values: [30, -1]}"),
        "voting.stages[0].service.values[1] = -1: must be 0 or more",
    ),
    (
        "voting.stages",
        booth("{distribution: empirical, values: [0, 0]}"),
        "voting.stages[0].service.values = [0, 0]: the numbers must have a mean above zero",
    ),
    # who comes, when
    ("voting.arrivals", "[]", "voting.arrivals = []: must not be empty"),
    ("voting.arrivals", "null", "voting.arrivals = null: a list is needed"),
    (
        "voting.arrivals",
        arrive(('"07:00"', '"08:00"', "0"), ('"08:00"', '"09:00"', "0")),
        "voting.arrivals: the shares add up to zero, nobody would come",
    ),
    (
        "voting.arrivals",
        arrive(('"07:00"', '"08:00"', LARGE), ('"08:00"', '"09:00"', "1")),
        f"voting.arrivals[0].share = {LARGE[:60]}…: must be 1,000,000 or less",
    ),
    (
        "voting.arrivals",
        arrive(('"07:00"', '"08:00"', "1"), ('"07:30"', '"09:00"', "1")),
        "voting.arrivals: two intervals overlap, 07:00-08:00 and 07:30-09:00",
    ),
    (
        "voting.arrivals",
        arrive(('"07:00"', '"08:00"', "-1")),
        "voting.arrivals[0].share = -1: must be 0 or more",
    ),
    (
        "voting.arrivals",
        arrive(('"07:00"', '"08:00"', ".nan")),
        f"voting.arrivals[0].share = .nan: {PLAIN}",
    ),
    (
        "voting.arrivals",
        arrive(('"07:00"', '"08:00"', "1"), ('"08:00"', '"13:01"', "1")),
        "voting.arrivals: the interval 08:00-13:01 ends after close at 13:00; nobody is admitted then",
    ),
    (
        "voting.arrivals",
        arrive(('"08:00"', '"07:00"', "1")),
        "voting.arrivals[0].to_time = '07:00': to_time must come after from_time, but 07:00 is not after 08:00",
    ),
    (
        "voting.arrivals",
        arrive(("660", '"12:00"', "1")),
        f'voting.arrivals[0].from_time = 660: {QUOTES}. Perhaps you meant "11:00"',
    ),
    ("voting.special.arrivals", "[]", "voting.special.arrivals = []: the shares add up to zero, nobody would come"),
    ("voting.turnout_share", "1.2", "voting.turnout_share = 1.2: must be 1 or less"),
    ("voting.turnout_share", "-0.1", "voting.turnout_share = -0.1: must be 0 or more"),
    ("voting.priority.share", "1.2", "voting.priority.share = 1.2: must be 1 or less"),
    (
        "voting.absence.impatient_return_share",
        "1.2",
        "voting.absence.impatient_return_share = 1.2: must be 1 or less",
    ),
    ("voting.turnout_share", ".nan", f"voting.turnout_share = .nan: {PLAIN}"),
    ("voting.turnout_share", "72%", "voting.turnout_share = '72%': a number is needed, not '72%'"),
    # hours
    (
        "voting.close",
        '"07:00"',
        "voting.close = '07:00': close must come after open, but 07:00 is not after 07:00",
    ),
    (
        "voting.day_end",
        '"13:00"',
        "voting.day_end = '13:00': day_end must come after close, but 13:00 is not after 13:00",
    ),
    ("voting.close", "780", f'voting.close = 780: {QUOTES}. Perhaps you meant "13:00"'),
    ("voting.close", "13.5", f"voting.close = 13.5: {QUOTES}"),
    ("voting.close", ".inf", f"voting.close = .inf: {PLAIN}"),
    ("voting.close", "noon", f"voting.close = 'noon': {CLOCK}"),
    ("voting.close", "null", f"voting.close = null: {CLOCK}"),
    (
        "voting.moved_in.from_time",
        '"13:00"',
        "voting.moved_in.from_time = '13:00': close must come after moved_in.from_time, but 13:00 is not after 13:00",
    ),
    (
        "voting.identity_card.from_time",
        '"14:00"',
        "voting.identity_card.from_time = '14:00': "
        "close must come after identity_card.from_time, but 13:00 is not after 14:00",
    ),
    # patience, interruption, trouble
    ("voting.balking.mean_people", "-1", "voting.balking.mean_people = -1: must be 0 or more"),
    ("voting.patience.mean_minutes", "-1", "voting.patience.mean_minutes = -1: must be 0 or more"),
    (
        "voting.patience.mean_seconds",
        "60",
        "voting.patience.mean_seconds = 60: not together with mean_minutes, as one unit is for all",
    ),
    (
        "voting.balking.mean_minutes",
        "60",
        "voting.balking.mean_minutes = 60: not together with mean_people, as one unit is for all",
    ),
    ("voting.turnout_count", "poison", "voting.turnout_count = 'poison': unknown; did you mean 'poisson'?"),
    ("voting.patience.cv", ".nan", f"voting.patience.cv = .nan: {PLAIN}"),
    ("voting.restart_minutes", "-1", "voting.restart_minutes = -1: must be 0 or more"),
    (
        "voting.trouble.out_of_use.stage",
        "boths",
        "voting.trouble.out_of_use.stage = 'boths': no 'boths' is among the stages; did you mean 'booth'?",
    ),
    ("voting.trouble.out_of_use.servers", "0", "voting.trouble.out_of_use.servers = 0: must be 1 or more"),
    (
        "voting.trouble.out_of_use.servers",
        "5",
        "voting.trouble.out_of_use.servers = 5: 5 cannot be out of use, as 'booth' has 4 in all (stages[2].servers)",
    ),
    (
        "troubles",
        '[{what: out_of_use, place: Curup, stage: boths, from_time: "08:00"}]',
        "troubles[0].stage = 'boths': no 'boths' is among the stages; did you mean 'booth'?",
    ),
    (
        "troubles",
        '[{what: out_of_use, place: Curup, stage: booth, servers: 5, from_time: "08:00"}]',
        "troubles[0].servers = 5: 5 cannot be out of use, as 'booth' has 4 in all (voting.stages[2].servers)",
    ),
    (
        "troubles",
        '[{what: out_of_use, place: Curup, stage: booth, from_time: "08:00", to_time: "07:00"}]',
        "troubles[0].to_time = '07:00': to_time must come after from_time, but 07:00 is not after 08:00",
    ),
    (
        "troubles",
        '[{what: late_openin, place: Curup, opens_at: "08:00"}]',
        "troubles[0].what = 'late_openin': unknown; did you mean 'late_opening'?",
    ),
    (
        "troubles",
        "[{what: late_opening, place: Curup, opens_at: 780}]",
        f'troubles[0].opens_at = 780: {QUOTES}. Perhaps you meant "13:00"',
    ),
    ("troubles", "[{what: short_ballots, place: Curup, ballots: -3}]", "troubles[0].ballots = -3: must be 0 or more"),
    (
        "troubles",
        '[{what: put_off, place: Curup, stopped_at: "06:30"}]',
        "troubles[0].stopped_at = '06:30': voting is from 07:00 to 13:00 (voting.open, voting.close)",
    ),
    # the wrong kind of thing, the wrong name
    ("voting.priority", "null", "voting.priority = null: a mapping of settings is needed"),
    ("voting.absence", "[1]", "voting.absence = [1]: a mapping of settings is needed"),
    ("voting.stages.booth", "3", "voting.stages = {'booth': 3}: a list is needed"),
    ("troubles.what", "late_opening", "troubles = {'what': 'late_opening'}: a list is needed"),
    ("voting.engine", "compild", "voting.engine = 'compild': unknown; did you mean 'compiled'?"),
    (
        "voting.turnout_by_district",
        "1",
        "voting.turnout_by_district = 1: true or false is needed, without quotes",
    ),
    (
        "voting.absence.deterred_return_shar",
        "0.3",
        "unknown setting 'voting.absence.deterred_return_shar'; did you mean 'deterred_return_share'? 'simulate settings WORD' finds one",
    ),
    (
        "voting.trouble.late_openin.share",
        "0.3",
        "unknown setting 'voting.trouble.late_openin'; did you mean 'late_opening'? 'simulate settings WORD' finds one",
    ),
    (
        "voting.stages",
        booth(more=", priorty: true"),
        "unknown setting 'voting.stages[0].priorty'; did you mean 'priority'? 'simulate settings WORD' finds one",
    ),
]


each_bad_setting = pytest.mark.parametrize(
    ("setting", "text", "says"), BAD, ids=[f"{setting}={text}" for setting, text, _ in BAD]
)


@each_bad_setting
def test_a_bad_setting_in_a_file_is_named_with_its_value(tmp_path: Path, setting: str, text: str, says: str) -> None:
    assert refused_file(tmp_path, setting, text) == says


@pytest.mark.slow  # the same messages with another origin; tests/config/test_explain.py has an override of every sort
@each_bad_setting
def test_a_bad_override_is_named_with_its_value(setting: str, text: str, says: str) -> None:
    assert refused_override(setting, text) == says.replace("= .", "= ")


NO_TIME = "is not a number from 0 to 1,000,000; a number is written in plain decimals, such as 12, -3 or 0.5"


@pytest.mark.parametrize(
    ("content", "setting", "says"),
    [
        (None, "file = 'times.csv'", ": cannot be read (No such file or directory)"),
        (b"secs,stage\n30,booth\n", "column = 'seconds'", ": unknown column 'seconds'; did you mean 'secs'?"),
        (b"", "column = 'seconds'", ": unknown column 'seconds'; the first line of the file must name it"),
        (b"seconds,seconds\n1,2\n", "file = 'times.csv'", ": columns 1 and 2 have the same name"),
        (b"seconds\n", "file = 'times.csv'", ": column 'seconds' holds no number"),
        (b"seconds\n30\nfast\n", "file = 'times.csv'", f", row 3, column 'seconds': 'fast' {NO_TIME}"),
        (b"seconds\n-1\n", "file = 'times.csv'", ", row 2, column 'seconds': -1 is outside 0 to 1,000,000"),
        (b"seconds\n30\nnan\n", "file = 'times.csv'", f", row 3, column 'seconds': 'nan' {NO_TIME}"),
        (b"seconds,name\n30,caf\xe9\n", "file = 'times.csv'", ": cannot be read (it is not UTF-8 text)"),
    ],
)
def test_a_bad_file_of_measured_times_is_named_with_its_line(
    tmp_path: Path, content: bytes | None, setting: str, says: str
) -> None:
    file = tmp_path / "times.csv"
    if content is not None:
        file.write_bytes(content)
    stages = booth("{distribution: empirical, file: times.csv, column: seconds}")
    expected = f"voting.stages[0].service.{setting}: {file}{says}"
    assert refused_file(tmp_path, "voting.stages", stages) == expected
    assert refused_override("voting.stages", stages, tmp_path) == expected


def test_measured_times_that_are_all_zero_and_a_folder_for_a_file(tmp_path: Path) -> None:
    (tmp_path / "zero.csv").write_text("seconds\n0\n0\n")
    (tmp_path / "folder.csv").mkdir()
    for name, says in (
        ("zero.csv", "zero.csv: the numbers must have a mean above zero"),
        ("folder.csv", f"{tmp_path / 'folder.csv'}: cannot be read (it is not a regular file)"),
    ):
        stages = booth(f"{{distribution: empirical, file: {name}, column: seconds}}")
        expected = f"voting.stages[0].service.file = '{name}': {says}"
        assert refused_file(tmp_path, "voting.stages", stages) == expected
        assert refused_override("voting.stages", stages, tmp_path) == expected


def test_a_time_that_is_written_as_a_number_is_explained(tmp_path: Path) -> None:
    says = refused_file(tmp_path, "voting.close", "780")
    assert says == f'voting.close = 780: {QUOTES}. Perhaps you meant "13:00"'


@pytest.mark.parametrize(
    ("trouble", "setting", "near"),
    [
        ('{what: late_opening, place: Mojoreja, opens_at: "08:00"}', "troubles[0].place", "did you mean 'Mojorejo'?"),
        ("{what: short_ballots, place: district 99, ballots: 3}", "troubles[0].place", "district 99"),
    ],
)
def test_scripted_trouble_at_an_unknown_place(trouble: str, setting: str, near: str) -> None:
    with pytest.raises(UserError) as caught:
        prepare(load(None, [*CALM, f"troubles=[{trouble}]"]))
    assert str(caught.value).startswith(setting)
    assert near in str(caught.value)


def test_more_voters_than_are_registered() -> None:
    voting: VotingSettings = small_scenario().voting
    with pytest.raises(UserError, match=r"voters: 401 cannot come, as only 400 are registered \(registered\)"):
        simulate_station(voting, 400, voters=401)


@pytest.mark.parametrize(
    ("registered", "says"),
    [("601", "601 is outside 1 to 600"), ("-1", "-1 is outside"), ("nan", "'nan' is not a number")],
)
def test_a_table_with_an_impossible_number_of_registered_voters(tmp_path: Path, registered: str, says: str) -> None:
    folder = Path(shutil.copytree(SMALL_REGION, tmp_path / "region"))
    settings = load(None, [*CALM, *SMALL, f"region.path={folder}"]).region
    header, first, *rest = stations_csv(load_region(settings)).splitlines()
    column = header.split(",").index("registered")
    values = first.split(",")
    values[column] = registered
    file = folder / "stations.csv"
    file.write_text("\n".join([header, ",".join(values), *rest]) + "\n", encoding="utf-8")
    with pytest.raises(UserError) as caught:
        load_region(settings)
    assert str(caught.value).startswith(f"{file}, row 2, column 'registered': {says}")
