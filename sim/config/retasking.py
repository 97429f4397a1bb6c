"""Settings of re-tasking: who is sent on before he is home again, taken from what is milder, or let go early."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator

from sim.config.disturbance import SeverityWord
from sim.config.fields import Count, NonNegative, Positive, Settings, Switch
from sim.config.refusal import SettingError
from sim.vocabulary import Severity
from sim.words.language import gettext as _
from sim.words.language import marked

KEEP_OFFICERS = 4
"""Officers who work on where a disturbance is over, where a strategy says nothing (assumption: a pair stands there, and
a pair asks who saw it)."""
EASED_MINUTES = 20.0
"""Minutes for which a disturbance must have been known to be milder until those it no longer needs are let go, where a
strategy says nothing (assumption: as long as it takes to be there in time, should it become worse again)."""

Severities = Annotated[tuple[SeverityWord, ...], Field(max_length=len(Severity))]


class Taken(Settings):
    """From what units may be taken for something of one severity: only from what is milder."""

    under_way: Severities = ()
    """From disturbances of these severities, units that are not there yet: they are diverted."""
    on_scene: Severities = ()
    """From these, units that are there: they are pre-empted."""
    after_end: Switch = False
    """Whether also those are taken who work on where all is over."""

    @property
    def anybody(self) -> bool:
        """Whether anybody is taken from anything."""
        return bool(self.under_way or self.on_scene or self.after_end)


_NOT_MILDER = marked("units are taken for something {level} only from {allowed}, not from something {other}")
_MILDEST = marked("units are taken for something {level} from nothing: it is the mildest, not from something {other}")


class TakenFor(Settings):
    """Whom each severity may take: a matrix of who is taken for what from what."""

    green: Taken = Taken()
    """Whom something green may take."""
    yellow: Taken = Taken()
    """Whom something yellow may take."""
    red: Taken = Taken()
    """Whom something red may take."""

    @model_validator(mode="after")
    def _from_milder(self) -> Self:
        for level in Severity:
            for which in ("under_way", "on_scene"):
                for i, name in enumerate(getattr(self.of(level), which)):
                    if Severity.of(name) >= level:
                        allowed = [other.word for other in Severity if other < level]
                        message = _NOT_MILDER if allowed else _MILDEST
                        raise SettingError(
                            (level.word, which, i),
                            _(message).format(level=level.word, allowed=_(" and ").join(allowed), other=name),
                        )
        return self

    def of(self, level: Severity) -> Taken:
        """Return whom something of a severity may take."""
        taken: Taken = getattr(self, level.word)
        return taken


class Retasking(Settings):
    """What becomes of units that have a task, or have just had one, when they are wanted elsewhere or no longer needed.

    Unless something is set, a unit finishes what it was sent for or is let go when it is no longer needed, and drives
    home.
    """

    way_home: Switch = False
    """Whether units on their way home can be sent on: they are on the road already, and need not get ready again."""
    taken_for: TakenFor = TakenFor()
    """Whom each severity may take from what is milder."""
    farther_minutes: NonNegative = 0.0
    """Who would be taken from something else counts as so much farther away than he is: so much sooner he must be there
    than those who are free."""
    keep_officers: Count | None = KEEP_OFFICERS
    """When a disturbance is over, so many officers work on there, those who came first, and the others are free at
    once; a unit is not divided (the default is an assumption). Null: all work on."""
    eased_minutes: Positive | None = EASED_MINUTES
    """When the centre has known for so long that a disturbance is milder than it was, units that it no longer needs
    are let go, those first who came last (the default is an assumption). Before all that it asks for is there, only who
    would come after that is; it is looked at again after as long. Null: all stay until it is over."""


USUAL_RETASKING = Retasking()
"""What becomes of units under a strategy that says nothing of it: who is no longer needed is let go."""
NO_RETASKING = Retasking(keep_officers=None, eased_minutes=None)
"""Every unit finishes what it was sent for, and works on until it is done."""
