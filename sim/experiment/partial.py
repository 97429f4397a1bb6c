"""A run that is not whole says so wherever something is told of it."""

from __future__ import annotations

from sim.words import report as words


def partial_sentences(finished: int, planned: int) -> list[str]:
    """Return the sentence that says that a run is not whole; none when it is.

    Args:
        finished: Days that are there.
        planned: Days that the run is to have.
    """
    return [words.SENTENCES["partial"].format(days=finished, planned=planned)] if finished < planned else []
