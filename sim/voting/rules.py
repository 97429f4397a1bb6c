"""The few settings that the station itself obeys, checked once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.config.voting import VotingSettings
from sim.errors import UserError
from sim.words.language import gettext as _


@dataclass(frozen=True, eq=False)
class Rules:
    """How a station works.

    Attributes:
        servers: Servers of each stage, first to last.
        opening: Service begins; minutes after midnight.
        closing: Nobody joins the line later; who is in it is still served.
        deterred_return: Share of voters kept away by a disturbance who come after it.
        evacuated_return: Share of evacuated voters who come back after the all-clear.
        priority: Whether priority voters go first, for each stage; left out: everywhere.
        impatient_return: Share of voters who left the line, or went away at the sight of it, and come back, once.

    Raises:
        UserError: For no stage, a stage without servers, a closing before opening.
    """

    servers: NDArray[np.int64]
    opening: float
    closing: float
    deterred_return: float = 0.0
    evacuated_return: float = 0.0
    priority: NDArray[np.bool_] | None = None
    impatient_return: float = 0.0

    def __post_init__(self) -> None:
        if not len(self.servers):
            raise UserError(_("stages: a station needs at least one"))
        if np.any(self.servers < 1):
            raise UserError(
                _("servers: every stage needs at least one, not {servers}").format(servers=self.servers.tolist())
            )
        if not self.closing > self.opening:
            raise UserError(
                _("close ({closing}) must come after open ({opening})").format(
                    closing=self.closing, opening=self.opening
                )
            )
        if self.priority is not None and len(self.priority) != len(self.servers):
            raise UserError(
                _("priority: {size} values for {stages} stages").format(
                    size=len(self.priority), stages=len(self.servers)
                )
            )

    @property
    def goes_first(self) -> NDArray[np.bool_]:
        """(stages) whether priority voters go first."""
        return np.ones(len(self.servers), dtype=np.bool_) if self.priority is None else self.priority


def rules_of(voting: VotingSettings) -> Rules:
    """Return the rules that these settings state."""
    return Rules(
        servers=np.array([stage.servers for stage in voting.stages], dtype=np.int64),
        opening=voting.open,
        closing=voting.close,
        deterred_return=voting.absence.deterred_return_share,
        evacuated_return=voting.absence.evacuated_return_share,
        priority=np.array([stage.priority for stage in voting.stages], dtype=np.bool_),
        impatient_return=voting.absence.impatient_return_share,
    )
