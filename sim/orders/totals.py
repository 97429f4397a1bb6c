"""Totals by district, and the proof that they add up to the budget."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sim.orders.orders import Budget, Duty, Kind, Total
from sim.region.region import Region
from sim.response.deploy.deployment import Deployment
from sim.vocabulary import Agency, Role


def totals(duties: Mapping[int | None, Sequence[Duty]], deployment: Deployment, region: Region) -> tuple[Total, ...]:
    """Return what each district spends, in the order of the region; what is outside all last, where there is any."""
    places: list[int | None] = [district.index for district in region.districts]
    rows = [_total(place, duties.get(place, ()), deployment, region) for place in places]
    outside = _total(None, duties.get(None, ()), deployment, region)
    return (*rows, outside) if outside.officers or outside.wardens or outside.routine else tuple(rows)


def _total(place: int | None, duties: Sequence[Duty], deployment: Deployment, region: Region) -> Total:
    here = region.stations.district == (-1 if place is None else place)
    return Total(
        name="" if place is None else region.districts[place].name,
        stations=int(here.sum()),
        registered=int(region.stations.registered[here].sum()),
        posts=sum(duty.kind is Kind.POST for duty in duties),
        at_posts=_officers(duties, Kind.POST),
        on_patrol=_officers(duties, Kind.PATROL),
        in_reserve=sum(u.strength for u in deployment.units if u.role is Role.RESERVE and u.district == place),
        wardens=sum(duty.wardens for duty in duties),
        routine=_officers(duties, Kind.OFFICE, Kind.SECTOR),
    )


def _officers(duties: Iterable[Duty], *kinds: Kind) -> int:
    return sum(duty.officers for duty in duties if duty.kind in kinds)


def check(rows: Sequence[Total], deployment: Deployment, police: Budget, wardens: Budget) -> None:
    """Check that the sheets have everybody once.

    Raises:
        RuntimeError: When they do not: that is an error of the program, whatever the user wrote.
    """
    roles = {"guard": "at_posts", "patrol": "on_patrol", "reserve": "in_reserve"}
    pairs = [(role, sum(getattr(row, name) for row in rows), deployment.by_role[role]) for role, name in roles.items()]
    pairs += [
        ("police", sum(row.officers for row in rows), police.spent),
        ("wardens", sum(row.wardens for row in rows), wardens.spent),
        ("police left", police.left, deployment.unspent[Agency.POLICE]),
        ("wardens left", wardens.left, deployment.unspent[Agency.WARDENS]),
    ]
    wrong = [f"{what}: {found} on the sheets, {spent} in the plan" for what, found, spent in pairs if found != spent]
    if wrong:
        raise RuntimeError(f"the orders of '{deployment.strategy}' do not add up; " + "; ".join(wrong))
