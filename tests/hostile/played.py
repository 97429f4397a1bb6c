"""Cases that are really played: what passes the check, with a stranger's texts in it, in the small regency."""

from __future__ import annotations

import copy
from functools import cache
from typing import Any

from hypothesis import strategies as st

from sim.text import DESCRIPTION, TABLE_NAME, TITLE, Rule
from tests.hostile.nasty import TEXTS, numbers
from tests.hostile.settings_files import COMMANDS, SCENARIO, Case, packaged, read
from tests.hostile.tables import small_tables
from tests.hostile.trees import Draw, at, mutated, paths, written

SHOWN = [text for text in TEXTS if text.strip() and len(text) < 1_000 and "${" not in text]
LOUD = [
    "[/]",
    "$\\frac{1$",
    "\x1b[31mred\x1b[0m",
    "=cmd|' /C calc'!A0",
    "<script>alert(1)</script>",
    "a\nb",
    "\x9b2J",
    "\u202egnp.exe",
]
"""What a terminal, a figure, a spreadsheet and a page are known to stumble over."""
SAID = {"title": TITLE, "description": DESCRIPTION}
"""What only a reader reads, and the rule by which the check lets it through."""


@cache
def shouted(rule: Rule) -> st.SearchStrategy[str]:
    """Return the texts that pass: of those that do not, hardly one case in fifty would come as far as being played."""
    loud, others = ([text for text in texts if rule.fault(text) is None] for texts in (LOUD, SHOWN))
    return st.sampled_from(loud) | st.sampled_from(others)


def _said_otherwise(draw: Draw, tree: dict[str, Any]) -> dict[str, Any]:
    """Put texts of the stranger's where only a reader reads them."""
    tree = copy.deepcopy(tree)
    for path in paths(tree):
        if path and path[-1] in SAID and draw(st.booleans()):
            at(tree, path[:-1])[path[-1]] = draw(shouted(SAID[path[-1]]))
    return tree


@st.composite
def playable(draw: Draw) -> Case:
    """A scenario, a strategy, a kind and a region with a stranger's words, and sometimes with his numbers."""
    files: dict[str, str | bytes] = {}
    kind = draw(
        st.sampled_from([file for file in packaged("kinds") if file.stem in ("riot", "clash", "brawl", "intimidation")])
    )
    strategy = read(
        draw(st.sampled_from([file for file in packaged("strategy") if file.stem in ("even_spread", "risk_weighted")]))
    )
    strategy = {**strategy, **draw(st.sampled_from([{}, {}, *COMMANDS]))}
    scenario = SCENARIO | {
        "strategies": ["evil"],
        "region": SCENARIO["region"] | {"path": "own/region", "forces": {"police": 150, "wardens": 60}},
    }
    scenario["incidents"] = [{"kind": "evil", "onset": "09:40", "place": "T2.1"}, *SCENARIO["incidents"]]
    numbered = draw(st.sampled_from(["", "", "scenario", "strategy", "kind"]))
    for name, tree in (("mine", scenario), ("strategy/evil", strategy), ("kinds/evil", read(kind))):
        tree = _said_otherwise(draw, tree)
        if numbered and numbered in name:
            tree = mutated(draw, tree, times=1, values=numbers)
        files[f"{name}.yaml"] = written(tree)
    for name, text in small_tables().items():
        if name in ("districts.csv", "villages.csv", "bases.csv", "outside_nodes.csv"):
            text = _renamed(draw, text)
        files[f"region/{name}"] = text
    return Case((), files, ("evil",))


def _renamed(draw: Draw, text: str) -> str:
    """Give one place of a table another name."""
    header, *rows = (line.split(",") for line in text.splitlines())
    row = rows[draw(st.integers(0, len(rows) - 1))]
    name = draw(shouted(TABLE_NAME).filter(lambda text: not set(text) & set('\r\n"\x00')))
    row[header.index("name")] = '"' + name + '"'
    return "\n".join(",".join(line) for line in (header, *rows)) + "\n"
