from hashlib import blake2b

import numpy as np
import pytest

from sim.streams import Streams


def test_a_name_always_gives_the_same_numbers() -> None:
    one, two = Streams(1, 2).generator("voters"), Streams(1, 2).generator("voters")
    assert np.array_equal(one.random(5), two.random(5))
    assert Streams(1, 2).uniform("unit/a") == Streams(1, 2).uniform("unit/a")


def test_a_stream_that_is_asked_for_twice_goes_on() -> None:
    streams, whole = Streams(1, 2), Streams(1, 2).generator("x").random(6)
    assert np.array_equal([*streams.generator("x").random(3), *streams.generator("x").random(3)], whole)
    bulk = Streams(1, 2).bulk("x").random(4)
    again = Streams(1, 2)
    assert np.array_equal([*again.bulk("x").random(2), *again.bulk("x").random(2)], bulk)


def test_a_branch_draws_as_the_day_up_to_the_fork_and_its_own_numbers_after_it() -> None:
    clock = [500.0]
    day, fork = Streams(1, 2), Streams(1, 2, 3, fork=600.0, now=lambda: clock[0])
    assert np.array_equal(day.generator("x").random(4), fork.generator("x").random(4))
    assert day.uniform("y") == fork.uniform("y")
    clock[0] = 600.0
    later = fork.generator("x").random(4)
    assert not np.array_equal(day.generator("x").random(4), later)
    assert day.uniform("y") != fork.uniform("y")
    assert np.array_equal(later, Streams(1, 2, 3, fork=-np.inf).generator("x").random(4))
    assert not np.array_equal(later, Streams(1, 2, 4, fork=-np.inf).generator("x").random(4))
    assert not np.array_equal(day.bulk("z").random(4), fork.bulk("z").random(4))


def test_the_only_number_of_a_name_is_kept_by_branch_for_all_who_share_seeds() -> None:
    day = Streams(1, 2)
    branch = Streams(1, 2, 3, fork=-np.inf, seeds=day.seeds)
    found = day.uniform("y"), branch.uniform("y")
    assert found == (Streams(1, 2).uniform("y"), Streams(1, 2, 3, fork=-np.inf).uniform("y"))
    assert found == (Streams(1, 2, seeds=day.seeds).uniform("y"), branch.uniform("y")) and found[0] != found[1]


@pytest.mark.parametrize("other", [Streams(2, 2), Streams(1, 3)])
def test_another_seed_or_day_gives_others(other: Streams) -> None:
    assert not np.array_equal(Streams(1, 2).generator("x").random(5), other.generator("x").random(5))
    assert Streams(1, 2).uniform("x") != other.uniform("x")


def test_names_do_not_share_numbers() -> None:
    drawn = [Streams(1, 2).generator(f"incident/s{i}").random() for i in range(500)]
    drawn += [Streams(1, 2).uniform(f"incident/s{i}") for i in range(500)]
    assert len(set(drawn)) == 1000


def test_uniform_is_uniform() -> None:
    u = np.array([Streams(7, 0).uniform(f"unit/{i}") for i in range(20_000)])
    assert abs(u.mean() - 0.5) < 3.5 * np.sqrt(1 / 12 / len(u))
    assert u.min() >= 0 and u.max() < 1


def test_seeds_that_are_shared_give_the_same_draws_from_their_beginning() -> None:
    first = Streams(1, 2)
    drawn = first.generator("incident/s0").random(3)
    again = Streams(1, 2, seeds=first.seeds)
    whole = Streams(1, 2).generator("incident/s0").random(6)
    assert np.array_equal(again.generator("incident/s0").random(6), whole) and np.array_equal(drawn, whole[:3])
    assert again.uniform("unit/a") == first.uniform("unit/a") == Streams(1, 2).uniform("unit/a")
    fork = Streams(1, 2, 3, fork=-np.inf, seeds=first.seeds)
    assert not np.array_equal(fork.generator("incident/s0").random(3), drawn)


def test_marks_are_the_numbers_of_the_stream_one_by_one_or_together_however_many() -> None:
    streams, whole = Streams(1, 2), Streams(1, 2).generator("x").random(1_000).tolist()
    found = [streams.marks("x").random(), *streams.marks("x").several(2), *streams.marks("x").several(0)]
    found += [streams.marks("x").random() for _ in range(200)] + streams.marks("x").several(797)
    assert found == whole


def test_marks_are_drawn_once_for_all_who_share_seeds_and_everybody_uses_them_from_the_first() -> None:
    first = Streams(1, 2)
    drawn = first.marks("x").several(300)
    again, third = (Streams(1, 2, seeds=first.seeds).marks("x") for _ in range(2))
    assert again.numbers is third.numbers
    assert [again.random() for _ in range(300)] == drawn and again.used == 300 and third.used == 0
    assert third.several(300) == drawn


def test_marks_of_a_branch_are_its_own_from_the_fork_on() -> None:
    clock, first = [500.0], Streams(1, 2)
    fork = Streams(1, 2, 3, fork=600.0, now=lambda: clock[0], seeds=first.seeds)
    before = fork.marks("x")
    assert before.several(4) == first.marks("x").several(4)
    clock[0] = 600.0
    assert fork.marks("x") is fork.marks("x") is not before
    assert fork.marks("x").several(4) == Streams(1, 2, 3, fork=-np.inf).generator("x").random(4).tolist()


def test_what_is_drawn_once_is_what_the_stream_gives_and_is_drawn_anew_for_other_settings_and_branches() -> None:
    def draw(settings: list[int], rng: np.random.Generator) -> list[float]:
        settings.append(1)
        return list(rng.random(3).tolist())

    first, asked, other = Streams(1, 2), [0], [9]
    drawn = first.once("casualty/0", draw, asked)
    assert drawn == Streams(1, 2).generator("casualty/0").random(3).tolist()
    assert Streams(1, 2, seeds=first.seeds).once("casualty/0", draw, asked) is drawn
    assert Streams(1, 2, seeds=first.seeds).once("casualty/0", draw, list(asked)) is drawn, "equal ones are the same"
    assert Streams(1, 2, seeds=first.seeds).once("casualty/0", draw, other) == drawn
    assert Streams(1, 2, 3, fork=-np.inf, seeds=first.seeds).once("casualty/0", draw, asked) != drawn
    assert (len(asked), len(other)) == (3, 2), "once for each of them"


@pytest.mark.parametrize("branch", [0, 7])
def test_a_stream_starts_from_the_seed_sequence_of_its_run_day_name_and_branch(branch: int) -> None:
    streams = Streams(1, 2, branch, fork=-np.inf)
    digest = np.frombuffer(blake2b(b"x", digest_size=16).digest(), dtype=np.uint32)
    plain = np.random.SeedSequence([1, 2, *digest.tolist(), *([branch] if branch else [])])
    expected = np.random.Generator(np.random.PCG64(plain)).random(5)
    assert np.array_equal(streams.generator("x").random(5), expected)
    bulk = np.random.Generator(np.random.SFC64(plain)).random(5)
    assert np.array_equal(streams.bulk("x").random(5), bulk)


def test_no_stream_gives_the_same_numbers_twice() -> None:
    """By its generator and by its marks it would: they are not independent."""
    first, second = Streams(1, 0), Streams(1, 0)
    first.generator("a")
    second.marks("a")
    with pytest.raises(ValueError, match=r"^a$"):
        first.marks("a")
    with pytest.raises(ValueError, match=r"^a$"):
        second.generator("a")
