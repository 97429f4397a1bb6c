"""Texts that a user or a stranger may write where a title is expected, by name: what is let through, and what is not."""

from __future__ import annotations

ALLOWED = {
    "markup that closes nothing": "[/]",
    "markup that opens": "[bold]big",
    "markup with a link": "[link=https://example.org]here[/link]",
    "emoji code": "Riot :warning: here",
    "broken mathematics": r"$\frac{1$",
    "mathematics": "costs $5 or $6",
    "escaped dollar": r"a \$ b",
    "leading underscore": "_hidden",
    "formula": "=cmd|'/C calc'!A0",
    "plus": "+1",
    "minus": "-1",
    "at": "@SUM(A1)",
    "spreadsheet error": "#N/A",
    "escape of a spreadsheet": "_x0041_ and _x005F_x0041_",
    "script": "<script>alert(1)</script>",
    "attribute": "\" onload=\"alert('1')",
    "entity": "&lt;b&gt; & co",
    "template": "{{ 7*7 }}{% raw %}",
    "percent": "100%s %(x)s",
    "braces": "{x} {0} {}",
    "path": "../../etc/passwd",
    "emoji": "🚓 Einsatz 👨‍👩‍👧",
    "combining": "Zu\u0308rich a\u0301\u0323",
    "right to left": "עברית 12 عربى",
    "wide": "選挙の日の警備",
    "one long word": "w" * 120,
    "many words": "a bc " * 24,
}
"""Printable, however odd: passes unharmed."""
REFUSED = {
    "null": ("\0", "a control character"),
    "bell": ("a\x07", "a control character"),
    "title of the terminal": ("\x1b]0;x\x07", "a control character"),
    "colour of the terminal": ("\x1b[31mred", "a control character"),
    "tab": ("\t=1+1", "a control character"),
    "carriage return": ("\r=1+1", "a control character"),
    "line break": ("a\nb", "a line break"),
    "c1": ("\x9b31m", "a control character"),
    "line separator": ("a\u2028b", "a control character"),
    "lone surrogate": ("\ud800", "a lone surrogate"),
    "byte of a file name": ("a\udcff", "a lone surrogate"),
    "direction override": ("abc\u202egpj", "a direction override"),
    "direction isolate": ("\u2066x", "a direction override"),
    "no character": ("\ufffe", "a code that is no character"),
    "blanks": ("   ", "blank"),
    "invisible": ("\u200b\u2060", "blank"),
    "filler": ("\u3164", "blank"),
    "too long": ("x" * 10_000, "at most"),
}
"""What must be refused, and a word of why."""
HARMFUL = {name: text for name, (text, _) in REFUSED.items()}
EVERYTHING = {**ALLOWED, **HARMFUL}
"""A face must stand all of it: old runs and edited files are shown too."""
