"""The words of a region of one's own in which packaged plans or scenarios do not fit."""

from __future__ import annotations

from sim.words.language import translate

LEFT_OUT = "strategy '{name}' does not fit {region} and is left out: {reason}"
NONE_FITS = "no packaged strategy fits {region}; write one of your own (docs/strategies.md), and strategy=NAME:"
NONE_OF = "  '{name}': {reason}"
FITTING = "packaged strategies that fit {region}: {names}"
NO_FITTING = "no packaged strategy fits {region}; docs/strategies.md says how to write one"
SCENARIO = (
    "scenario '{name}' names places of the packaged region; packaged scenarios that fit any region: {fitting}; or "
    "write one of your own, as the README says"
)

translate(__name__)
