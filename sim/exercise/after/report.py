"""The report after an exercise, put together from its parts."""

from __future__ import annotations

from sim.exercise.after.blocks import Paper
from sim.exercise.after.compared import Worth, how_blocks, line_blocks, worth_blocks
from sim.exercise.after.course import answer_blocks, decision_blocks, saw_blocks, timeline_blocks
from sim.exercise.after.findings import finding_blocks, observation_blocks
from sim.exercise.after.naming import clock
from sim.exercise.after.overview import objective_blocks, overview_blocks
from sim.exercise.after.read import Played
from sim.exercise.after.timeline import passages
from sim.words import after as words


def report(played: Played, found: Worth, files: tuple[str, ...]) -> Paper:
    """Return the report of a session in the language that is spoken.

    Args:
        played: The session.
        found: What its decisions are worth.
        files: Names of the files beside the report.
    """
    went = passages(played.opening, played.state, played.left, played.happened)
    scenario = played.run.scenario
    return Paper(
        title=words.TITLE.format(name=played.about.name),
        sub=words.SUB.format(scenario=scenario.said_title, plan=played.plan),
        warning="" if played.state.ended else words.SO_FAR.format(time=clock(played.left)),
        contents=words.HEADINGS["contents"],
        blocks=(
            *overview_blocks(played, went, found),
            *objective_blocks(played),
            *finding_blocks(played),
            *worth_blocks(played, found),
            *decision_blocks(played),
            *answer_blocks(played),
            *line_blocks(played, found),
            *timeline_blocks(went),
            *observation_blocks(played),
            *saw_blocks(played),
            *how_blocks(played, found.found),
        ),
        foot=words.FILES_NOTE.format(files=", ".join(files)) if files else "",
    )
