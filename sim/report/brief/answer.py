"""The answer: which plan, by how much, how sure, on what it rests, what it costs in guards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sim.inference.compare import Comparison
from sim.report.brief.choice import Choice, on
from sim.report.brief.measures import FIVE
from sim.report.sentence import finding, listed, subject
from sim.report.verdict import ENOUGH_DAYS, LEAST_DAYS, Verdict, is_enough
from sim.words import brief as words

Said = Mapping[str, Mapping[str, Verdict]]
_MOST_TRADES = 3
"""Plans that are a choice and are told of one by one; the table has all."""


def answer(comparison: Comparison, choice: Choice, said: Said, titles: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return questions and answers: which plan, by how much, how sure, on what it rests.

    Args:
        comparison: The comparison.
        choice: What follows from the verdicts.
        said: The verdicts on the five measures, by plan.
        titles: Titles of the plans by name.
    """
    ask, told = words.QUESTIONS, [(words.QUESTIONS["which"], _which(comparison, choice, said, titles))]
    if choice.chosen is not None:
        findings = listed(_findings(comparison, choice.chosen, said[choice.chosen]))
        told.append(
            (ask["amount"], words.ANSWER["amount"].format(baseline=_baseline(comparison, titles), findings=findings))
        )
        more = [name for name in choice.trades if _wins(said[name]) > _wins(said[choice.chosen])]
        if more:
            told.append((ask["others"], _trades(more, said, titles)))
    elif choice.trades and not choice.clear:
        told.append((ask["amount"], _trades(choice.trades, said, titles)))
    if said and is_enough(comparison):
        told.append((ask["sure"], _sure(comparison, choice, said)))
    return [*told, (ask["rests"], _rests(comparison, choice.chosen or comparison.baseline, titles))]


def _baseline(comparison: Comparison, titles: Mapping[str, str]) -> str:
    return titles[comparison.baseline]


def _which(comparison: Comparison, choice: Choice, said: Said, titles: Mapping[str, str]) -> str:
    """Say which plan, or why none is named."""
    days, baseline = comparison.days, _baseline(comparison, titles)
    if not said:
        alone = words.ANSWER["alone"].format(title=baseline)
        return alone if is_enough(comparison) else f"{alone} {_too_few(days)}"
    if not is_enough(comparison):
        return _too_few(days)
    if choice.chosen is not None:
        form = words.ANSWER["chosen_of" if len(choice.clear) > 1 else "chosen"]
        others = listed([titles[name] for name in choice.clear[1:]])
        return form.format(title=titles[choice.chosen], baseline=baseline, count=len(choice.clear), others=others)
    if choice.clear:
        plans = [
            words.ANSWER["one_of"].format(title=titles[name], subjects=_subjects(said[name], Verdict.BETTER))
            for name in choice.clear
        ]
        return words.ANSWER["several"].format(baseline=baseline, plans=listed(plans))
    return words.ANSWER["nobody"].format(baseline=baseline)


def _too_few(days: int) -> str:
    return words.ANSWER["too_few"].format(days=days, least=LEAST_DAYS)


def _wins(row: Mapping[str, Verdict]) -> int:
    return len(on(row, Verdict.BETTER))


def _trades(names: Sequence[str], said: Said, titles: Mapping[str, str]) -> str:
    plans = [
        words.ANSWER["one_trade"].format(
            title=titles[name],
            better=_subjects(said[name], Verdict.BETTER),
            worse=_subjects(said[name], Verdict.WORSE),
        )
        for name in names[:_MOST_TRADES]
    ]
    return words.ANSWER["trade"].format(plans="; ".join(plans))


def _findings(comparison: Comparison, name: str, row: Mapping[str, Verdict]) -> list[str]:
    rows = comparison.differences[comparison.differences["strategy"] == name].set_index("measure", drop=False)
    better = on(row, Verdict.BETTER)
    return [finding(rows.loc[measure].to_dict(), comparison.confidence) for measure in FIVE if measure in better]


def _subjects(row: Mapping[str, Verdict], verdict: Verdict) -> str:
    return listed([subject(measure) for measure in on(row, verdict)])


def _sure(comparison: Comparison, choice: Choice, said: Said) -> str:
    percent, days = f"{100 * comparison.confidence:.0f}", comparison.days
    if choice.chosen is None:
        sure = words.ANSWER["sure_none"].format(percent=percent, days=days)
    else:
        unclear = _subjects(said[choice.chosen], Verdict.ALIKE)
        alike = words.ANSWER["alike"].format(subjects=unclear) if unclear else words.ANSWER["all_apart"]
        sure = words.ANSWER["sure"].format(percent=percent, days=days, alike=alike)
    few = words.ANSWER["few_days"].format(days=days, enough=ENOUGH_DAYS)
    return f"{sure} {few}" if days < ENOUGH_DAYS else sure


def _rests(comparison: Comparison, name: str, titles: Mapping[str, str]) -> str:
    rows = comparison.measures[comparison.measures["strategy"] == name].set_index("measure")["value"]
    incidents, red = (float(rows[measure]) for measure in ("incidents_per_day", "red_per_day"))
    return words.ANSWER["rests"].format(title=titles[name], incidents=incidents, red=red)
