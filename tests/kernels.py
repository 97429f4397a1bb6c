"""Compiles what the tests need compiled, before they run: ``python -m tests.kernels``."""

from __future__ import annotations

from sim.config.compose import load
from sim.day import prepare, simulate_replication


def main() -> None:
    """Play a day with a riot and one with a landslide: between them they use nearly every kernel."""
    for scenario in ("riot_kecamatan3", "landslide_trunk"):
        simulate_replication(prepare(load(scenario)), 0)


if __name__ == "__main__":
    main()
