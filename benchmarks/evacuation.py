"""A station's evacuation as a network of ways against the closed formula of one door: what the network costs.

Where the network is one door it must give the formula's times.
"""

from __future__ import annotations

import argparse
import statistics
from collections.abc import Callable
from time import process_time

import numpy as np

from sim.config.layouts import Layout, layout_names, load_layout
from sim.config.site import Movement, packaged_site
from sim.evacuation.site.alone import USUAL
from sim.evacuation.site.closed import Egress, safe_times
from sim.evacuation.site.evacuation import SiteEvacuation
from sim.evacuation.site.network import FREE_M_PER_S, site_of
from sim.evacuation.site.occupants import Occupants

PEOPLE = 100
AIM_MS = 1.0
DOOR = {"kind": "door", "from_space": "room", "width_m": 2.0, "length_m": 0, "to_assembly_m": 60}
ROOM = {"kind": "room", "area_m2": 80, "people": {"crew": 1.0}}
ONE_DOOR = Layout.model_validate({"title": "One door", "spaces": {"room": ROOM}, "exits": {"door": DOOR}})
SAME = {"pre_movement": {"mean_minutes": 1, "cv": 0}, "slow_share": 0, "assisted_share": 0}
FORMULA = Egress(
    pre_movement_minutes=1, walk_m=60, walk_m_per_s=FREE_M_PER_S, exits=1, exit_width_m=2, boundary_layer_m=0.15,
    density_per_m2=1.9,
)  # fmt: skip


def milliseconds(work: Callable[[], object], times: int) -> float:
    """Return the median processor time."""
    work()
    taken = []
    for _ in range(times):
        begin = process_time()
        work()
        taken.append(1e3 * (process_time() - begin))
    return statistics.median(taken)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=300, help="evacuations of each")
    times = parser.parse_args().times
    packaged = packaged_site().movement
    same = Movement.model_validate(packaged.model_dump() | SAME)
    door, crew = site_of(ONE_DOOR), Occupants(crew=PEOPLE)
    ours = SiteEvacuation(door, crew, same).curve().minutes
    print(f"one door, largest difference {float(np.abs(ours - safe_times(PEOPLE, FORMULA)).max()):.2g} min")
    closed = milliseconds(lambda: safe_times(PEOPLE, FORMULA), times)
    print(f"closed formula, {PEOPLE} people {closed:12.4f} ms")
    network = milliseconds(lambda: SiteEvacuation(door, crew, same).minutes_to_clear(), times)
    print(f"one door as a network {network:12.4f} ms")
    for name in layout_names():
        site = site_of(load_layout(name))
        each = milliseconds(lambda site=site: SiteEvacuation(site, USUAL, packaged).minutes_to_clear(), times)
        verdict = "met" if each < AIM_MS else "MISSED"
        print(f"{name + f', {PEOPLE} people':22} {each:11.4f} ms   aim: under {AIM_MS:.0f} ms {verdict}")
        print(f"  times the closed formula {each / closed:7.0f}")


if __name__ == "__main__":
    main()
