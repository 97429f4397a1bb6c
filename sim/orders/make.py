"""From a prepared scenario to the orders of one of its strategies."""

from __future__ import annotations

from sim.day.world import World
from sim.orders.duties import duties, elsewhere, reports_to
from sim.orders.orders import Budget, DistrictOrders, Orders
from sim.orders.rules import rules
from sim.orders.totals import check, totals
from sim.orders.waiting import houses, reserves, waiting
from sim.region.printed import as_printed
from sim.vocabulary import Agency, Role


def orders_of(world: World, strategy: str, command: str = "") -> Orders:
    """Return the orders of a strategy.

    Args:
        world: The prepared scenario.
        strategy: Name of one of its strategies.
        command: The command that makes them, to be printed on the first page.

    Raises:
        UserError: For a strategy that the scenario does not play.
        RuntimeError: When the sheets do not have everybody once, which is an error of the program.
    """
    plan, region, scenario = world.response(strategy), as_printed(world.gazetteer), world.scenario
    settings = next(one for one in scenario.strategies if one.name == strategy)
    made, deployment, forces = duties(plan, region), plan.deployment, scenario.region.forces
    police = Budget(forces.police, deployment.spent[Agency.POLICE])
    wardens = Budget(forces.wardens, deployment.spent[Agency.WARDENS])
    rows = totals(made, deployment, region)
    check(rows, deployment, police, wardens)
    pages = [
        DistrictOrders(
            code=district.code,
            name=district.name,
            reports_to=reports_to(plan, region, district.index),
            stations=row.stations,
            registered=row.registered,
            duties=tuple(made.get(district.index, ())),
            elsewhere=elsewhere(plan, region, district.index),
        )
        for district, row in zip(region.districts, rows[: len(region.districts)], strict=True)
    ]
    return Orders(
        region=region.title,
        strategy=strategy,
        title=settings.said_title,
        weather=scenario.weather.name,
        opens=plan.hours[0],
        closes=plan.hours[1],
        standard_minutes=plan.settings.standard_minutes,
        districts=tuple(pages),
        outside=tuple(made.get(None, ())),
        reserves=tuple(reserves(plan, region)),
        attached=tuple(waiting(plan, region, Role.ATTACHED)),
        ambulances=tuple(waiting(plan, region, Role.AMBULANCE)),
        houses=tuple(houses(world.evacuation, region)),
        rules=rules(settings, plan.settings.escort),
        totals=rows,
        police=police,
        wardens=wardens,
        command=command,
    )
