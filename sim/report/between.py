"""What a comparison between runs says in sentences, and as plain data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sim.experiment.manifest import versions
from sim.inference.arms import Side
from sim.inference.between import Between
from sim.inference.differing import leaves_of
from sim.report.plain import plain_measures
from sim.report.sentence import listed, resting, subject, what_differs
from sim.report.verdict import LEAST_DAYS, Verdict, of_row
from sim.words import compare as words
from sim.words import report as report_words


def sentences(between: Between) -> list[str]:
    """Return what can be said: which runs are partial or not paired, what differs, which plan loses least.

    Nothing is concluded on fewer than :data:`sim.report.verdict.LEAST_DAYS` days.
    """
    said = [*_partial(between), *_common(between)]
    for side in between.sides[1:]:
        said += _pairing(between, side)
    if between.days == 1:
        return [*said, report_words.SENTENCES["one_day"]]
    if between.days < LEAST_DAYS:
        return [*said, words.SENTENCES["too_few_days"].format(days=between.days, least=LEAST_DAYS)]
    return [*said, *_differences(between), *_regret(between)]


def _partial(between: Between) -> Iterator[str]:
    for side in between.sides:
        planned = side.run.scenario.run.replications
        if side.run.replications < planned:
            yield words.SENTENCES["partial"].format(name=side.name, days=side.run.replications, planned=planned)


def _common(between: Between) -> Iterator[str]:
    """Say which runs are compared on fewer days than they have."""
    for family in dict.fromkeys(side.family for side in between.sides):
        members = [side for side in between.sides if side.family == family]
        if any(side.run.replications > len(side.days) for side in members):
            names = listed([f"{side.name} ({side.run.replications})" for side in members])
            yield words.SENTENCES["common"].format(days=len(members[0].days), names=names)


def _pairing(between: Between, side: Side) -> Iterator[str]:
    first, asked = between.sides[0], words.SENTENCES
    if is_same(between, side):
        yield asked["same"].format(name=side.name, baseline=first.name)
        mine = between.differences[between.differences["run"] == side.name]
        if (mine["difference"].dropna() == 0).all():
            yield asked["identical"]
        return
    why = between.why_unpaired(side)
    if why:
        reasons = listed([words.WHY_UNPAIRED[one] for one in why])
        yield asked["unpaired"].format(name=side.name, baseline=first.name, why=reasons)
    else:
        yield asked["paired"].format(name=side.name, baseline=first.name, days=len(side.days))
    if side.run.manifest["program"] != first.run.manifest["program"]:
        yield asked["program"].format(name=side.name, baseline=first.name)
    if not (between.differences["run"] == side.name).any():
        yield asked["no_common"].format(name=side.name, baseline=first.name)


def is_same(between: Between, side: Side) -> bool:
    """Return whether a run differs in nothing from the first that its days depend on."""
    first = between.sides[0]
    settings = [leaves_of(one.run.manifest["scenario"]) for one in (side, first)]
    return settings[0] == settings[1] and not between.why_unpaired(side)


def _differences(between: Between) -> Iterator[str]:
    if any(not is_same(between, side) for side in between.sides[1:]) and len(between.differences):
        yield words.SENTENCES["from"].format(baseline=between.baseline)
    for side in between.sides[1:]:
        if is_same(between, side):
            continue
        mine = between.differences[between.differences["run"] == side.name]
        for strategy, rows in mine.groupby("strategy", sort=False):
            of = str(rows["of"].iloc[0])
            yield words.SENTENCES["against" if of == strategy else "across"].format(
                strategy=title_of(side, str(strategy)),
                of=title_of(between.sides[0], of),
                name=side.name,
                what=what_differs(rows.to_dict("records"), between.confidence),
            )


def title_of(side: Side, strategy: str) -> str:
    """Return a strategy's title."""
    return side.run.scenario.strategy(strategy).said_title


def plan_title(between: Between, plan: str) -> str:
    """Return the title of the strategy that a plan is; the plan's name where it is a strategy of one run alone."""
    for side in between.sides:
        if plan in side.run.strategies:
            return title_of(side, plan)
    return plan


def has_regret(between: Between) -> bool:
    """Return whether there is a table of regret: several plans in several scenarios."""
    return all(len(between.regret[name].unique()) > 1 for name in ("scenario", "plan"))


def judged(between: Between) -> list[str]:
    """Return the measures that plans are judged by in all scenarios: twins, where plans have one everywhere."""
    known = between.largest
    return resting(set(known.loc[known["everywhere"].astype(bool), "measure"]), report_words.SUBJECTS)


def _regret(between: Between) -> Iterator[str]:
    """Say on which measures one plan is shown to lose least at worst, and on which it is open."""
    if not has_regret(between):
        return
    judges = judged(between)
    largest = between.largest[between.largest["measure"].isin(judges)]
    shown: dict[str, list[str]] = {}
    unclear = []
    for measure in judges:
        rows = largest[largest["measure"] == measure]
        least = rows.loc[rows["least"], "plan"].tolist()
        everywhere = int(rows["everywhere"].sum())
        if len(least) == 1 and everywhere > 1:
            shown.setdefault(str(least[0]), []).append(subject(measure))
        elif everywhere > 1:
            unclear.append(subject(measure))
    scenarios = len(between.regret["scenario"].unique())
    for plan, subjects in shown.items():
        yield words.SENTENCES["regret_shown"].format(
            scenarios=scenarios, plan=plan_title(between, plan), subjects=listed(subjects)
        )
    if unclear:
        yield words.SENTENCES["regret_open"].format(subjects=listed(unclear))
    absent = largest.groupby("plan", sort=False)["everywhere"].any()
    if not absent.all():
        yield words.SENTENCES["everywhere"].format(
            plans=listed([plan_title(between, str(plan)) for plan in absent[~absent].index])
        )


def answer(between: Between) -> dict[str, Any]:
    """Return a comparison as plain data: never is written "never", undefined is null."""
    enough = between.days >= LEAST_DAYS
    return {
        "runs": [
            {
                "name": side.name,
                "run": str(side.run.path),
                "command": side.run.manifest["command"],
                "seed": side.run.scenario.run.seed,
                "days": side.run.replications,
                "days_planned": side.run.scenario.run.replications,
                "days_compared": len(side.days),
                "partial": side.run.replications < side.run.scenario.run.replications,
                "paired": not between.why_unpaired(side),
                "why_unpaired": [str(one) for one in between.why_unpaired(side)],
                "same_program": side.run.manifest["program"] == versions()["program"],
            }
            for side in between.sides
        ],
        "baseline": between.baseline,
        "confidence": between.confidence,
        "differs": [
            {"setting": row[0], "values": dict(zip(between.names, row[1:], strict=True))}
            for row in between.differs.itertuples(index=False, name=None)
        ],
        "measures": plain_measures(between.measures),
        "differences": [
            {**row, "verdict": str(of_row(known) if enough else Verdict.TOO_FEW)}
            for row, known in zip(
                plain_measures(between.differences), between.differences.to_dict("records"), strict=True
            )
        ],
        "regret": plain_measures(between.regret),
        "largest_regret": plain_measures(between.largest),
        "conclusion": sentences(between),
    }
