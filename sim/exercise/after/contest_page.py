"""Two rooms on the same day as a page: decisions on one clock, ranges, ratings by objective side by side."""

from __future__ import annotations

from collections.abc import Iterator

from sim.exercise.after.against import PLAN, Against
from sim.exercise.after.blocks import Block, Cell, Facts, Heading, Listed, Look, Paper, Table, Text, cells
from sim.exercise.after.compared import (
    focus_sentence,
    headline_sentences,
    how_blocks,
    left_out_blocks,
    picture_blocks,
    ranges_note,
)
from sim.exercise.after.contest import FIRST, SECOND, Contest
from sim.exercise.after.course import decision_row
from sim.exercise.after.naming import NONE, clock
from sim.exercise.after.objectives import Objective, objectives, total
from sim.exercise.after.overview import facts, ratings_note
from sim.exercise.after.ranges import pair_blocks
from sim.exercise.after.read import Played
from sim.exercise.after.timeline import Passage, passages, punctuality
from sim.exercise.session.actions import Rating
from sim.words import after as words

PAIRS = ((SECOND, FIRST), (FIRST, PLAN), (SECOND, PLAN))
"""Which course is put beside which other: first the rooms beside each other."""


def contest_paper(made: Contest, command: str) -> Paper:
    """Return the comparison of two rooms in the language that is spoken.

    Args:
        made: The comparison.
        command: The command that makes it.
    """
    one = made.rooms[0]
    running = [name for name, room in zip(made.names, made.rooms, strict=True) if not room.state.ended]
    return Paper(
        title=words.CONTEST_TITLE.format(one=made.names[0], other=made.names[1]),
        sub=words.SUB.format(scenario=one.run.scenario.said_title, plan=one.plan),
        warning=words.CONTEST_SO_FAR.format(rooms=", ".join(running)) if running else "",
        contents=words.HEADINGS["contents"],
        blocks=(
            *_overview(made),
            *_short(made),
            *_ranges(made),
            *_decisions(made),
            *_ratings(made),
            *how_blocks(made.rooms[0], made.found),
        ),
        foot=words.MADE.format(version=one.about.program(), command=command),
    )


def titles(made: Contest) -> tuple[str, str, str]:
    """Return what the three courses are called: the plan, and the two rooms."""
    return words.PLAN, *made.names


def said(made: Contest) -> tuple[str, str, str]:
    """Return the same as a sentence says it."""
    return words.PLAN_SAID, *made.names


def _overview(made: Contest) -> list[Block]:
    """Return what both rooms have in common, and what each was."""
    told = [dict(facts(room, _went(room))) for room in made.rooms]
    text = words.FACTS
    common = [text[name] for name in ("scenario", "region", "plan", "day")]
    own = [text[name] for name in ("when", "clock", "parties", "control", "injects", "decided", "lines")]
    rows = [cells(label, *(one[label] for one in told)) for label in own]
    rows.append(cells(words.PUNCTUALITY, *map(_punctual, made.rooms)))
    blocks: list[Block] = [
        Heading(words.HEADINGS["overview"], anchor="overview"),
        Facts(tuple((label, told[0][label]) for label in common)),
        Table(words.HEADINGS["overview"], (words.ROOM_COLUMN, *made.names), tuple(rows), (20, 40, 40)),
    ]
    same_list = made.rooms[0].opening.injects == made.rooms[1].opening.injects
    return blocks if same_list else [*blocks, Text(words.OTHER_LIST, look=Look.STRONG)]


def _went(room: Played) -> list[Passage]:
    return passages(room.opening, room.state, room.left, room.happened)


def _punctual(room: Played) -> str:
    found = punctuality(_went(room))
    return words.PUNCTUAL_SHORT.format(late=found.late, timed=found.timed)


def _short(made: Contest) -> list[Block]:
    heading = Heading(words.HEADINGS["short"], anchor="short")
    if made.found is None:
        return [heading, Text(made.fault)]
    blocks: list[Block] = [heading]
    names = said(made)
    for course, other in PAIRS:
        lead = words.PAIR_ON.format(course=names[course], against=names[other], futures=made.found.futures)
        blocks += [Text(lead, look=Look.STRONG), Listed(tuple(headline_sentences(made.found, course, other)))]
    return blocks


def _ranges(made: Contest) -> list[Block]:
    heading = Heading(words.CONTEST_RANGES, anchor="against")
    found = made.found
    if found is None:
        return [heading, Text(made.fault)]
    names = titles(made)
    blocks: list[Block] = [heading, Text(_how_played(found)), Text(focus_sentence(made.rooms[0], found))]
    blocks += picture_blocks(found, names)
    for course, other in PAIRS:
        caption = words.PAIR.format(course=names[course], against=said(made)[other])
        ranges = (found.ranges[other], found.ranges[course])
        blocks.append(Text(caption, look=Look.STRONG))
        heads = (names[other], names[course])
        blocks += pair_blocks(
            caption, heads, ranges, found.differences(course, other), found.scope, whole=(course, other) == PAIRS[0]
        )
    blocks.append(ranges_note(found, names[FIRST], names[SECOND]))
    return [*blocks, *left_out_blocks(made.rooms[0], found, FIRST), *left_out_blocks(made.rooms[1], found, SECOND)]


def _how_played(found: Against) -> str:
    nothing = not any(course.decisions for course in found.question.courses)
    form = words.CONTEST_NOTHING if nothing else words.CONTEST_AGAINST
    return form.format(time=clock(found.question.moment.time), futures=found.futures)


def _decisions(made: Contest) -> list[Block]:
    """Return both rooms' decisions on one clock."""
    heading = Heading(words.CONTEST_DECISIONS, anchor="decisions")
    found = sorted(_decided(made), key=lambda one: (one[0], one[1]))
    rows = [cells(clock(time), *(cell if room == mine else NONE for room in (0, 1))) for time, mine, cell in found]
    if not rows:
        return [heading, Text(words.CONTEST_NO_DECISIONS)]
    return [heading, Table(words.CONTEST_DECISIONS, (words.DECISION["time"], *made.names), tuple(rows), (10, 45, 45))]


def _decided(made: Contest) -> Iterator[tuple[float, int, Cell]]:
    for number, room in enumerate(made.rooms):
        for entry in room.state.decisions:
            _time, text, who, why, moved, _on = decision_row(room, room.state, entry)
            small = [f"{words.DECISION['who']}: {who}", f"{words.DECISION['why']}: {why}", moved]
            yield entry.time, number, Cell(text, "\n".join(small))


def _ratings(made: Contest) -> list[Block]:
    """Return the ratings of each objective in both rooms; an objective that one list lacks has a dash there."""
    heading = Heading(words.HEADINGS["objectives"], anchor="objectives")
    each = [{one.text: one for one in objectives(room.state)} for room in made.rooms]
    texts = list(dict.fromkeys(text for found in each for text in found))
    if not texts:
        return [heading, Text(words.NO_OBJECTIVES)]
    rows = [cells(text or words.NO_OBJECTIVE, *(_counts(found.get(text)) for found in each)) for text in texts]
    rows.append(cells(words.TOTAL, *(_counts(total(found.values())) for found in each)))
    table = Table(
        words.HEADINGS["objectives"], (words.OBJECTIVE, *made.names), tuple(rows), (40, 30, 30), strong=(len(rows) - 1,)
    )
    return [heading, table, ratings_note()]


def _counts(found: Objective | None) -> str:
    if found is None:
        return NONE
    counts = {rating.value: found.counts[rating] for rating in Rating}
    return words.COUNTS.format(**counts, unrated=found.unrated, missing=len(found.injects) - found.delivered)
