"""A page opened in a browser that lets nothing through to any network, and what went wrong on it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

AXE = Path(__file__).parent / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
"""What a page must hold to, by axe-core's names."""
SIZES = {"1280": (1280, 900), "390": (390, 844), "print": (1280, 900)}
"""Where pages are looked at: a wide window, a phone, and on paper."""
FOCUSABLE = "a[href], button, select, input, textarea, summary, [tabindex='0']"


@dataclass
class Opened:
    """An opened page.

    Attributes:
        page: Playwright's page.
        wanted: Addresses that the page asked for, its own file left out; none of them was let through.
        wrong: Errors of its scripts, and what it wrote to the console as warnings or errors.
    """

    page: Any
    wanted: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def go(self, file: Path) -> Opened:
        """Open a file."""
        address = file.as_uri()

        def guard(route: Any) -> None:
            if route.request.url.partition("#")[0] == address:
                route.continue_()
            else:
                self.wanted.append(route.request.url)
                route.abort()

        self.page.route("**/*", guard)
        self.page.on(
            "request", lambda r: self.wanted.append(r.url) if r.url.startswith(("http", "ws", "ftp")) else None
        )
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))
        self.page.on("console", lambda m: self.wrong.append(m.text) if m.type in ("error", "warning") else None)
        self.page.goto(address)
        return self

    def broken_rules(self, rules: list[str] | None = None) -> dict[str, list[str]]:
        """Return the rules of accessibility that the page breaks, by axe-core, and where it does."""
        self.page.evaluate(AXE.read_text(encoding="utf-8"))
        found = self.page.evaluate(
            "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})", rules or RULES
        )
        return {v["id"]: [f"{n['target']}: {n['failureSummary']}" for n in v["nodes"]] for v in found["violations"]}

    def overflow(self) -> int:
        """Return by how many pixels the page is wider than its window."""
        return int(self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))

    def reached_by_tab(self) -> tuple[int, int]:
        """Return how many things the tab key reaches, and how many there are that can be used."""
        shown = f"[...document.querySelectorAll({FOCUSABLE!r})].filter(e => e.offsetParent && !e.disabled)"
        there = self.page.evaluate(f"{shown}.map((e, i) => {{ e.dataset.number = i; return i; }}).length")
        reached = set()
        self.page.evaluate("document.activeElement.blur()")
        for _ in range(there + 2):
            self.page.keyboard.press("Tab")
            reached.add(self.page.evaluate("document.activeElement.dataset.number ?? ''"))
        return len(reached - {""}), int(there)
