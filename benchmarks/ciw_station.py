"""One polling station as a network of queues in Ciw 3.2: the same voters, the same times, the same rules.

A node for each stage; two classes, priority voters before all others and nobody's service broken off; node 1 opens at
the hour of opening; voters renege from its line and balk at its length. Arrivals, service times, patience and line
limits are those of our own draws, voter by voter. Ciw has no way back for who has left: nobody returns here.

By itself it compares crowded stations with impatient voters, where many leave, one by one:

python benchmarks/ciw_station.py [--stations 20] [--registered 560]
"""

from __future__ import annotations

import argparse
import time
from dataclasses import dataclass, replace

import ciw
import numpy as np

from sim.config.compose import load
from sim.streams import Streams
from sim.voting.conditions import undisturbed
from sim.voting.draws import VoterDraws, draw_voters
from sim.voting.engine import run_stations
from sim.voting.rules import Rules, rules_of

NEVER = float("inf")
LONG_AFTER = 100_000.0
"""Minutes: nothing goes on for so long."""


class Voter(ciw.Individual):
    """An individual who knows which one of his class he is, from 0."""

    def __init__(self, id_number, customer_class="Customer", priority_class=0, simulation=False):
        super().__init__(id_number, customer_class, priority_class, simulation)
        self.place = simulation.nodes[0].number_of_individuals_per_class[customer_class] - 1


class Own(ciw.dists.Distribution):
    """To each voter of a class his own number."""

    def __init__(self, values: np.ndarray) -> None:
        self.values = values.tolist()

    def sample(self, *, ind, **_):
        return self.values[ind.place]


class Gaps(ciw.dists.Distribution):
    """The minutes between the arrivals of one class, and nobody after the last."""

    def __init__(self, arrival: np.ndarray) -> None:
        self.gaps = iter([*np.diff(arrival, prepend=0.0).tolist(), NEVER])

    def sample(self, **_):
        return next(self.gaps)

    def __deepcopy__(self, memo):
        return self


class Balk:
    """Whether a voter goes away: for sure when so many or more stand in the line before him, else not at all."""

    def __init__(self, limit: np.ndarray, classes_ahead: int) -> None:
        self.limit, self.classes_ahead = limit.tolist(), classes_ahead

    def __call__(self, *_, next_ind, next_node, **__):
        lines = next_node.individuals[: self.classes_ahead]
        return float(sum(not other.server for line in lines for other in line) >= self.limit[next_ind.place])


@dataclass(frozen=True)
class CiwDay:
    """What became of one station's voters, and how long Ciw took for it.

    Attributes:
        seconds: From the finished draws to the end of the day.
        voted: Voters who went through all stages.
        balked: Voters who went away at the sight of the line.
        reneged: Voters who left the line.
        wait_sum: Minutes before being served at every stage, over those who voted.
    """

    seconds: float
    voted: int
    balked: int
    reneged: int
    wait_sum: float


def network(draws: VoterDraws, rules: Rules, station: int, leaving: bool) -> ciw.network.Network:
    """Return a station as a network of queues; ``leaving``: whether voters balk and renege."""
    everybody = np.arange(draws.first[station], draws.first[station + 1])
    first = draws.priority[everybody]
    classes = {"priority": everybody[first], "other": everybody[~first]}
    stages, nothing = len(rules.servers), [None] * (len(rules.servers) - 1)
    nodes = range(stages)
    optional = {}
    if leaving:
        optional = {
            "reneging_time_distributions": {k: [Own(draws.patience[who]), *nothing] for k, who in classes.items()},
            "baulking_functions": {
                k: [Balk(draws.line_limit[who], ahead), *nothing]
                for ahead, (k, who) in enumerate(classes.items(), start=1)
            },
        }
    opens = ciw.Schedule(
        numbers_of_servers=[0, int(rules.servers[0])], shift_end_dates=[float(rules.opening), LONG_AFTER]
    )
    return ciw.create_network(
        arrival_distributions={k: [Gaps(draws.arrival[who]), *nothing] for k, who in classes.items()},
        service_distributions={k: [Own(draws.service[stage, who]) for stage in nodes] for k, who in classes.items()},
        number_of_servers=[opens, *rules.servers[1:].tolist()],
        priority_classes={"priority": 0, "other": 1},
        routing={k: [[float(to == node + 1) for to in nodes] for node in nodes] for k in classes},
        **optional,
    )


def play(draws: VoterDraws, rules: Rules, station: int, leaving: bool = True) -> CiwDay:
    """Play one station's undisturbed day; ``leaving``: whether voters balk and renege."""
    began = time.perf_counter()
    simulation = ciw.Simulation(network(draws, rules, station, leaving), individual_class=Voter)
    simulation.simulate_until_max_time(LONG_AFTER - 1.0)
    seconds = time.perf_counter() - began
    records = simulation.get_all_records()
    kinds = [record.record_type for record in records]
    served = [record for record in records if record.record_type == "service"]
    return CiwDay(
        seconds,
        voted=sum(record.node == len(rules.servers) for record in served),
        balked=kinds.count("baulk"),
        reneged=kinds.count("renege"),
        wait_sum=float(sum(record.waiting_time for record in served)),
    )


IMPATIENT = ("voting.patience.mean_minutes=10", "voting.balking.mean_people=15")


def main() -> None:
    """Compare and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stations", type=int, default=20)
    parser.add_argument("--registered", type=int, default=560, help="at each station")
    options = parser.parse_args()
    scenario = load("calm_day", list(IMPATIENT))
    rules = replace(rules_of(scenario.voting), impatient_return=0.0)
    registered = np.full(options.stations, options.registered)
    draws = draw_voters(registered, scenario.voting, scenario.weather, Streams(1, 0))
    ours = run_stations(draws, rules, undisturbed(np.zeros(options.stations)))
    days = [play(draws, rules, station) for station in range(options.stations)]
    for what, here, there in (
        ("voted", ours.voted, [day.voted for day in days]),
        ("balked", ours.lost_balked, [day.balked for day in days]),
        ("reneged", ours.lost_impatient, [day.reneged for day in days]),
    ):
        same = "the same at every station" if here.tolist() == there else "NOT the same at every station"
        print(f"{what}: ours {here.sum():,}, Ciw {sum(there):,}, {same}")
    apart = np.abs(ours.wait_sum - [day.wait_sum for day in days]) / np.maximum(1, ours.voted)
    print(f"largest difference of a station's mean wait {apart.max():.1e} min")
    print(f"Ciw: {1000 * np.mean([day.seconds for day in days]):.1f} ms a station")


if __name__ == "__main__":
    main()
