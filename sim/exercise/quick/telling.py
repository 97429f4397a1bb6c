"""The answer to a card in words: a table, whom the plan sends, the likely worst, and what the model does not know."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import isnan

from sim.config.fields import clock_in_words
from sim.exercise.futures.measure import FORCES, Measure
from sim.exercise.futures.ranges import Difference, Range
from sim.exercise.quick.answer import Answered
from sim.exercise.quick.course import Alternative, Choice
from sim.exercise.quick.teams import Team
from sim.vocabulary import Severity
from sim.words import names
from sim.words import quick as words

MOST_SENT = 6
"""Teams that are listed; the rest is counted."""
_HURT = (Measure.PEOPLE_HURT, Measure.OFFICERS_HURT)
SHOWN = (
    Measure.FIRST_OFFICERS, *FORCES.values(), Measure.PEAK_CROWD, Measure.OVER, Measure.VOTES_LOST, *_HURT,
)  # fmt: skip
"""What is told of a card's futures, in this order."""


@dataclass(frozen=True)
class Row:
    """One line of the table.

    Attributes:
        title: What is measured.
        plan: Its range while the plan goes on.
        other: Its range under the alternative; empty where there is none.
        change: In how many futures the alternative is better, and worse.
    """

    title: str
    plan: str
    other: str
    change: str


def title(answered: Answered) -> str:
    """Return what stands above the answer: the card's number, what the kind is in truth, and where."""
    card = answered.dealt.card
    kind = answered.dealt.world.scenario.kinds[card.kind].said_title
    return words.ANSWER_OF.format(number=card.number, title=kind, place=card.where)


def headings(answered: Answered) -> tuple[str, ...]:
    """Return the heads of the table, two where there is no alternative."""
    dealt, head = answered.dealt, words.HEADINGS
    found = (head["measure"].format(time=clock_in_words(dealt.time)), head["plan"])
    if dealt.choice is None:
        return found
    return (*found, head["other"], head["change"].format(futures=answered.answer.futures))


def rows(answered: Answered) -> list[Row]:
    """Return the table: a row for whatever was asked for in any future, and anybody hurt where somebody was."""
    return [_row(measure, answered) for measure in SHOWN if _is_told(measure, answered)]


def _is_told(measure: Measure, answered: Answered) -> bool:
    found = [answered.answer.plan.ranges[measure], *(one.ranges[measure] for one in answered.answer.options)]
    if measure in _HURT:
        return measure is Measure.PEOPLE_HURT or any((one.high or 0.0) > 0 for one in found)
    return any(one.not_asked < one.futures for one in found)


def _row(measure: Measure, answered: Answered) -> Row:
    answer, title = answered.answer, words.MEASURES[measure.value]
    plan = range_in_words(answer.plan.ranges[measure], measure)
    if not answer.options:
        return Row(title, plan, "", "")
    option = answer.options[0]
    other = range_in_words(option.ranges[measure], measure)
    return Row(title, plan, other, change_in_words(option.differences[measure]))


def range_in_words(found: Range, measure: Measure) -> str:
    """Return a range, and in how many futures the thing had happened before, never came, or was not asked for."""
    counts = ((found.already, words.ALREADY), (found.never, words.NEVER), (found.not_asked, words.NOT_ASKED))
    for count, whole in counts:
        if count == found.futures:
            return whole
    parts = []
    if found.low is not None and found.middle is not None and found.high is not None:
        low, middle, high = found.low, found.middle, found.high
        form = words.ONE_VALUE if round(low) == round(high) else words.RANGES
        parts.append(form[measure.unit.value].format(low=low, middle=middle, high=high))
    forms = (words.ALREADY_IN, words.NEVER_IN, words.NOT_ASKED_IN)
    parts += [form.format(count=count) for form, (count, _) in zip(forms, counts, strict=True) if count]
    return "; ".join(parts)


def change_in_words(found: Difference) -> str:
    """Return in how many futures an alternative is better, and in how many worse; less is better."""
    if found.same == found.futures:
        return words.NO_CHANGE
    return words.CHANGE.format(better=found.less, worse=found.more)


def alternative_in_words(choice: Choice | None) -> str:
    """Return what else could be done, or that nothing can, as a sentence."""
    if choice is None:
        return words.NO_ALTERNATIVE
    return words.ALTERNATIVE.format(what=_what(choice))


def _what(choice: Choice) -> str:
    form, team = words.ALTERNATIVES[choice.what.value], choice.team
    if team is not None:
        return form.format(who=who(team), start=team.start, km=team.km, minutes=team.minutes)
    stations = len(choice.decisions)
    if choice.what is Alternative.EVACUATE and stations == 1:
        form = words.ALTERNATIVES["evacuate_one"]
    return form.format(stations=stations)


def who(team: Team) -> str:
    """Return whose team it is, what it is there for, and how many people."""
    agency = names.called(names.AGENCY, team.agency)
    return words.WHO[team.role.value].format(agency=agency, people=team.strength)


def sent_in_words(answered: Answered, most: int = MOST_SENT) -> list[str]:
    """Return whom the plan sends on the played day, a line each; so many of them, and how many more."""
    came = [team for team in answered.dealt.sent if not isnan(team.arrived)]
    back = len(answered.dealt.sent) - len(came)
    lines = [_sent(team) for team in came[:most]]
    if len(came) > most:
        lines.append(words.SENT_MORE.format(count=len(came) - most))
    if back:
        lines.append(words.SENT_BACK.format(count=back))
    return lines or [words.SENT_NOBODY]


def _sent(team: Team) -> str:
    if team.arrived == team.ordered:
        return words.SENT_THERE.format(who=who(team))
    return words.SENT_TEAM.format(
        who=who(team), start=team.start, km=team.km, minutes=team.arrived - team.ordered,
        ordered=clock_in_words(team.ordered), arrived=clock_in_words(team.arrived),
    )  # fmt: skip


def worst_in_words(answered: Answered) -> str:
    """Return what a tenth of the futures exceed while the plan goes on, how often it turns red, and nobody comes."""
    answer, ranges = answered.answer, answered.answer.plan.ranges
    parts = list(_worst_parts(answered))
    first, red = ranges[Measure.FIRST_OFFICERS], ranges[FORCES[Severity.RED]]
    said = [words.WORST_SAID.format(parts="; ".join(parts))] if parts else []
    if first.never:
        said.append(words.WORST_NEVER.format(count=first.never, futures=answer.futures))
    turned = answer.futures - red.not_asked
    if turned:
        said.append(words.WORST_RED.format(count=turned, futures=answer.futures))
    return " ".join(said)


def _worst_parts(answered: Answered) -> Iterator[str]:
    for name, form in words.WORST_PARTS.items():
        high = answered.answer.plan.ranges[Measure(name)].high
        if high is not None and round(high) > 0:
            yield form.format(value=high)


def left_out_in_words(answered: Answered) -> str:
    """Return in how many futures the alternative itself could not be carried out, and why; empty for none."""
    choice, options = answered.dealt.choice, answered.answer.options
    if choice is None or not options:
        return ""
    own = len(choice.decisions) - 1
    left = [one for one in options[0].left_out if one.number == own]
    return words.LEFT_OUT.format(count=left[0].futures, why=left[0].why) if left else ""


def limits_in_words(answered: Answered) -> str:
    """Return in one sentence what the model knows, and what not."""
    return words.LIMITS.format(futures=answered.answer.futures)
