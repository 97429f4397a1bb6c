"""The parts of a report that put a room's lines beside the plan, and beside each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sim.errors import UserError
from sim.exercise.after.against import PLAN, Against, Play, against, question_of
from sim.exercise.after.blocks import Block, Heading, Listed, Look, Text
from sim.exercise.after.course import decision_table
from sim.exercise.after.lines import Tried, parted, shared, tried
from sim.exercise.after.naming import clock, incident_name, line_name, order_name
from sim.exercise.after.picture import ranges_picture
from sim.exercise.after.ranges import Shares, asked, pair_blocks, sure_points
from sim.exercise.after.read import Played
from sim.exercise.futures.measure import FORCES, Measure
from sim.exercise.session.live import Taken
from sim.exercise.session.orders import Order
from sim.words import after as words

MOST_LINES = 4
"""Other lines that are played, each on all futures; an assumption, so that the report is there within a minute."""
_COSTS = (Measure.PEAK_CROWD, Measure.VOTES_LOST, Measure.PEOPLE_HURT, Measure.OFFICERS_HURT)
"""What is told of a comparison in short, beside the force."""
_NOT_RARE = 0.1
"""Share of the futures in which a severity must be reached for its force to be told in short (assumption)."""


@dataclass(frozen=True)
class Other:
    """Another line of the room beside its last one.

    Attributes:
        tried: The line.
        found: Both on the same futures, the room's last line first; None: they decide the same, or it was not played.
    """

    tried: Tried
    found: Against | None


@dataclass(frozen=True)
class Worth:
    """What a room's decisions are worth.

    Attributes:
        found: Its last line beside the plan; None: it could not be played, or was not asked for.
        others: The other lines, by number.
        unplayed: Lines that are too many to be played.
        fault: Why nothing was played, in words.
    """

    found: Against | None
    others: tuple[Other, ...] = ()
    unplayed: tuple[Tried, ...] = ()
    fault: str = ""


def worth(played: Played, play: Play | None, futures: int) -> Worth:
    """Play what a room's decisions are worth.

    Args:
        played: The session.
        play: Plays the futures; None: they were not asked for.
        futures: How many.
    """
    lines = {one.line.number: one for one in tried(played)}
    mine = lines.pop(played.state.line)
    if play is None:
        return Worth(None, tuple(Other(one, None) for one in lines.values()), fault=words.NOT_PLAYED)
    about = played.about
    try:
        title = words.LINE_TITLE
        question = question_of(about.strategy, about.day, [(title, mine.taken)], (), about.start, futures)
        found = against(question, play)
        others, unplayed = _others(played, mine, list(lines.values()), play, futures)
    except UserError as error:
        fault = words.NO_FUTURES.format(why=error)
        return Worth(None, tuple(Other(one, None) for one in lines.values()), fault=fault)
    return Worth(found, tuple(others), tuple(unplayed))


def _others(
    played: Played, mine: Tried, lines: list[Tried], play: Play, futures: int
) -> tuple[list[Other], list[Tried]]:
    """Return the other lines beside the last one, and those that are too many."""
    differing = [one for one in lines if one.taken != mine.taken]
    chosen = {one.line.number for one in sorted(differing, key=lambda one: -one.line.number)[:MOST_LINES]}
    others = []
    for one in lines:
        if one.line.number in chosen:
            others.append(Other(one, _beside(played, mine, one, play, futures)))
        elif one.taken == mine.taken:
            others.append(Other(one, None))
    return others, [one for one in differing if one.line.number not in chosen]


def _beside(played: Played, mine: Tried, other: Tried, play: Play, futures: int) -> Against:
    past = before_parting(played, mine, other)
    titles = (words.LINE_TITLE, line_name(played.state, other.line.number))
    lines = [(titles[0], mine.taken), (titles[1], other.taken)]
    return against(question_of(played.about.strategy, played.about.day, lines, past, played.about.start, futures), play)


def before_parting(played: Played, mine: Tried, other: Tried) -> Taken:
    """Return what two lines have decided alike before they part."""
    fork = parted(played.state.lines, mine.line.number, other.line.number)
    return tuple(one for one in shared(mine.taken, other.taken) if one[0] < fork)


def worth_blocks(played: Played, found: Worth) -> list[Block]:
    """Return the part about the room's last line beside the plan."""
    blocks: list[Block] = [Heading(words.HEADINGS["against"], anchor="against")]
    result = found.found
    if result is None:
        return [*blocks, Text(found.fault)]
    moment = result.question.moment
    decided = bool(result.question.courses[0].decisions)
    form = words.AGAINST if decided else words.AGAINST_NOTHING
    blocks.append(Text(form.format(time=clock(moment.time), futures=result.futures)))
    blocks.append(Text(focus_sentence(played, result)))
    heads = (words.PLAN, words.LINE_TITLE)
    ranges = (result.ranges[PLAN], result.ranges[1])
    blocks += pair_blocks(words.HEADINGS["against"], heads, ranges, result.differences(1), result.scope)
    if decided:
        blocks += picture_blocks(result, heads)
    blocks.append(ranges_note(result, words.PLAN_SAID, words.LINE_SAID))
    return [*blocks, *left_out_blocks(played, result, 1)]


def focus_sentence(played: Played, result: Against) -> str:
    """Say what the times of a comparison are about."""
    if result.focus is None:
        return words.FOCUS_ALL
    time = clock(result.question.moment.time)
    return words.FOCUS.format(focus=incident_name(played, result.focus), time=time)


