"""The brief of a run: everything that its page and its document say, once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sim.experiment.store import Run
from sim.inference.compare import Comparison
from sim.region.gazetteer import Gazetteer
from sim.region.printed import as_printed
from sim.report.brief import cover
from sim.report.brief.answer import answer
from sim.report.brief.choice import choose
from sim.report.brief.cost import cost_sentences, costs
from sim.report.brief.decision import Decision, decision
from sim.report.brief.facts import facts
from sim.report.brief.fall import fall_sentence
from sim.report.brief.measures import FIVE
from sim.report.brief.team import best_gain, team_command, team_sentence
from sim.report.brief.weak import late_sentence, values_of, worst_sentence
from sim.report.sentence import partial_sentence
from sim.report.verdict import LEAST_DAYS, is_enough, verdicts
from sim.words import brief as words
from sim.words.language import number as written


@dataclass(frozen=True)
class Brief:
    """The brief.

    Attributes:
        partial: That the run is not whole; none where it is.
        answer: Questions and answers: which plan, by how much, how sure, on what it rests, what it costs.
        decision: The decision table.
        rule: How its marks come about.
        cover_heading: Heading of the standards of cover, with the plan that they are of.
        cover: A sentence for the region, and for some districts.
        cover_which: Which districts these are.
        cover_all: Heading of the table of all districts.
        weak: Worst district and moment, what that comes from, why late, what one more team would bring.
        facts: What it is of: labels and texts.
        cover_note: How to read the table of all districts.
        cover_head: Its columns.
        cover_rows: Its rows.
        cover_sentences: The same, a sentence a district.
    """

    partial: tuple[str, ...]
    answer: tuple[tuple[str, str], ...]
    decision: Decision
    rule: str
    cover_heading: str
    cover: tuple[str, ...]
    cover_which: str
    cover_all: str
    weak: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    cover_note: str
    cover_head: tuple[str, ...]
    cover_rows: tuple[tuple[str, ...], ...]
    cover_sentences: tuple[str, ...]


def brief(run: Run, comparison: Comparison, titles: Mapping[str, str]) -> Brief:
    """Return the brief of a run.

    Args:
        run: A run with at least one finished day.
        comparison: Its comparison.
        titles: Titles of the plans by name.
    """
    said = verdicts(comparison, FIVE)
    choice = choose(said)
    named = choice.chosen or comparison.baseline
    standard = written(run.scenario.response.standard_minutes, "g")
    names = {d.index: d.name for d in as_printed(Gazetteer(run.region)).districts}
    made = cover.covers(run, named, list(names))
    spent = costs(run.deployments())
    command = team_command(run, named)
    return Brief(
        partial=tuple(partial_sentence(comparison)),
        answer=(
            *answer(comparison, choice, said, titles),
            (words.QUESTIONS["cost"], " ".join(cost_sentences(spent, named, comparison.baseline, titles))),
        ),
        decision=decision(comparison, said, spent, titles, choice.chosen, standard),
        rule=_rule(comparison, titles),
        cover_heading=words.HEADINGS["cover"].format(title=titles[named]),
        cover=(
            cover.region_sentence(comparison, named, run.scenario.region.title),
            *(cover.sentence(one, names, standard) for one in cover.most_red(made)),
            *cover.elsewhere_sentence(made, names, standard),
        ),
        cover_which=words.COVER["which"].format(least=cover.LEAST_RED),
        cover_all=words.COVER["heading"].format(title=titles[named]),
        weak=(
            *worst_sentence(run, values_of(comparison, named), named, names, standard),
            *fall_sentence(run, named, names),
            late_sentence(run, named),
            team_sentence(best_gain(run, named), command, standard),
        ),
        facts=tuple(facts(run, comparison)),
        cover_note=words.COVER["note"].format(
            percent=f"{100 * comparison.confidence:.0f}", least=cover.LEAST_RED, standard=standard
        ),
        cover_head=words.COVER_COLUMNS,
        cover_rows=tuple(cover.cells(one, names) for one in made),
        cover_sentences=tuple(cover.sentence(one, names, standard) for one in made),
    )


def _rule(comparison: Comparison, titles: Mapping[str, str]) -> str:
    """Say how the marks come about."""
    if comparison.differences.empty:
        return words.RULE["alone"]
    if not is_enough(comparison):
        return words.RULE["too_few"].format(days=comparison.days, least=LEAST_DAYS)
    percent = f"{100 * comparison.confidence:.0f}"
    return words.RULE["rule"].format(baseline=titles[comparison.baseline], percent=percent)
