"""What a brief is of: scenario and hash, date, days, seed, settings that differ, and who may read it."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from sim.experiment.checksum import digest
from sim.experiment.store import Run
from sim.inference.compare import Comparison
from sim.report.brief.departures import departures, of_numbers
from sim.words import brief as words
from sim.words.language import day_in_words

_DIGITS = 12


def facts(run: Run, comparison: Comparison) -> list[tuple[str, str]]:
    """Return labels and texts, in their order."""
    scenario, text = run.scenario, words.FACTS
    partial = comparison.days < comparison.planned
    days = text["partial_text" if partial else "days_text"].format(
        days=comparison.days, planned=comparison.planned, seed=f"{scenario.run.seed}"
    )
    begun, version = run.manifest.get("begun"), run.manifest["siaga"]
    day = day_in_words(date.fromisoformat(begun)) if begun else ""
    dated = text["begun_text" if begun else "undated"].format(date=day, version=version)
    return [
        (text["scenario"], text["scenario_text"].format(name=scenario.name, hash=scenario_hash(run.manifest))),
        (text["begun"], dated),
        (text["days"], days),
        (text["settings"], "; ".join(departures(run.manifest))),
        (text["audience"], text["audience_text"]),
    ]


def scenario_hash(manifest: dict[str, Any]) -> str:
    """Return the first digits of the checksum of all that numbers depend on but days and seed.

    It is of the composed settings without days, seed, texts and what only tells a machine what to do, and of the
    checksums of the tables that the run is played on: two runs with one hash play the same place, plans and script.
    """
    of = [of_numbers(manifest["scenario"]), manifest["inputs"]]
    return digest(json.dumps(of, sort_keys=True).encode())[:_DIGITS]
