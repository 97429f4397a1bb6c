"""What a crowd before an exit leaves of it."""

from __future__ import annotations

from sim.config.site import Hindrance


def open_share(crowd: float, officers: float, settings: Hindrance) -> float:
    """Return how far an exit is open, 0 shut to 1 free.

    Officers keep some people each away from it; of those who are left, ``half_shut_by`` take half of it and every
    further one less than the one before (assumption: no measurement of crowds that block exits is known).

    Args:
        crowd: People before the exit.
        officers: Officers there.
        settings: How much of each it takes.
    """
    pressing = max(0.0, crowd - officers * settings.held_per_officer)
    return max(settings.least_open_share, settings.half_shut_by / (settings.half_shut_by + pressing))
