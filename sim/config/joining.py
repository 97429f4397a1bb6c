"""Settings of who can join a crowd besides those who are there: the neighbourhood, by its population and distance."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from sim.config.fields import Number, Settings, Share, Size

MOST_REACH_KM = 200
"""Farther than any regency is wide."""
Reach = Annotated[Number, Field(gt=0, le=MOST_REACH_KM)]
"""A road distance over which a weight falls to 37 %, km."""


class Neighbours(Settings):
    """People of the neighbourhood who could join from the start, besides those who are at the place.

    They are ``share`` of the sum of all villages' registered voters, each weighted by exp(-road distance /
    ``reach_km``), at most ``most``. The exponential form is that of a gravity model of trips (Wilson, Transportation
    Research 1, 1967), with the negative exponential of distance; its numbers are assumptions to vary.
    """

    share: Share
    """Share of the people around who could join."""
    reach_km: Reach
    """Road distance over which the weight of a village falls to 37 %, km."""
    most: Size
    """No more than so many, however large the town."""
