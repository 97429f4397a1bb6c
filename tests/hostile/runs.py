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

from sim.experiment.manifest import written
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
    (_set("state"), ["running", "interrupted", "finished", "x", None]),
    (_set("scenario", "run", "seed"), [0, -1, 2**64, 2**63, "1", 1.5, None, True]),
    (_set("scenario", "run", "output"), ["/", "../outside", "hacked", "", None]),
    (_set("scenario", "run", "workers"), [0, 1, 1_024, -1]),
    (_set("scenario", "run", "executor"), ["local", "dask", "x"]),
    (_set("scenario", "run", "dask"), [{"address": "tcp://127.0.0.1:1"}, {}, None]),
    (_set("scenario", "run", "replications"), [0, 1, 10**6, 10**9, "2"]),
    (_set("scenario", "run", "resamples"), [100, 1, 10**4, 10**6, 10**9]),
    (_set("scenario", "run", "confidence"), [0.5, 0.999999999, 1, "x"]),
    (_set("scenario", "region", "path"), ["../outside", "/etc", "", "rejang_lebong", "/proc/self", "x\x00"]),
    (_set("scenario", "name"), ["../../x", "", "x" * 65, "\x1b[31m", "calm"]),
    (_set("scenario", "strategies"), [[], None, {}]),
    (_set("scenario", "kinds"), [{}, None, []]),
    (_set("scenario"), [{}, [], None, "x"]),
    (_set("packaged"), [None, {}, [], "x"]),
    (_set("packaged", "name"), ["", "\x1b[31m", None]),
    (_set("packaged", "region", "path"), ["../outside", "/etc"]),
    (_set("journal"), [None, "", "0" * 64, 3, []]),
    (_set("program"), ["", "0" * 64, None]),
    (_set("inputs"), [{}, {"region/../../outside/secret.csv": "0"}, {"deployments/units.csv": "0"}, {"x.csv": "0"}, {"../x": "0"}, None, {"districts.csv": 3}]),
    (_set("siaga"), ["9.9.9", "", None, 3, "\x1b[31m"]),
    (_set("libraries"), [{}, {"numpy": "0"}, None, {"numpy": 3}, {"\x1b[31m": "\x1b[31m"}]),
]  # fmt: skip
"""Edits of one known place, and what is put there."""
LINES = [b"", b"\n", b"{}\n", b"[]\n", b"null\n", b'{"days":[0,1],"files":{}}\n', b'{"days":[0,10],"files":{"tables/stations":"0"}}\n',
         b'{"days":["0","1"],"files":{}}\n', b'{"days":[0.0,1.0],"files":{}}\n', b'{"days":[-5,5],"files":{}}\n', b'{"days":[0,1,2],"files":{}}\n',
         b'{"days":[0,1],"files":{"../../outside/secret":"0"}}\n', b'{"days":[0,1180591620717411303424],"files":{}}\n', b"[" * 100_000 + b"\n",
         b'{"days":[0,1],"files":{}}\n' * 5_000, b"\xff\xfe\n", b"\x1b[31m\n", b'{"days":[0,1],"files"', b"9" * 10_000 + b"\n"]  # fmt: skip
"""What may stand in a journal."""
PLACES = ["manifest.json", "finished.jsonl", "region/districts.csv", "region/stations.csv", "region/region.csv", "deployments/units.csv", "deployments/posts.csv",
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
    own = ("manifest.json", "finished.jsonl", "lock", "report.html", "figures", "tables", "samples")
    return name.startswith(tuple(f"work/{RUN}/{one}" for one in own))


@st.composite
def runs(draw: Draw, manifest: dict[str, Any], commands: tuple[str, ...] = ("compare",)) -> RunCase:
    """A run that was finished, and changed since."""
    tree = copy.deepcopy(manifest)
    changed: list[tuple[str, bytes | str | None]] = []
    how = draw(st.sampled_from(["known", "known", "known", "tree", "tree", "file", "journal", "text"]))
    text: str | bytes = ""
    if how == "known":
        for edit, values in draw(st.lists(st.sampled_from(KNOWN), min_size=1, max_size=2)):
            try:
                edit(draw(st.sampled_from(values)))(tree)
            except (KeyError, TypeError):  # what is around it is gone, or no mapping any more
                break
    elif how == "tree":
        tree = mutated(draw, tree, times=3, values=texts | numbers | st.none() | st.just([]) | st.just({}))
    elif how == "file":
        odd = st.sampled_from([None, *ODD])
        changed.append((draw(st.sampled_from(PLACES)), draw(odd | noise)))
    elif how == "journal":
        tree |= draw(st.sampled_from([{}, {"state": "running", "journal": None}]))
        changed.append(("finished.jsonl", b"".join(draw(st.lists(st.sampled_from(LINES), min_size=1, max_size=3)))))
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
        elif draw(st.sampled_from([True, True, True, False])):
            text = sealed(tree)
    command = draw(st.sampled_from(commands))
    more = {"compare": [RUN], "why": ["--incident", "b0", "--replication", "0"]}
    return RunCase(
        (command, RUN, *(more[command] if command in more and draw(st.booleans()) else [])), text, tuple(changed)
    )


def sealed(tree: Any) -> str | bytes:
    """Return a manifest with the checksum that fits it, as somebody writes it who knows how."""
    try:
        return written(tree)
    except (AttributeError, TypeError, ValueError):  # no mapping, or a key that JSON has not
        return _json(tree)


def _json(tree: Any) -> str:
    try:
        return json.dumps(tree, ensure_ascii=False)
    except (TypeError, ValueError):  # a key that JSON has not
        return json.dumps(tree, ensure_ascii=False, skipkeys=True)
