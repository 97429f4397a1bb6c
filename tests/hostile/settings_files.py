"""Cases of settings: a stranger's scenario, with his strategies, kinds and measured times."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from hypothesis import strategies as st

from sim.config.packaged import CONF, GROUPS, KINDS
from tests.hostile.nasty import texts
from tests.hostile.trees import Draw, mutated, spoiled, written
from tests.hostile.trial import REGION, Trial


@dataclass(frozen=True)
class Case:
    """What a stranger sends and what somebody does with it.

    Attributes:
        args: The command line, as it is typed in the trial's ``work`` folder.
        files: The stranger's files by name, in ``own``.
        names: What a refusal may name, besides the names of the files.
    """

    args: tuple[str, ...]
    files: dict[str, str | bytes]
    names: tuple[str, ...] = ()

    def in_place(self, trial: Trial) -> Trial:
        """Write the files."""
        for name, content in self.files.items():
            trial.write(name, content)
        return trial

    def check(self, trial: Trial) -> None:
        """Demand that the command keeps every promise."""
        self.in_place(trial).check(self.args, (*self.names, *self.files))


SCENARIO: dict[str, Any] = {
    "title": "Clash",
    "description": "From somebody else.",
    "strategies": ["even_spread"],
    "incidents": [
        {"kind": "riot", "onset": "09:40", "place": "Pasar Tengah", "starters": 18, "followers": 1.0},
        {"kind": "landslide", "onset": "08:15", "place": "Pasar Barat - Pasar Tengah"},
    ],
    "closures": [{"between": ["T2.1", "T3.1"], "closed_at": "09:30", "reopened_at": "11:00"}],
    "slow_stretches": [{"between": ["T1.1", "T2.1"], "factor": 0.5, "from_time": "09:00", "to_time": "12:00"}],
    "troubles": [
        {"what": "late_opening", "place": "T1.1", "opens_at": "08:00"},
        {"what": "out_of_use", "place": "Muara Baru", "stage": "booth", "servers": 1, "from_time": "09:00", "to_time": "10:00"},
        {"what": "short_ballots", "place": "kecamatan 3", "ballots": 200},
    ],
    "region": {
        "path": REGION,
        "title": "Tanjung Contoh",
        "derive": {"very_vulnerable": 2, "vulnerable": 3},
        "forces": {"police": 60, "wardens": 60},
    },
}  # fmt: skip
"""Everything that a scenario can script, in the small regency."""
TIMES = "seconds,stage\n" + "".join(f"{n},booth\n" for n in (30, 45, 60.5, 90))
FILE = "own/mine.yaml"


@cache
def read(file: Path) -> Any:
    return yaml.safe_load(file.read_text(encoding="utf-8"))


def packaged(group: str) -> list[Path]:
    """Return the packaged files of a group."""
    return sorted((CONF / group).glob("*.yaml"))


def _with_defaults(draw: Draw, tree: dict[str, Any]) -> dict[str, Any]:
    """Put a list of defaults before some scenarios, most of them odd."""
    lists: list[Any] = [
        ["calm_day", "_self_"], ["_self_"], [], {}, None, "calm_day", ["mine"], ["nothing"], ["_self_", "_self_"],
        ["override /weather: heavy_rain"], [{"override /weather": "heavy_rain"}], [{"/weather@foo": "dry"}], [{"weather": "dry"}],
        ["../outside/secret"], ["/etc/passwd"], ["../../outside/secret"], [{"override /strategy": "../../outside/secret"}],
        [{"override /hydra/launcher": "basic"}], ["/hydra/job_logging/default"], ["${oc.env:SIAGA_CANARY}"], ["/scenario/${oc.env:HOME}"],
        [{"optional /weather": "none"}], [{"/weather": ["dry", "heavy_rain"]}], [{"/weather": None}], [3], [None], [[]], ["a"] * 500,
        [{"/kinds": "riot"}], [{"/voting@_global_": "precinct_scanner"}], [{"a": "b", "c": "d"}], ["calm_day@voting"], ["x" * 5_000],
    ]  # fmt: skip
    return {"defaults": draw(st.sampled_from(lists)), **tree} if draw(st.integers(0, 7)) == 0 else tree


@st.composite
def scenarios(draw: Draw) -> Case:
    """A scenario's file, with some of the packaged settings written out in it, mutated."""
    groups = [group for group in GROUPS if group not in ("region", "run", "strategy")]
    tree = dict(SCENARIO)
    for group in draw(st.lists(st.sampled_from(groups), max_size=1, unique=True)):
        tree[group] = dict(read(draw(st.sampled_from(packaged(group)))))
    if draw(st.integers(0, 5)) == 0:
        tree["run"] = {key: value for key, value in read(packaged("run")[0]).items() if key != "output"}
    text = spoiled(draw, written(_with_defaults(draw, mutated(draw, tree))))
    return Case(("check", FILE), {"mine.yaml": text, "times.csv": TIMES})


