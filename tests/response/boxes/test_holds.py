"""Which boxes are held, by how many causes, and for how long."""

from __future__ import annotations

import numpy as np
import simpy

from sim.response.boxes.holds import Holds


def test_the_last_cause_that_ends_lets_boxes_go_and_the_time_is_counted_between_two_times_of_each_station() -> None:
    env = simpy.Environment(initial_time=800.0)
    holds = Holds(env)
    assert not holds and not holds.any_of([0, 1])
    holds.take([1, 2], "riot")
    env.run(810.0)
    holds.take([1], "brawl")
    assert holds.any_of([0, 1]) and not holds.any_of([0, 3])
    assert holds.give_back("riot") == [2] and holds.give_back("nothing") == []
    env.run(830.0)
    assert list(holds) == [1]
    begins, ends = np.array([0.0, 805.0, 700.0, 0.0]), np.array([900.0, 825.0, 900.0, 900.0])
    assert holds.minutes(begins, ends).tolist() == [0.0, 20.0, 10.0, 0.0]
    assert holds.give_back("brawl") == [1] and not holds
    env.run(840.0)
    assert holds.minutes(begins, np.full(4, 900.0)).tolist() == [0.0, 25.0, 10.0, 0.0], "what is over counts still"
