"""Who may call an agency: what is refused, and what is meant where nothing is said."""

from __future__ import annotations

import pytest

from sim.echelon import Echelon
from sim.errors import UserError
from tests.conftest import small_scenario


def army(called_by: str) -> str:
    its = f", called_by: {called_by}" if called_by else ""
    of = "base: POLRES, agency: army, teams: 1, size: 30, vehicle: truck, from_severity: red, request_delay: 20"
    return f"response.attached=[{{{of}{its}}}]"


def test_unless_said_otherwise_the_centre_calls() -> None:
    (attached,) = small_scenario(army("")).response.attached
    assert attached.called_by == (Echelon.POSKO,)
    (attached,) = small_scenario(army("[sector, posko]")).response.attached
    assert set(attached.called_by) == set(Echelon)


@pytest.mark.parametrize(
    ("overrides", "says"),
    [
        ((army("[polsek]"),), r"attached\[0\]\.called_by\[0\] = 'polsek': unknown; did you mean 'posko'\?"),
        ((army("[]"),), r"attached\[0\]\.called_by = \[\]: must not be empty"),
        ((army("sector"),), r"attached\[0\]\.called_by = 'sector': a list is needed"),
        ((army("[posko, sector, posko]"),), r"attached\[0\]\.called_by = .*: it may have 2 items, not 3"),
        ((army("[sector]"), "response.sector_posts.desks=0"), r"called_by = \['sector'\]: nobody would call them: sector"),
    ],
)  # fmt: skip
def test_a_mistake_is_one_clear_message(overrides: tuple[str, ...], says: str) -> None:
    with pytest.raises(UserError, match=says) as caught:
        small_scenario(*overrides)
    assert len(str(caught.value).splitlines()) == 1


def test_what_sector_posts_call_as_well_may_stay_where_they_take_no_reports() -> None:
    small_scenario(army("[sector, posko]"), "response.sector_posts.desks=0")
