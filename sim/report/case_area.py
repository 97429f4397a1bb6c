"""What is told of an area that was left on account of a disturbance: its times, what held people up, votes, posts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from sim.config.fields import clock_in_words
from sim.words import why as words
from sim.words.language import number


def area_sentences(row: Mapping[str, Any]) -> Iterator[str]:
    """Give sentences about one area.

    Args:
        row: Its row of the table of areas.
    """
    ordered = row["ordered"]
    yield words.AREAS["left"].format(
        time=clock_in_words(ordered),
        plan=row["plan"],
        after=_minutes(ordered - row["due"]),
        people=row["people"],
        refused=row["refused"],
    )
    if pd.notna(row["most_safe"]):
        most, last = (_minutes(row[name] - ordered) for name in ("most_safe", "last_safe"))
        yield words.AREAS["most"].format(most=most, last=last, least=_minutes(row["least_minutes"]))
    else:
        yield words.AREAS["not_most"]
    if row["left_behind"]:
        yield words.AREAS["behind"].format(people=row["left_behind"], without=row["without_place"])
    if row["bottleneck"]:
        yield words.AREAS[row["bottleneck"]]
    if row["votes_caught"]:
        yield words.AREAS["votes"].format(votes=row["votes_caught"])
    if row["posts"]:
        yield words.AREAS["posts"].format(posts=row["posts"], manned=row["posts_manned"])
    if row["unguarded_minutes"] >= 1:
        yield words.AREAS["unguarded"].format(minutes=_minutes(row["unguarded_minutes"]))


def _minutes(minutes: float) -> str:
    return number(minutes, ".0f")
