"""The same seed gives the same bytes on processors with other vector units, and with another build of the C library.

A day is played in a process of its own whose libraries are told that the processor can do less.
"""

from __future__ import annotations

import functools
import os
import platform
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

PLAYED = """
import hashlib
import math
import sys
import numpy as np
from sim.config.compose import load
from sim.delay import lognormal
from sim.streams import Streams
from sim.voting.conditions import Conditions, flatten
from sim.voting.draws import draw_voters
from sim.voting.engine import follow_voters
from sim.voting.rules import rules_of
from sim.voting.trouble import draw_troubles

def show(name, *arrays):
    digest = hashlib.blake2b(digest_size=12)
    for array in arrays:
        digest.update(np.ascontiguousarray(array).tobytes())
    print(name, digest.hexdigest())

LAWS = (
    "gamma, mean_seconds: 60, cv: 1.5", "gamma, mean_seconds: 60, cv: 0.4", "lognormal, mean_seconds: 60, cv: 0.5",
    "exponential, mean_seconds: 60", "triangular, low_seconds: 20, mode_seconds: 50, high_seconds: 60",
)
stages = ", ".join(f"{{name: s{k}, servers: 3, service: {{distribution: {law}}}}}" for k, law in enumerate(LAWS))
more = ["voting.trouble.out_of_use={stage: s1, share: 0.5}", "voting.trouble.late_opening.share=0.5"]
for name, overrides in (("packaged", []), ("laws", [f"voting.stages=[{stages}]", *more])):
    voting, weather = (scenario := load("calm_day", overrides)).voting, scenario.weather
    for day in range(20):
        draws = draw_voters(np.full(40, 480), voting, weather, Streams(1, day))
        show(f"{name} draws", *vars(draws).values())
    for day in range(20):
        troubles = draw_troubles(np.full(400, 480), voting, Streams(1, day))
        show(f"{name} trouble", troubles.opens_at, troubles.ballots, np.array(troubles.outages))
    if "stations" not in sys.argv:
        continue
    table, times = follow_voters(draws, rules_of(voting), flatten([Conditions().changing(500.0, 0.7, 0.1)] * 40))
    show(f"{name} table", *vars(table).values())
    show(f"{name} times", *vars(times).values())
scores = np.random.default_rng(1).uniform(-4.0, 4.0, 20_000)
show("numpy itself", np.log(scores[scores > 0].astype(np.float32)))
show("C library itself", [math.exp(score) for score in scores.tolist()])
show("delays", lognormal(scores, 30.0, 0.8))
show("single delays", [lognormal(score, 30.0, 0.8) for score in scores.tolist()])
"""
VECTORS = np.show_config(mode="dicts")["SIMD Extensions"].get("found", [])
"""The vector units of this processor that numpy has code for, in numpy's names."""


@functools.cache
def played(*parts: str, **environment: str) -> list[str]:
    """Return what a process with this environment prints; the stations are played when they are among the parts."""
    done = subprocess.run(
        [sys.executable, "-c", PLAYED, *parts],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[2],
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def differing(*parts: str, **environment: str) -> set[str]:
    """Return what such a process prints otherwise than one of this processor does."""
    pairs = zip(played(*parts), played(*parts, **environment), strict=True)
    return {here.rpartition(" ")[0] for here, there in pairs if here != there}


def test_without_the_vector_units_that_numpy_chooses_by() -> None:
    changed = {"numpy itself"} if VECTORS else set()
    assert differing("stations", NPY_DISABLE_CPU_FEATURES=" ".join(VECTORS)) == changed


def test_without_fused_multiply_add_in_the_c_library() -> None:
    less = ",".join(f"-{name}" for name in ("FMA", "FMA4", "AVX2", "AVX", "AVX512F"))
    found = differing("stations", GLIBC_TUNABLES=f"glibc.cpu.hwcaps={less}")
    assert found <= {"numpy itself", "C library itself"}
    if platform.libc_ver()[0] == "glibc" and "X86_V3" in VECTORS:
        assert "C library itself" in found


def test_with_machine_code_for_the_plainest_processor(tmp_path: Path) -> None:
    assert differing(**plainest(tmp_path)) == set()


@pytest.mark.slow
def test_stations_with_machine_code_for_the_plainest_processor(tmp_path: Path) -> None:
    """Slow: the whole kernel is compiled for it."""
    assert differing("stations", **plainest(tmp_path)) == set()


def plainest(folder: Path) -> dict[str, str]:
    """Return what makes numba compile for an x86-64 processor without anything more, and keep that apart."""
    return {"NUMBA_CPU_NAME": "generic", "NUMBA_CPU_FEATURES": "", "NUMBA_CACHE_DIR": str(folder)}
