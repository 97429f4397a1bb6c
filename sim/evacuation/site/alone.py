"""A site left by itself: no day, no disturbance, no cause."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from sim.config.layouts import Layout, Sort, load_layout
from sim.config.site import Movement, packaged_site
from sim.errors import UserError
from sim.evacuation.curve import Curve
from sim.evacuation.site.evacuation import SiteEvacuation
from sim.evacuation.site.least import least_minutes
from sim.evacuation.site.network import Site, site_of
from sim.evacuation.site.occupants import Occupants
from sim.words.language import gettext as _

USUAL = Occupants(voters_inside=8, voters_in_line=60, crew=7, officers=4, spectators=21)
"""Who is there when nothing is said: a hundred people at a busy hour, seven of them the station's officials and two of
the officers its wardens (General Elections Commission); the rest is an assumption."""
MOST_PEOPLE = 20_000
"""People of one site; more are a stadium, and several sites."""


def scaled(people: int) -> Occupants:
    """Return so many people, of all sorts in the usual shares; the rest of the division are voters in line."""
    each = {sort.value: people * USUAL.count(sort) // USUAL.total for sort in Sort}
    each[Sort.VOTERS_IN_LINE.value] += people - sum(each.values())
    return Occupants(**each)


@dataclass(frozen=True)
class Evacuated:
    """What became of an evacuation.

    Attributes:
        site: The site.
        occupants: Who was there.
        curve: Who was safe by when.
        least_minutes: No choice of ways brings everybody to safety sooner; infinite when somebody cannot get out.
    """

    site: Site
    occupants: Occupants
    curve: Curve
    least_minutes: float

    @property
    def ratio(self) -> float:
        """Clearance time over its bound; 1 for nobody, NaN when somebody cannot get out."""
        if not self.curve.people:
            return 1.0
        return self.curve.last / self.least_minutes if np.isfinite(self.curve.last) else float("nan")


def evacuate_layout(
    layout: Layout | str,
    occupants: Occupants = USUAL,
    movement: Movement | None = None,
    open_share_by_exit: Mapping[str, float] | None = None,
) -> Evacuated:
    """Let people leave a site.

    Args:
        layout: The site, or the name or file of its layout.
        occupants: Who is there.
        movement: When people start and how they walk; the packaged settings by default.
        open_share_by_exit: How far each exit is open, 0 shut to 1 free; exits that are not named are free.

    Raises:
        UserError: For an unknown layout or exit, or people who have no place in the layout.
    """
    site = site_of(load_layout(layout) if isinstance(layout, str) else layout)
    if occupants.total > MOST_PEOPLE:
        raise UserError(
            _("people: {total:,} are too many for one site; at most {most:,}").format(
                total=occupants.total, most=MOST_PEOPLE
            )
        )
    shares = dict(open_share_by_exit or {})
    try:
        leaving = SiteEvacuation(site, occupants, movement or packaged_site().movement)
    except ValueError as error:
        raise UserError(_("people: {what}").format(what=error)) from None
    curve = leaving.curve(shares)
    return Evacuated(site, occupants, curve, least_minutes(site, leaving.space, shares, curve.last))