def picture_blocks(result: Against, titles: Sequence[str]) -> list[Block]:
    """Return the picture of all courses' ranges, of the measures that are told in short."""
    courses = list(zip(titles, result.ranges, strict=True))
    picture = ranges_picture(courses, headlines(result), result.scope)
    return [] if picture is None else [picture]


def ranges_note(result: Against, against_title: str, course_title: str) -> Text:
    """Return how a table of ranges is read."""
    futures = result.futures
    note = words.RANGES_NOTE.format(
        course=course_title, against=against_title, futures=futures, sure=sure_points(futures)
    )
    return Text(note, look=Look.NOTE)


def left_out_blocks(played: Played, result: Against, course: int) -> list[Block]:
    """Return which decisions of a course could not be carried out in some futures."""
    decisions = result.question.courses[course - 1].decisions
    told = [
        words.LEFT_OUT.format(
            decision=order_name(played, Order.of(decisions[one.number].decision)),
            time=clock(decisions[one.number].time),
            count=one.futures,
            futures=result.futures,
            why=one.why,
        )
        for one in result.left_out[course]
    ]
    return [Text(words.LEFT_OUT_HEADING, look=Look.STRONG), Listed(tuple(told))] if told else []


def line_blocks(played: Played, found: Worth) -> list[Block]:
    """Return the part about the other lines; nothing where the room never went back."""
    if not found.others and not found.unplayed:
        return []
    blocks: list[Block] = [Heading(words.HEADINGS["lines"], anchor="lines"), Text(words.LINES_NOTE)]
    for other in found.others:
        number = other.tried.line.number
        name = line_name(played.state, number)
        blocks += [Heading(name, level=2), Text(_line_sentence(played, other.tried))]
        blocks += _decided_on(played, other.tried, name)
        if other.found is None:
            blocks.append(Text(found.fault or words.LINE_SAME.format(line=name)))
            continue
        blocks += _beside_blocks(played, other.found, name)
    if found.unplayed:
        names = ", ".join(line_name(played.state, one.line.number) for one in found.unplayed)
        blocks.append(Text(words.LINES_MORE.format(most=MOST_LINES, lines=names)))
    return blocks


def _decided_on(played: Played, one: Tried, name: str) -> list[Block]:
    """Return what was decided on another line since it parted from the room's last one."""
    since = parted(played.state.lines, one.line.number, played.state.line)
    decisions = [entry for entry in one.state.decisions if entry.time >= since]
    return decision_table(played, one.state, decisions, words.LINE_DECISIONS.format(line=name))


def _line_sentence(played: Played, one: Tried) -> str:
    line, count = one.line, len(one.taken)
    name, left = line_name(played.state, line.number), clock(line.left)
    if line.parent is None:
        return words.LINE_FIRST.format(line=name, left=left, count=count)
    parent = line_name(played.state, line.parent)
    return words.LINE_LEFT.format(line=name, parent=parent, fork=clock(line.fork), left=left, count=count)


def _beside_blocks(played: Played, result: Against, name: str) -> list[Block]:
    """Return another line beside the room's last one: first that pair, then the line beside the plan."""
    blocks: list[Block] = [
        Text(words.BESIDE.format(time=clock(result.question.moment.time), futures=result.futures)),
        Text(focus_sentence(played, result)),
    ]
    for other, title, said in ((1, words.LINE_TITLE, words.LINE_SAID), (PLAN, words.PLAN, words.PLAN_SAID)):
        caption = words.PAIR.format(course=name, against=said)
        ranges = (result.ranges[other], result.ranges[2])
        found = result.differences(2, other)
        blocks.append(Text(caption, look=Look.STRONG))
        blocks += pair_blocks(caption, (title, name), ranges, found, result.scope, whole=False)
    return [*blocks, *left_out_blocks(played, result, 2)]


def short_blocks(found: Worth) -> list[Block]:
    """Say in short what the room's decisions are worth."""
    result = found.found
    if result is None:
        return [Text(found.fault)] if found.fault else []
    if not result.question.courses[0].decisions:
        return [Text(words.SHORT_NOTHING)]
    lead = Text(words.SHORT_AGAINST.format(futures=result.futures), look=Look.STRONG)
    return [lead, Listed(tuple(headline_sentences(result, 1, PLAN)))]


def headline_sentences(result: Against, course: int, other: int) -> list[str]:
    """Say of the measures that count how often a course is better than another."""
    found = result.differences(course, other)
    sentences = []
    for measure in headlines(result):
        shares = Shares.of(measure, found[measure])
        form = words.SHORT_SAME if shares.is_same else words.SHORT_COUNTS
        sentences.append(
            form.format(measure=result.scope.title(measure), better=shares.better, same=shares.same, worse=shares.worse)
        )
    return sentences


def headlines(result: Against) -> list[Measure]:
    """Return the measures that are told in short: the force of the worst severity that is not rare, then costs."""
    told = asked(result.ranges)
    forces = [
        measure
        for severity, measure in sorted(FORCES.items(), reverse=True)
        if max(result.futures - one[measure].not_asked for one in result.ranges) >= _NOT_RARE * result.futures
    ]
    return [one for one in (*forces[:1], *_COSTS) if one in told]


def how_blocks(played: Played, result: Against | None) -> list[Block]:
    """Return how the numbers were made, and their limits.

    Args:
        played: The session, or one of two.
        result: What was played on futures; None: nothing was.
    """
    told = [words.HOW_DAY.format(day=played.about.day, plan=played.plan)]
    if result is not None:
        until = clock(result.until)
        told += [one.format(futures=result.futures, until=until) for one in words.HOW_FUTURES]
    return [Heading(words.HEADINGS["how"], anchor="how"), *map(Text, (*told, *words.HOW))]
