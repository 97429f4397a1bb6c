"""The reference page of the measures, made of the registry: ``python -m sim.measures.reference [en|id]``.

What ``docs/measures.md`` and ``docs/measures.id.md`` hold: a new measure is there as soon as it is registered.
"""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Callable, Iterator
from typing import Any

from sim.measures.registry import MEASURES, SAMPLES, Measure
from sim.words import reference as words
from sim.words.language import Language, spoken


def page(language: Language = Language.ENGLISH) -> str:
    """Return the page in a language, Markdown."""
    with spoken(language):
        head = (f"# {words.TITLE}", f"<!-- {words.MADE} -->", *map(_filled, words.HEAD), _filled(words.OTHER))
        return "\n\n".join((*head, *_sections())) + "\n"


def _filled(text: str) -> str:
    return textwrap.fill(text, 120, break_on_hyphens=False, break_long_words=False)


def _sections() -> Iterator[str]:
    """Give a heading and a table for each file that takes samples, in the order of the registry."""
    for group in dict.fromkeys(map(group_of, MEASURES.values())):
        yield f"## {words.GROUPS[group]}"
        rows = [_row(measure) for measure in MEASURES.values() if group_of(measure) == group]
        yield "\n".join(map(_line, (tuple(words.COLUMNS.values()), ("---",) * len(words.COLUMNS), *rows)))


def group_of(measure: Measure) -> str:
    """Return the file of this room that takes a measure's sample, by its name."""
    compute: Callable[..., Any] = SAMPLES[measure.sample].compute
    return getattr(compute, "func", compute).__module__.rpartition(".")[2]


def _row(measure: Measure) -> tuple[str, ...]:
    return (
        f"`{measure.name}`",
        measure.title,
        measure.definition,
        words.UNITS[measure.unit],
        words.BETTER[measure.better],
        words.HEADLINE[measure.headline],
        ", ".join(words.BY[one] for one in measure.by),
    )


def _line(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


if __name__ == "__main__":
    if sys.argv[1:] not in ([], *([language.value] for language in Language)):
        sys.exit(f"one of {', '.join(Language)} is needed: python -m sim.measures.reference id > docs/measures.id.md")
    sys.stdout.write(page(Language(sys.argv[1]) if sys.argv[1:] else Language.ENGLISH))
