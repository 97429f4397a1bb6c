"""Cases of runs: a finished run's manifest and files, changed by whoever passed it on."""

from __future__ import annotations

import copy
import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from tests.hostile.nasty import noise, numbers, texts
from tests.hostile.settings_files import ODD, odd_file
from tests.hostile.trees import Draw, mutated, spoiled
from tests.hostile.trial import Breach, Trial

Edit = Callable[[Any], None]
RUN = "own/run"


def _set(*path: str) -> Callable[[Any], Edit]:
    def edit(value: Any) -> Edit:
        def change(manifest: Any) -> None:
            for key in path[:-1]:
                manifest = manifest[key]
            manifest[path[-1]] = value

        return change

    return edit


KNOWN: list[tuple[Callable[[Any], Edit], list[Any]]] = [
    (_set("finished"), [[], [[0, 1], [0, 1]], [[0, 2], [1, 2]], [[-1, 0]], [[-5, 5]], [[1, 0]], [[0, 10**9]], [[0, 10**18]], [[0, 2**70]], [[5, 6]], [[0, 1, 2]],
                        [["0", "1"]], [[0.0, 1.0]], [[0.5, 1]], [[True, True]], None, {}, [[0, 1]] * 5_000, [[i, i + 1] for i in range(3_000)], "x", [[0, 0]], [[2, 1]]]),
    (_set("state"), ["running", "interrupted", "finished", "x", None]),
    (_set("scenario", "run", "seed"), [0, -1, 2**64, 2**63, "1", 1.5, None, True]),
    (_set("scenario", "run", "output"), ["/", "../outside", "hacked", "", None]),
    (_set("scenario", "run", "workers"), [0, 1, 1_024, -1]),
    (_set("scenario", "run", "executor"), ["local", "dask", "x"]),
    (_set("scenario", "run", "dask"), [{"address": "tcp://127.0.0.1:1"}, {}, None]),
    (_set("scenario", "run", "replications"), [0, 1, 10**6, 10**9, "2"]),
    (_set("scenario", "run", "resamples"), [100, 1, 10**6, 10**9]),
    (_set("scenario", "run", "confidence"), [0.5, 0.999999999, 1, "x"]),
    (_set("scenario", "region", "path"), ["../outside", "/etc", "", "rejang_lebong", "/proc/self", "x\x00"]),
    (_set("scenario", "name"), ["../../x", "", "x" * 65, "\x1b[31m", "calm"]),
    (_set("scenario", "strategies"), [[], None, {}]),
    (_set("scenario", "kinds"), [{}, None, []]),
    (_set("scenario"), [{}, [], None, "x"]),
    (_set("inputs"), [{}, {"x.csv": "0"}, {"../x": "0"}, None, {"districts.csv": 3}]),
    (_set("siaga"), ["9.9.9", "", None, 3, "\x1b[31m"]),
    (_set("libraries"), [{}, {"numpy": "0"}, None, {"numpy": 3}, {"\x1b[31m": "\x1b[31m"}]),
]  # fmt: skip
"""Edits of one known place, and what is put there."""
PLACES = ["manifest.json", "region/districts.csv", "region/stations.csv", "region/region.csv", "deployments/units.csv", "deployments/posts.csv",
          "deployments/people.csv", "samples/whole/part-000000.parquet", "samples/kind/part-000000.parquet", "tables/incidents/part-000000.parquet",
          "tables/stations/part-000000.parquet"]  # fmt: skip


@dataclass(frozen=True)
class RunCase:
    """A finished run, what became of its files, and what is done with it.

    Attributes:
        command: The subcommand.
        manifest: Text of the manifest.
        changed: What became of a file: new content, None where it is gone, or a word of :data:`ODD`.
    """

    command: tuple[str, ...]
    manifest: str | bytes
    changed: tuple[tuple[str, bytes | str | None], ...]

    def in_place(self, trial: Trial, run: Path) -> Trial:
        """Lay the run into the stranger's folder."""
        folder = trial.work / RUN
        shutil.copytree(run, folder, ignore=shutil.ignore_patterns("figures", "report.html"))
        trial.write("run/manifest.json", self.manifest)
        for name, content in self.changed:
            file = folder / name
            if content is None:
                file.unlink()
            elif isinstance(content, str):
                odd_file(trial, content, file)
            else:
                file.write_bytes(content)
        return trial

    def breaches(self, trial: Trial, run: Path) -> list[Breach]:
        """Return the promises that are broken; writing into the run itself is what it is for."""
        self.in_place(trial, run)
        return [
            b
            for b in trial.breaches(self.command, NAMES)
            if not (b.promise == "writes nowhere else" and _its_own(b.detail))
        ]

    def check(self, trial: Trial, run: Path) -> None:
        """Demand that the command keeps every promise."""
        broken = self.breaches(trial, run)
        assert not broken, "\n".join([*(f"{b.promise}: {b.detail}" for b in broken), trial.told(self.command)])


NAMES = (RUN, "manifest", "run", "days")


def _its_own(name: str) -> bool:
    return name == f"work/{RUN}/manifest.json" or name.startswith((f"work/{RUN}/report.html", f"work/{RUN}/figures"))


@st.composite
def runs(draw: Draw, manifest: dict[str, Any], commands: tuple[str, ...] = ("compare",)) -> RunCase:
    """A run that was finished, and changed since."""
    tree = copy.deepcopy(manifest)
    changed: list[tuple[str, bytes | str | None]] = []
    how = draw(st.sampled_from(["known", "known", "known", "tree", "tree", "file", "text"]))
    text: str | bytes = ""
    if how == "known":
        for edit, values in draw(st.lists(st.sampled_from(KNOWN), min_size=1, max_size=2)):
            try:
                edit(draw(st.sampled_from(values)))(tree)
            except TypeError:  # what is around it is no mapping any more
                break
    elif how == "tree":
        tree = mutated(draw, tree, times=3, values=texts | numbers | st.none() | st.just([]) | st.just({}))
    elif how == "file":
        odd = st.sampled_from([None, *ODD])
        changed.append((draw(st.sampled_from(PLACES)), draw(odd | noise)))
    else:
        text = draw(
            st.sampled_from(
                [
                    "",
                    "{",
                    "[]",
                    "null",
                    "3",
                    '"x"',
                    "[" * 100_000,
                    '{"a":' * 100_000,
                    "NaN",
                    "{}",
                    '{"siaga": NaN}',
                    "9" * 10_000,
                ]
            )
        )
    if not text:
        text = _json(tree)
        if how == "text":
            text = spoiled(draw, text)
    command = draw(st.sampled_from(commands))
    return RunCase(
        (command, *([RUN, RUN] if command == "compare" and draw(st.booleans()) else [RUN])), text, tuple(changed)
    )


def _json(tree: Any) -> str:
    try:
        return json.dumps(tree, ensure_ascii=False)
    except (TypeError, ValueError):  # a key that JSON has not
        return json.dumps(tree, ensure_ascii=False, skipkeys=True)
