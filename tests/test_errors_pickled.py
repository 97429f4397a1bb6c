"""A mistake of the user that is found in another process is said here as it was said there."""

from __future__ import annotations

import ast
import copy
import pickle
from collections.abc import Callable
from pathlib import Path

import pytest

import sim
from sim.config.compared import NotCompared, compared_strategies
from sim.config.explain import WrongSettings
from sim.config.half_scenario import HalfRight, scenario_in
from sim.errors import MOST_SHOWN, SeveralMistakes, UserError
from sim.exercise.session.store import CannotWrite
from tests.conftest import SMALL


def _half_right(tmp_path: Path) -> None:
    file = tmp_path / "half.yaml"
    file.write_text("defaults: [_self_]\ntitle: Half\nvoting:\n  open: 25\n")
    scenario_in(file, [*SMALL, "strategy=even_spread"])


def _wrong(tmp_path: Path) -> None:
    sim.load("calm_day", [*SMALL, "voting.open='25:00'", "run.replications=-1"])


def _raised(error: UserError) -> Callable[[Path], None]:
    def raise_it(_folder: Path) -> None:
        raise error

    return raise_it


RAISED: dict[type[UserError], Callable[[Path], object]] = {
    UserError: _raised(UserError("own/\x1b[31m\nfile: cannot be read")),
    SeveralMistakes: _raised(SeveralMistakes([f"day {number}: wrong" for number in range(MOST_SHOWN + 3)], unread=4)),
    NotCompared: lambda _folder: compared_strategies(["even_spread", "even_spred", "even_spread"], None),
    WrongSettings: _wrong,
    HalfRight: _half_right,
    CannotWrite: _raised(CannotWrite("the disk is full")),
}


@pytest.mark.parametrize("kind", RAISED, ids=lambda kind: kind.__name__)
def test_an_error_comes_out_of_another_process_as_what_it_was(kind: type[UserError], tmp_path: Path) -> None:
    with pytest.raises(kind) as caught:
        RAISED[kind](tmp_path)
    error = caught.value
    assert type(error) is kind
    again = [pickle.loads(pickle.dumps(error, protocol)) for protocol in range(pickle.HIGHEST_PROTOCOL + 1)]
    for other in [*again, copy.copy(error), copy.deepcopy(error)]:
        assert type(other) is kind and str(other) == str(error) and other.args == error.args
        assert other.__dict__ == error.__dict__


def test_no_class_of_mistakes_is_left_out() -> None:
    """A new class has to show that it comes over; it is found in the source, wherever it stands."""
    classes: dict[str, set[str]] = {}
    for file in Path(sim.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                classes[node.name] = {base.id for base in node.bases if isinstance(base, ast.Name)}
    mistakes = {UserError.__name__}
    while more := {name for name, bases in classes.items() if bases & mistakes} - mistakes:
        mistakes |= more
    assert mistakes == {kind.__name__ for kind in RAISED}
