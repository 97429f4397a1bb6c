"""The reference page of the measures."""

from __future__ import annotations

from sim.words.language import translate

TITLE = "Measures"
MADE = "Made by `make docs` from `sim/measures/registry.py` and `sim/words/measures.py`; edit those, not this page."
HEAD = (
    "Every measure that a run is judged by. Its name stands in tables, in the report's files, and in the answer of "
    "`simulate … --json`. Measures are per simulated day unless they say otherwise, and each comes with a confidence "
    "interval; differences between strategies are taken on the same days.",
    "A headline is in the comparison on the terminal too; the report and the answer have all of them. Where a measure "
    'can be broken down, `sim.breakdown(run, "NAME", "district")` gives it for each district, and likewise for '
    "each `kind` of incident or each `severity`, the worst that an incident reached; the report shows some of these.",
)
OTHER = "The same page in Indonesian: [measures.id.md](measures.id.md). Settings: [settings.md](settings.md)."
COLUMNS = {
    "name": "name",
    "title": "title",
    "definition": "what it is",
    "unit": "measured in",
    "better": "which is better",
    "headline": "headline?",
    "by": "broken down by",
}
"""Columns of the tables."""
GROUPS = {
    "response": "Response",
    "coverage": "Coverage and potential response",
    "disturbances": "Disturbances and leaving",
    "voting": "Voters and votes",
    "care": "Care for the injured",
    "boxes": "Ballot boxes on their way home",
    "bounds": "Against the best possible dispatch",
}
"""Headings, by the file of `sim/measures/` that takes the sample."""
UNITS = {
    "minutes": "minutes",
    "share": "a share, shown in %",
    "clock": "a time of day",
    "people": "people",
    "votes": "votes",
    "km": "km",
    "count": "a number of them",
    "times": "so many times",
}
BETTER = {"lower": "the lower one", "higher": "the higher one", "none": "neither"}
BY = {"district": "district", "kind": "kind", "severity": "severity"}
HEADLINE = {True: "yes", False: "no"}

translate(__name__)
