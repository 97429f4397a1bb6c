"""Words of the comparison on the terminal."""

from __future__ import annotations

from sim.words.language import translate

HEADING = "{scenario} – {region}, weather {weather}"
BELOW = "{days} days each; below each value its {percent:.0f} % interval"
DIFFERENCES = "Differences from {baseline}, paired by day; shares in percentage points"
OWN_INCIDENTS = (
    "Each plan is measured by the incidents that happen under it, which it may prevent or make worse. The rows "
    "'{same}', and what is concluded, are of those that the measure above counts under every plan on the same day."
)
UNSPENT = "Unspent: {strategies}."
UNSPENT_OF = "{strategy} {police} officers, {wardens} wardens"
ALL_SPENT = "Every strategy spends all officers and wardens."
REPORT = "Report: {file}"
WATCH = "To watch a day of it on the map: {command}"
LABEL = "{title} ({unit})"
"""A measure and its unit, as the first column has them."""

translate(__name__)
