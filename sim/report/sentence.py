"""The sentence a commander can read: what can be concluded, and what cannot."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from math import isinf, isnan
from typing import Any

from sim.experiment.partial import partial_sentences
from sim.inference.compare import Comparison
from sim.measures.registry import MEASURES, TWINS
from sim.report.verdict import ENOUGH_DAYS, LEAST_DAYS, Verdict, is_enough, leaders, of_row, verdicts
from sim.report.wording import amount, sizes
from sim.words import report as words

__all__ = ["ENOUGH_DAYS", "LEAST_DAYS", "conclude", "finding", "is_enough", "listed", "partial_sentence"]

_ALL, _DISTURBED = "votes_lost", "votes_lost_to_disturbances"


def conclude(comparison: Comparison, titles: Mapping[str, str]) -> list[str]:
    """Return the conclusions: one sentence for each strategy against the baseline, then on the whole.

    A difference is stated only when its simultaneous interval excludes zero, and none on fewer than ``LEAST_DAYS``.
    What could not be told apart and what never happened are said in so many words; that the run is partial comes first.

    Args:
        comparison: The comparison.
        titles: Titles of the strategies by name.
    """
    partial = partial_sentence(comparison)
    if comparison.differences.empty:
        alone = words.SENTENCES["alone"].format(title=titles[comparison.baseline], days=comparison.days)
        return [*partial, alone, *_never(comparison, titles)]
    if comparison.days == 1:
        return [*partial, words.SENTENCES["one_day"]]
    if not is_enough(comparison):
        too_few = words.SENTENCES["too_few_days"].format(days=comparison.days, least=LEAST_DAYS)
        return [*partial, too_few, *_never(comparison, titles)]
    by_strategy = comparison.differences.groupby("strategy", sort=False)
    sentences = [
        words.SENTENCES["against"].format(
            baseline=titles[comparison.baseline],
            title=titles[str(name)],
            what=_what(rows.to_dict("records"), comparison.confidence),
        )
        for name, rows in by_strategy
    ]
    few = [words.SENTENCES["few_days"].format(days=comparison.days)] if comparison.days < ENOUGH_DAYS else []
    return [*partial, *sentences, *_never(comparison, titles), _whole(comparison, titles), *few]


def partial_sentence(comparison: Comparison) -> list[str]:
    """Return the sentence that says that a run is not whole; none when it is."""
    return partial_sentences(comparison.days, comparison.planned)


def _what(rows: Iterable[Mapping[Any, Any]], confidence: float) -> str:
    """Say what differs from the baseline, what cannot be told, and what there was nothing to measure for."""
    known = {str(row["measure"]): row for row in rows}
    found: list[str] = []
    without: dict[str, list[str]] = {"unclear": [], "unmeasured": [], "none_common": []}
    for measure in _spoken_of(list(known.values())):
        if measure not in known:
            continue
        row = known[measure]
        said = of_row(row)
        if said is Verdict.UNMEASURED:
            own = known.get(MEASURES[measure].own, row)
            without["unmeasured" if isnan(float(own["difference"])) else "none_common"].append(subject(measure))
        elif said is Verdict.ALIKE:
            without["unclear"].append(subject(measure))
        elif said is not Verdict.SAME:
            found.append(finding(row, confidence))
    parts = [*([listed(found)] if found else []), *_pace(known, confidence)]
    parts += [words.SENTENCES[name].format(subjects=listed(some)) for name, some in without.items() if some]
    return "; ".join(parts) or words.SENTENCES["same"]


def _pace(rows: Mapping[str, Mapping[Any, Any]], confidence: float) -> list[str]:
    """Say it where a plan is late less often and slower on average, or the other way round, both beyond chance."""
    standard, mean = (rows.get(name) for name in resting(rows, ("within_standard", "response_mean")))
    if standard is None or mean is None:
        return []
    form = {
        (Verdict.BETTER, Verdict.WORSE): words.SENTENCES["slower"],
        (Verdict.WORSE, Verdict.BETTER): words.SENTENCES["quicker"],
    }.get((of_row(standard), of_row(mean)))
    if form is None:
        return []
    size, interval = _sized(mean, confidence)
    return [form.format(amount=size, interval=interval)]


def subject(measure: str) -> str:
    """Return what a sentence calls a measure, or the measure whose twin it is."""
    return words.SUBJECTS[MEASURES[measure].own or measure]


def resting(known: Container[str], measures: Iterable[str]) -> list[str]:
    """Return what is concluded from on some measures: the twin of each, where that is known, else itself.

    Args:
        known: Measures of which there are differences.
        measures: Names of measures.
    """
    return [TWINS[name] if TWINS.get(name) in known else name for name in measures]


def _spoken_of(rows: Sequence[Mapping[Any, Any]]) -> list[str]:
    """Return the measures that sentences speak of; votes, where no more differ than those to disturbances, once."""
    ends = ("difference", "low_all", "high_all")
    told = {
        name: [
            (row.get("strategy"), *(round(float(row[end]), 6) for end in ends))
            for row in rows
            if row["measure"] == name
        ]
        for name in (_ALL, _DISTURBED)
    }
    spoken = [name for name in words.SUBJECTS if name != _DISTURBED or told[_ALL] != told[_DISTURBED]]
    return resting({str(row["measure"]) for row in rows}, spoken)


def finding(row: Mapping[Any, Any], confidence: float) -> str:
    """Say by how much one measure is better or worse, with its interval.

    Args:
        row: A row of a comparison's differences of which the rule says one or the other.
        confidence: Confidence of its interval.
    """
    measure = str(row["measure"])
    value = float(row["difference"])
    which = 0 if (value < 0) == (MEASURES[measure].better == "lower") else 1
    if isinf(value):
        return words.NEVER_PHRASES[measure][which]
    size, interval = _sized(row, confidence)
    return words.PHRASES[measure][which].format(amount=size) + interval


def _sized(row: Mapping[Any, Any], confidence: float) -> tuple[str, str]:
    """Return the size of a difference with its unit, and its interval, in words."""
    unit = MEASURES[str(row["measure"])].unit
    value, low, high = (float(row[name]) for name in ("difference", "low_all", "high_all"))
    size, near, far = sizes(unit, value, *sorted((low, high), key=abs))
    form = words.SENTENCES["at_least" if isinf(low) or isinf(high) else "interval"]
    return amount(size, unit), form.format(percent=f"{100 * confidence:.0f} %", low=near, high=far)


def _never(comparison: Comparison, titles: Mapping[str, str]) -> list[str]:
    """Say under which strategies none, or fewer than half, of the incidents were ever reached."""
    if comparison.measures.empty:
        return []
    nobody, sentences = _where(comparison, "unanswered", 1.0), []
    if nobody:
        sentences.append(words.SENTENCES["nobody"].format(titles=listed([titles[name] for name in nobody])))
    for measure, (_, phrase) in words.NEVER_PHRASES.items():
        if MEASURES[measure].own:
            continue
        never = [titles[name] for name in _where(comparison, measure, float("inf")) if name not in nobody]
        if never:
            sentences.append(words.SENTENCES["never"].format(titles=listed(never), phrase=phrase))
    return sentences


def _where(comparison: Comparison, measure: str, value: float) -> list[str]:
    """Return the strategies under which a measure has this value."""
    rows = comparison.measures[comparison.measures["measure"] == measure]
    return [str(name) for name in rows.loc[rows["value"] == value, "strategy"]]


def _whole(comparison: Comparison, titles: Mapping[str, str]) -> str:
    """Say whether one strategy is shown best on everything the sentences speak of."""
    spoken = _spoken_of(comparison.differences.to_dict("records"))
    shown = leaders(comparison, spoken)
    if not shown:
        return words.SENTENCES["none_best"].format(days=comparison.days)
    names = list(dict.fromkeys(shown.values()))
    if _differing(comparison, spoken) <= set(shown) and len(names) == 1:
        return words.SENTENCES["all_best"].format(title=titles[names[0]])
    clauses = [
        words.SENTENCES["leads"].format(
            title=titles[name], subjects=listed([subject(m) for m, who in shown.items() if who == name])
        )
        for name in names
    ]
    verb = words.SENTENCES["is" if len(names) == 1 else "are"]
    return words.SENTENCES["some_best"].format(verb=verb, leaders=listed(clauses))


def _differing(comparison: Comparison, spoken: Iterable[str]) -> set[str]:
    """Return the measures, of those that sentences speak of, that are not the same under all strategies."""
    said = verdicts(comparison, spoken).values()
    return {measure for plan in said for measure, one in plan.items() if one not in (Verdict.SAME, Verdict.UNMEASURED)}


def listed(things: Sequence[str]) -> str:
    """Return some things as a sentence lists them."""
    if len(things) <= 1:
        return "".join(things)
    return f"{', '.join(things[:-1])} {words.SENTENCES['and']} {things[-1]}"


def what_differs(rows: Iterable[Mapping[Any, Any]], confidence: float) -> str:
    """Say what differs from a baseline, what cannot be told, and what there was nothing to measure for.

    Args:
        rows: Differences (measure, difference, low_all, high_all) of one thing from another.
        confidence: Of their intervals.
    """
    return _what(rows, confidence)
