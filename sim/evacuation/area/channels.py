"""The channels by which a warning reaches a village."""

from __future__ import annotations

from sim.config.area import WarningSettings


def broadcasts(settings: WarningSettings, signal: bool) -> list[tuple[float, float]]:
    """Return when the broadcast's rate changes, minutes after the order, and to what, a minute; in order of time.

    Args:
        settings: The channels.
        signal: Whether there is a mobile signal.
    """
    channels = [settings.patrol, *([settings.mobile] if signal else [])]
    starts = sorted({c.begins_minutes for c in channels})
    rates = [(start, sum(c.per_minute for c in channels if c.begins_minutes <= start)) for start in starts]
    return [(start, rate) for start, rate in rates if rate > 0]
