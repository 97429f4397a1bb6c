"""A made-up place on a line: villages 6 km apart with two stations each, the first half one district."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pytest

from sim.region.region import Base, District, Node, Region, RoadTable, Stations, Village


def line_region(villages: int = 4, registered: Sequence[int] | None = None, classes: Sequence[int] = ()) -> Region:
    """Villages V0, V1, … on a line; stations 2 i and 2 i + 1 in village i; the districts Barat and Timur."""
    n = 2 * villages
    district = [0 if i < villages / 2 else 1 for i in range(villages)]
    node = np.repeat(np.arange(villages), 2)
    stations = Stations(
        code=tuple(f"V{i // 2}/{i % 2 + 1}" for i in range(n)),
        name=tuple(f"TPS {i}" for i in range(n)),
        node=node,
        district=np.array(district)[node],
        registered=np.array(registered if registered is not None else [400] * n),
        vulnerability=np.array(classes or [0] * n, dtype=np.int8),
        access_km=np.full(n, 0.5),
        special=np.zeros(n, dtype=np.bool_),
        lat=np.zeros(n),
        lon=np.zeros(n),
    )
    nodes = tuple(Node(f"V{i}", f"Desa {i}", 0.0, 0.05 * i, d) for i, d in enumerate(district))
    roads = RoadTable(
        np.arange(villages - 1), np.arange(1, villages), np.full(villages - 1, 6.0), np.ones(villages - 1, np.int8)
    )
    return Region(
        title="Garis",
        districts=(
            District(0, 1, "D1", "Barat", 0.0, 0.0, 10.0, 0, "SEK-BARAT"),
            District(1, 2, "D2", "Timur", 0.0, 0.0, 10.0, villages // 2, ""),
        ),
        villages=tuple(Village(n.code, n.name, n.district, "village", n.lat, n.lon, 5.0, True) for n in nodes),
        nodes=nodes,
        stations=stations,
        roads=roads,
        bases=(
            Base("POLRES", "Headquarters", "police", "headquarters", 0, 100),
            Base("SEK-TIMUR", "Sector", "police", "sector post", villages - 1, 20),
            Base("KODIM", "Army", "army", "headquarters", 1, 50),
        ),
        borders=frozenset({(0, 1)}),
    )


@pytest.fixture
def make_line() -> Callable[..., Region]:
    """The maker of such places."""
    return line_region
