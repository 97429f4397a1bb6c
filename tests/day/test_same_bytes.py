"""The same seed gives the same day on processors with other vector units, and with another build of the C library."""

from __future__ import annotations

import functools
import os
import platform
import subprocess
import sys
from pathlib import Path

import numpy as np

PLAYED = """
import hashlib
import math
import numpy as np
from sim.day import prepare, simulate_replication
from tests.conftest import small_scenario

RIOT = 'incidents=[{kind: riot, onset: "09:40", place: "district 1", starters: 25, followers: 2}]'
world = prepare(small_scenario(RIOT, "disturbance.background.rate_per_station_hour=0.05", "voting.guard_deterrence=0.02"))
for replication in range(4):
    for log in simulate_replication(world, replication):
        for table, columns in log.tables.items():
            digest = hashlib.blake2b(digest_size=12)
            for column in columns.values():
                values = column.astype(str) if column.dtype == object else column
                digest.update(np.ascontiguousarray(values).tobytes())
            print(replication, table, len(next(iter(columns.values()))), digest.hexdigest())
scores = np.random.default_rng(1).uniform(-4.0, 4.0, 20_000).tolist()
print("C library itself", hashlib.blake2b(np.array([math.exp(score) for score in scores]).tobytes()).hexdigest())
"""
VECTORS = np.show_config(mode="dicts")["SIMD Extensions"].get("found", [])
"""The vector units of this processor that numpy has code for, in numpy's names."""
LESS = "glibc.cpu.hwcaps=-FMA,-FMA4,-AVX2,-AVX,-AVX512F"


@functools.cache
def played(**environment: str) -> list[str]:
    """Return what a process with this environment prints."""
    done = subprocess.run(
        [sys.executable, "-c", PLAYED],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[2],
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def days(lines: list[str]) -> list[str]:
    return [line for line in lines if line[0].isdigit()]


def test_there_is_something_to_compare() -> None:
    rows = {line.split()[1]: int(line.split()[2]) for line in days(played())}
    assert all(rows[table] > 0 for table in ("stations", "incidents", "tasks", "unit_states", "coverage"))


def test_a_day_does_not_depend_on_the_vector_units_that_numpy_chooses_by() -> None:
    assert days(played(NPY_DISABLE_CPU_FEATURES=" ".join(VECTORS))) == days(played())


def test_a_day_does_not_depend_on_the_build_of_the_c_library() -> None:
    """Another C library than glibc takes no notice of the variable; the days are the same all the same."""
    assert days(played(GLIBC_TUNABLES=LESS)) == days(played())
    if platform.libc_ver()[0] == "glibc" and "X86_V3" in VECTORS:
        assert played(GLIBC_TUNABLES=LESS) != played(), "the library itself does differ"
