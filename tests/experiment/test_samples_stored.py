"""A run's samples on disk: all that comparing and reporting need, of any number of days."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from sim.experiment.checksum import digest
from sim.experiment.execute import execute
from sim.experiment.frames import FOLDERS, part_file
from sim.experiment.journal import JOURNAL, Batch, journal_of
from sim.experiment.manifest import written
from sim.experiment.parquet import parquet_bytes, read_parquet
from sim.experiment.store import Run, read
from sim.inference.compare import compare
from sim.measures.registry import SAMPLES
from sim.measures.samples import WHOLE, take
from sim.measures.tables import Tables
from sim.report.write import write
from tests.conftest import small_scenario

RIOT = 'incidents=[{kind: riot, onset: "09:40", place: "district 1", starters: 25, followers: 1}]'


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Four days under two strategies, in two batches."""
    more = ("strategy=even_spread,risk_weighted", "region.forces.police=260", "run.resamples=100")
    size = ("run.replications=4", "run.batch=2", "run.workers=1", f"run.output='{tmp_path_factory.mktemp('runs')}'")
    return execute(small_scenario(RIOT, *more, *size), command="simulate test")


def test_what_is_stored_is_what_the_tables_give(run: Run) -> None:
    samples = take(Tables(run.table, 10.0, 420.0, 780.0, 2), run.finished)
    for sample in SAMPLES.values():
        for by in ((WHOLE,) if sample.whole else ()) + sample.by:
            stored, found = run.sums(sample.name, by), samples.sums(sample.name, by)
            assert set(stored) == set(found)
            for key, sums in found.items():
                assert all((getattr(stored[key], name) == getattr(sums, name)).all() for name in vars(sums)), sample


@pytest.fixture(scope="module")
def report(run: Run) -> Path:
    """The report of the run, with its figures beside it."""
    return write(run, compare(run))


def test_comparing_and_reporting_read_no_table_of_days(run: Run, report: Path, tmp_path: Path) -> None:
    copy = Path(
        shutil.copytree(run.path, tmp_path / "copy", ignore=shutil.ignore_patterns("tables", "figures", "*.html"))
    )
    again = read(copy)
    assert write(again, compare(again)).read_bytes() == report.read_bytes()
    pictures, before = ({f.name: f.read_bytes() for f in (path / "figures").iterdir()} for path in (copy, run.path))
    assert pictures == before and len(before) > 3


def test_batches_count_in_whatever_order_they_were_finished(run: Run, report: Path, tmp_path: Path) -> None:
    copy = read(shutil.copytree(run.path, tmp_path / "copy"))
    copy.begin()
    (copy.path / JOURNAL).write_bytes(journal_of(copy.batches[::-1]))
    other = read(copy.path)
    assert other.finished == [2, 3, 0, 1]
    assert write(other, compare(other)).read_bytes() == report.read_bytes()


PEAK = """
import resource, sys
from sim.experiment.store import read
from sim.inference.compare import compare
from sim.inference.curves import coverage_shares, officers_by_state, response_shares
run = read(sys.argv[1])
comparison = compare(run)
coverage_shares(run), response_shares(run), officers_by_state(run, run.strategies[0], ["travelling"])
assert comparison.days == int(sys.argv[2])
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def test_the_memory_of_comparing_hardly_grows_with_days(run: Run, tmp_path: Path) -> None:
    """Ten times the days, read as whole tables or samples at once, would be far more."""

    def peak(days: int) -> float:
        folder = many_days(run, tmp_path / str(days), days)
        command = [sys.executable, "-c", PEAK, str(folder), str(days)]
        return int(subprocess.run(command, capture_output=True, text=True, check=True).stdout) / 1024

    assert peak(2000) - peak(200) < 50, "MB"


def many_days(run: Run, folder: Path, days: int) -> Path:
    """Return the folder of a run of many days, made of the samples of a few: the first batch over and over."""
    shutil.copytree(run.path, folder, ignore=shutil.ignore_patterns("tables", "part-*"))
    parts = {by: read_parquet([run.path / part_file(f"samples/{by}", 0)]) for by in ("whole", "district", "state")}
    batch, batches = 100, []
    for start in range(0, days, batch):
        frames, sums = {}, dict.fromkeys(FOLDERS, "0" * 64)
        for by, part in parts.items():
            repeated = part.loc[part.index.repeat(batch // 2)]
            shift = start + 2 * (repeated.groupby(level=0).cumcount())
            frames[by] = repeated.assign(day=(repeated["day"] + shift).where(repeated["day"] >= 0, -1))
        for by, content in parquet_bytes(frames).items():
            file = folder / part_file(f"samples/{by}", start)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
            sums[f"samples/{by}"] = digest(content)
        batches.append(Batch(range(start, start + batch), sums))
    (folder / JOURNAL).write_bytes(journal_of(batches))
    manifest = json.loads((folder / "manifest.json").read_text()) | {"state": "running", "journal": None}
    manifest["scenario"]["run"] |= {"replications": days, "batch": batch}
    (folder / "manifest.json").write_bytes(written(manifest))
    return folder
