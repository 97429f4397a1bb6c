"""What of a composition was packaged and what the user's own: a packaged plan need not fit a region of one's own."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Origin:
    """Where the parts of a scenario come from; scenarios with the same settings are equal wherever these come from.

    Attributes:
        own_region: Whether it is played in a region of the user's own.
        packaged_scenario: Whether its script is a packaged one.
        packaged_strategies: Names of those of its strategies that are packaged.
        default_strategies: Whether nobody has asked for these strategies: they are those of a packaged list.
    """

    own_region: bool = field(default=False, compare=False)
    packaged_scenario: bool = field(default=True, compare=False)
    packaged_strategies: frozenset[str] = field(default=frozenset(), compare=False)
    default_strategies: bool = field(default=True, compare=False)


PACKAGED_ONLY = Origin()
"""A scenario in a packaged region, in which everything packaged fits."""
