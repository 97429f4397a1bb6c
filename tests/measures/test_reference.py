"""The page of measures is what the registry says, in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.measures.reference import group_of, page
from sim.measures.registry import MEASURES
from sim.words import reference as words
from sim.words.language import Language, spoken

DOCS = Path(__file__).parents[2] / "docs"
PAGES = {Language.ENGLISH: DOCS / "measures.md", Language.INDONESIAN: DOCS / "measures.id.md"}


@pytest.mark.parametrize("language", Language)
def test_the_page_is_what_the_registry_says(language: Language) -> None:
    assert PAGES[language].read_text(encoding="utf-8") == page(language), "make docs"


@pytest.mark.parametrize("language", Language)
def test_every_measure_is_there_once_with_all_that_is_said_of_it(language: Language) -> None:
    rows = [line.split(" | ") for line in page(language).splitlines() if line.startswith("| `")]
    assert sorted(row[0] for row in rows) == sorted(f"| `{name}`" for name in MEASURES)
    assert {len(row) for row in rows} == {len(words.COLUMNS)}
    with spoken(language):
        said = {row[0].strip("| `"): row for row in rows}
        for name, measure in MEASURES.items():
            row = said[name]
            assert row[2] == measure.definition.replace("|", "\\|")
            assert row[3:6] == [
                words.UNITS[measure.unit],
                words.BETTER[measure.better],
                words.HEADLINE[measure.headline],
            ]
            assert row[6].strip("| ").split(", ") == [words.BY[one] for one in measure.by] or not measure.by


def test_every_section_has_measures_and_the_pages_differ_in_language() -> None:
    assert set(words.GROUPS) == {group_of(measure) for measure in MEASURES.values()}
    assert "Median menit" in page(Language.INDONESIAN)
    assert "Median minutes" in page(Language.ENGLISH)
