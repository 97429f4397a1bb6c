"""Making polling stations where they are not public: a stated, seeded rule. Everything it makes is an assumption.

1. A village has as many stations as its column ``stations_est``; special stations replace the last of their village's.
2. A district's registered voters are shared among its regular stations by weights drawn from a normal distribution
   with mean 1 and standard deviation ``spread`` (cut at 0.6 and 1.4), rounded to whole voters with the district's sum
   kept exactly, none above ``most_registered``.
3. Each vulnerability class is dealt to the districts in proportion to their regular stations (largest remainder), and
   inside a district to stations drawn by the seed: no village is branded.
4. A station stands in a random direction from the middle of its village, at a distance drawn evenly between a tenth
   of, and the whole of, ``access_km`` (or the radius of the village, where that is less).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sim.config.region import DerivedStations
from sim.errors import UserError
from sim.region.region import Stations, Village
from sim.vocabulary import Access
from sim.words.language import gettext as _

KM_PER_DEGREE = 111.195
"""Length of a degree of latitude on a sphere of radius 6371 km."""


@dataclass(frozen=True)
class Special:
    """A special station (a prison): its village, name and registered voters."""

    village: int
    name: str
    registered: int


def largest_remainder(total: int, weights: NDArray[np.float64]) -> NDArray[np.int64]:
    """Share a whole number in proportion to weights, exactly; ties go to the earlier entry."""
    if not total:
        return np.zeros(len(weights), dtype=np.int64)
    exact = total * weights / weights.sum()
    whole: NDArray[np.int64] = np.floor(exact).astype(np.int64)
    order = np.argsort(-(exact - whole), kind="stable")
    whole[order[: total - int(whole.sum())]] += 1
    return whole


def share_registered(total: int, weights: NDArray[np.float64], most: int, district: str) -> NDArray[np.int64]:
    """Share a district's registered voters among its stations by weights, none above ``most`` and none without any.

    Args:
        total: Registered voters.
        weights: One for each station.
        most: Registered voters that a station may have.
        district: The district, as messages call it.

    Raises:
        UserError: When they do not fit.
    """
    if total > most * len(weights):
        raise UserError(
            _(
                "{district}: {total} registered voters do not fit into {weights} stations of at most "
                "{most} (region.derive.most_registered)"
            ).format(district=district, total=total, weights=len(weights), most=most)
        )
    if total < len(weights):
        raise UserError(
            _(
                "{district}: {total} registered voters are left for {weights} stations besides the "
                "special ones; each needs at least one"
            ).format(district=district, total=total, weights=len(weights))
        )
    given = largest_remainder(total, weights)
    while (over := given > most).any():
        excess = int((given[over] - most).sum())
        given[over] = most
        room = given < most
        given[room] += largest_remainder(excess, weights[room])
    if not given.all():
        raise UserError(
            _(
                "{district}: {total} registered voters are so few that one of {weights} stations has "
                "none; give it more voters or fewer stations"
            ).format(district=district, total=total, weights=len(weights))
        )
    return given


def deal_classes(
    district: NDArray[np.int64],
    regular: NDArray[np.bool_],
    settings: DerivedStations,
    rng: np.random.Generator,
    table: Path,
) -> NDArray[np.int8]:
    """Deal the vulnerability classes to stations; special ones stay low.

    Args:
        district: Index of each station's district.
        regular: Whether it is no special station.
        settings: How many stations each class has.
        rng: Draws which they are.
        table: Where the numbers of stations come from, for messages.

    Raises:
        UserError: When more stations are called vulnerable than there are.
    """
    wanted = {2: settings.very_vulnerable, 1: settings.vulnerable}
    if sum(wanted.values()) > int(regular.sum()):
        raise UserError(
            _(
                "region.derive: very_vulnerable + vulnerable = {asked}, but there are only {there} "
                "regular stations in {table}"
            ).format(asked=sum(wanted.values()), there=int(regular.sum()), table=table)
        )
    classes = np.zeros(len(district), dtype=np.int8)
    for code, count in wanted.items():
        free = regular & (classes == 0)
        sizes = np.bincount(district[free], minlength=int(district.max()) + 1).astype(float)
        for d, n in enumerate(largest_remainder(count, sizes).tolist()):
            members = np.flatnonzero(free & (district == d))
            classes[rng.permutation(members)[:n]] = code
    return classes


def derive_stations(
    villages: Sequence[Village],
    counts: Sequence[int],
    specials: Sequence[Special],
    registered: Sequence[int],
    names: Sequence[str],
    settings: DerivedStations,
    folder: Path,
) -> Stations:
    """Make the stations of a region.

    Args:
        villages: The villages.
        counts: Stations in each village, special ones included.
        specials: The special stations.
        registered: Registered voters of each district, special stations included.
        names: The districts, as messages call them.
        settings: The rule's numbers.
        folder: Where the tables are, for messages.

    Raises:
        UserError: When voters or classes do not fit.
    """
    if not sum(counts):
        raise UserError(
            _("{file}: column 'stations_est': no village has a station").format(file=folder / "villages.csv")
        )
    rng = np.random.default_rng(settings.seed)
    node = np.repeat(np.arange(len(villages)), counts)
    number = np.concatenate([np.arange(1, n + 1) for n in counts])
    district = np.array([villages[v].district for v in node.tolist()])
    special = _place_specials(node, specials, villages, folder / "special_stations.csv")
    total = np.zeros(len(node), dtype=np.int64)
    weights = np.clip(rng.normal(1.0, settings.spread, len(node)), 0.6, 1.4)
    for index, one in special.items():
        total[index] = one.registered
    regular = np.ones(len(node), dtype=np.bool_)
    regular[list(special)] = False
    for d, everyone in enumerate(registered):
        members = np.flatnonzero((district == d) & regular)
        left = everyone - int(total[(district == d) & ~regular].sum())
        total[members] = share_registered(left, weights[members], settings.most_registered, names[d])
    classes = deal_classes(district, regular, settings, rng, folder / "villages.csv")
    away, lat, lon = _scatter(villages, node, settings.access_km, rng)
    return Stations(
        code=tuple(f"{villages[v].code}/{n:02d}" for v, n in zip(node.tolist(), number.tolist(), strict=True)),
        name=tuple(
            f"{special[i].name} ({villages[v].name})" if i in special else f"TPS {number[i]} {villages[v].name}"
            for i, v in enumerate(node.tolist())
        ),
        node=node,
        district=district,
        registered=total,
        vulnerability=classes,
        access_km=away,
        access=(Access.ROAD,) * len(node),
        special=~regular,
        lat=lat,
        lon=lon,
    )


def _place_specials(
    node: NDArray[np.int64], specials: Sequence[Special], villages: Sequence[Village], table: Path
) -> dict[int, Special]:
    """Let the special stations take the last places of their villages."""
    placed: dict[int, Special] = {}
    for one in reversed(specials):
        places = [i for i in np.flatnonzero(node == one.village).tolist() if i not in placed]
        if not places:
            raise UserError(
                _("{table}: {village} has no station left for '{name}'").format(
                    table=table, village=villages[one.village].name, name=one.name
                )
            )
        placed[places[-1]] = one
    return placed


def _scatter(
    villages: Sequence[Village], node: NDArray[np.int64], access_km: float, rng: np.random.Generator
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Return each station's distance from the middle of its village, latitude and longitude."""
    radius = np.array([np.sqrt(v.area_km2 / np.pi) for v in villages])[node]
    away = rng.uniform(0.1, 1.0, len(node)) * np.minimum(access_km, radius)
    angle = rng.uniform(0, 2 * np.pi, len(node))
    lat0 = np.array([v.lat for v in villages])[node]
    lon0 = np.array([v.lon for v in villages])[node]
    lat = lat0 + away * np.sin(angle) / KM_PER_DEGREE
    lon = lon0 + away * np.cos(angle) / (KM_PER_DEGREE * np.cos(np.radians(lat0)))
    return away, lat, lon
