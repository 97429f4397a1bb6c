"""Orders of a run: from the tables that lie in its folder, and only if these still give the plan that was played."""

from __future__ import annotations

from sim.day.world import World, prepare
from sim.errors import UserError
from sim.experiment.inputs import DEPLOYMENTS, REGION
from sim.experiment.store import Run
from sim.words.language import gettext as _


def prepare_played(run: Run, strategy: str) -> World:
    """Prepare one strategy of a run, from what the run was played on.

    Raises:
        UserError: When a table in the run's folder is missing or is not what was written, or when this version of the
            program makes another plan of them than the one that was played.
    """
    run.check_inputs(REGION, DEPLOYMENTS)
    scenario = run.own_scenario
    kept = tuple(one for one in scenario.strategies if one.name == strategy)
    world = prepare(scenario.model_copy(update={"strategies": kept}))
    if _now(world, strategy) != _then(run, strategy):
        raise UserError(
            _(
                "'{run}': this version of the program makes another plan of strategy '{strategy}' than "
                "the one that was played; make the orders with the version that played it (it stands in "
                "manifest.json)"
            ).format(run=run.path, strategy=strategy)
        )
    return world


def _then(run: Run, strategy: str) -> tuple[set[tuple[str, ...]], set[tuple[str, int, float]]]:
    """Return the units and the stations of posts that the run has of a strategy."""
    tables = run.deployments()
    units, posts = (table[table["strategy"] == strategy] for table in (tables.units, tables.posts))
    columns = ("unit", "agency", "role", "strength", "vehicle")
    return (
        set(zip(*(units[name].astype(str) for name in columns), strict=True)),
        set(zip(posts["station"], posts["officers"], posts["wardens"].round(6), strict=True)),
    )


def _now(world: World, strategy: str) -> tuple[set[tuple[str, ...]], set[tuple[str, int, float]]]:
    """Return the same of the plan as it is made now."""
    plan, codes = world.deployments[strategy], world.region.stations.code
    return (
        {(u.name, str(u.agency), str(u.role), str(u.strength), u.vehicle) for u in plan.units},
        {
            (codes[station], post.officers, round(float(plan.wardens_at[station]), 6))
            for post in plan.posts
            for station in post.stations
        },
    )