_KEPT_TO = {"take_guards_from": "red", "guards_within_minutes": 15, "in_time_minutes": 15}
_COVERING = {"within_minutes": 15, "busy": 0.2}
COMMANDS: list[dict[str, Any]] = [
    {"dispatch": {**_KEPT_TO, "policy": "fixed_preference", "preference": {"Pasar Barat": ["POLRES", "guard/low/1"], "KPU": ["SEK-PUT"]}}},
    {"dispatch": {**_KEPT_TO, "policy": "fewest_units", "within_minutes": 30}},
    {"dispatch": {**_KEPT_TO, **_COVERING, "policy": "preparedness"}, "command": {"rule": "joint_command"}},
    {"dispatch": {**_KEPT_TO, **_COVERING, "policy": "hold_reserve", "hold_back": 1}, "relocation": {"rule": "forward_on_yellow", "most_minutes": 60}},
    {"relocation": {"rule": "dynamic", "every_minutes": 15, "least_gain": 0.01, "most_minutes": 60, **_COVERING}},
    {"command": {"rule": "separate", "desks": 1, "handling": {"mean_minutes": 5, "cv": 0.5}}},
    {"retasking": {"way_home": True, "farther_minutes": 5, "keep_officers": 4, "eased_minutes": 10, "taken_for": {"red": {"under_way": ["green", "yellow"], "on_scene": ["green"], "after_end": True}}}},
    {"duty": {"begins": "05:00", "longest_minutes": 480, "rest_minutes": 60, "overtime_minutes": 30, "tired_after_minutes": 300, "tired_factor": 1.5}},
    {"reserves": [{"base": "POLRES", "teams": 2, "size": 12, "vehicle": "truck", "shift": {"from_time": "06:00", "to_time": "12:00"}}]},
]  # fmt: skip
"""Forms of command that no packaged strategy has."""


@st.composite
def strategy_files(draw: Draw) -> Case:
    """A strategy of the stranger's own, which his scenario compares."""
    tree = {**read(draw(st.sampled_from(packaged("strategy")))), **draw(st.sampled_from([{}, *COMMANDS]))}
    scenario = SCENARIO | {"strategies": ["evil"]}
    name = draw(st.sampled_from(["evil"] * 8 + ["even_spread", "Evil", "evil "]))
    return Case(
        ("check", FILE),
        {"mine.yaml": written(scenario), f"strategy/{name}.yaml": spoiled(draw, written(mutated(draw, tree)))},
        ("evil", "strategy"),
    )


@st.composite
def kind_files(draw: Draw) -> Case:
    """A kind of disturbance of the stranger's own, which his scenario lets happen."""
    tree = read(draw(st.sampled_from(packaged(KINDS))))
    place = (
        "Pasar Barat - Pasar Tengah"
        if "road" in tree["places"]
        else "POLRES"
        if "base" in tree["places"]
        else "Pasar Tengah"
    )
    scenario = SCENARIO | {"incidents": [{"kind": "evil", "onset": "09:40", "place": place}]}
    text = spoiled(draw, written(mutated(draw, tree)))
    return Case(("check", FILE), {"mine.yaml": written(scenario), "kinds/evil.yaml": text}, ("evil", "kinds"))


@st.composite
def measured_times(draw: Draw) -> Case:
    """Service times from a table of the stranger's own, or from where he has no business."""
    rows = [line.split(",") for line in TIMES.splitlines()]
    for _ in range(draw(st.integers(0, 3))):
        row = rows[draw(st.integers(0, len(rows) - 1))]
        row[draw(st.integers(0, len(row) - 1))] = draw(st.sampled_from(CELLS) | texts)
    text = spoiled(draw, "\n".join(",".join(row) for row in rows))
    file = draw(st.sampled_from(["times.csv"] * 6 + ELSEWHERE) | texts)
    column = draw(st.sampled_from(["seconds"] * 6 + ["stage", "Seconds", "", "second"]) | texts)
    service = {"distribution": "empirical", "file": file, "column": column}
    if draw(st.integers(0, 3)) == 0:
        service["unit"] = draw(st.sampled_from(["minutes", "people", "hours", None, 3]))
    setting = draw(st.sampled_from(["stages", "late"]))
    voting = {"stages": [{"name": "booth", "servers": 2, "service": service}]}
    if setting == "late":
        voting = {"trouble": {"late_opening": {"share": 0.5, "delay": service}}}  # type: ignore[dict-item]
    return Case(
        ("check", FILE),
        {"mine.yaml": written(SCENARIO | {"voting": voting}), "times.csv": text},
        ("voting", "empirical"),
    )


CELLS = ["-1", "nan", "inf", "1e400", "1e308", "0", "", " ", '"', '"a', 'a"b', '"a\nb"', "1,2", "1;2", "٣", "１", "1_000", "0x10", "1e-400", "9" * 5_000,
         "\x00", "\ufeff1", "−1", "TRUE", "None", "=1+1", "1e5", "999999999999"]  # fmt: skip
ELSEWHERE = ["../outside/secret.csv", "../outside/secret.txt", "/etc/passwd", "/proc/self/environ", "/dev/zero", "/dev/stdin", "mine.yaml", ".",
             "", "x" * 5_000, "times.csv\x00", "times.csv/", "no.csv", "./times.csv", "../own/times.csv", "//etc/hosts", "/proc/self/mem"]  # fmt: skip
"""Entries of a table of numbers; files that are no business of a scenario's."""

PLAIN = written(SCENARIO)


def odd_file(trial: Trial, what: str, file: Path) -> None:
    """Put something that is no file where a file is expected."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.unlink(missing_ok=True)
    targets = {"secret": trial.outside / f"secret{file.suffix}", "other": trial.outside / "secret.txt", "passwd": "/etc/passwd",
               "environ": "/proc/self/environ", "zero": "/dev/zero", "full": "/dev/full", "stdin": "/dev/stdin", "nowhere": "nowhere", "itself": file.name,
               "memory": "/proc/self/mem", "up": ".."}  # fmt: skip
    if what == "fifo":
        os.mkfifo(file)
    elif what == "folder":
        file.mkdir()
    elif what == "empty":
        file.touch()
    elif what == "large":
        with file.open("wb") as stream:
            stream.truncate(80 << 20)
    else:
        file.symlink_to(targets[what])


ODD = [
    "fifo",
    "folder",
    "empty",
    "large",
    "secret",
    "other",
    "passwd",
    "environ",
    "zero",
    "full",
    "stdin",
    "nowhere",
    "itself",
    "memory",
    "up",
]
