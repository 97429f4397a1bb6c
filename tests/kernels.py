"""Compiles what the tests need compiled, before they run: ``python -m tests.kernels``."""

from __future__ import annotations

from sim.config.compose import load
from sim.day import prepare, simulate_replication

TROUBLED = (
    "scenario=calm_day",
    "strategy=even_spread",
    "voting.patience={mean_minutes: 40, cv: 0.5}",
    "voting.balking={mean_people: 5, cv: 0.5}",
    'troubles=[{what: late_opening, place: kecamatan 1, opens_at: "08:00"},'
    '{what: out_of_use, place: kecamatan 2, stage: booth, servers: 1, from_time: "09:00", to_time: "11:00"},'
    "{what: short_ballots, place: kecamatan 3, ballots: 100}]",
)


def main() -> None:
    """Play days that use nearly every kernel between them: a riot, a landslide, stations in trouble."""
    for overrides in (("scenario=riot_kecamatan3",), ("scenario=landslide_trunk",), TROUBLED):
        simulate_replication(prepare(load(None, overrides)), 0)


if __name__ == "__main__":
    main()
