"""Settings that matter only where something is so that is not so in the packaged scenarios: where, and why."""

from __future__ import annotations

ONLY_WHERE: dict[str, tuple[tuple[str, ...], str, str]] = {}
"""By the name of the setting: overrides under which it matters, the strategy, and the sentence that says why."""
