"""What a cell of the list says: times, parties, types, statuses, as texts, and what is read from such texts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from sim.config.fields import LATEST
from sim.errors import did_you_mean, quoted
from sim.exercise.inject import CONTROL_ONLY, EVERYBODY, InjectStatus, InjectType, Party
from sim.exercise.msel.columns import Column, folded, in_any_language
from sim.words import msel as words
from sim.words import room as names
from sim.words.language import clock
from sim.words.language import gettext as _

_CLOCK = re.compile(
    r"(?:pukul|jam|pkl\.?)?\s*(\d{1,2})[:.](\d\d)(?:[:.](\d\d))?\s*(?:wib|wita|wit|hrs?)?",
    re.I | re.A,
)
_ELAPSED = re.compile(r"(?:[th]\s*(?=[+\-−]))?([+\-−]?)\s*(\d{1,3})[:.](\d\d)(?:[:.](\d\d))?", re.I | re.A)
_FROM_START = re.compile(r"\s*[th]?\s*[+\-−]", re.I)
_ELAPSED_MINUTES = re.compile(r"(?:[th]\s*(?=[+\-−]))?([+\-−]?)\s*(\d{1,4})\s*(?:min|minutes?|menit|')", re.I | re.A)
_PARTIES: Mapping[str, Party] = {
    "polri": Party.POLICE, "polres": Party.POLICE, "polisi": Party.POLICE, "kepolisian": Party.POLICE,
    "tni": Party.ARMY, "kodim": Party.ARMY, "military": Party.ARMY,
    "kpu": Party.COMMISSION, "commission": Party.COMMISSION,
    "bawaslu": Party.SUPERVISOR, "panwaslu": Party.SUPERVISOR, "supervisor": Party.SUPERVISOR,
    "linmas": Party.WARDENS, "satpol pp": Party.WARDENS, "wardens": Party.WARDENS,
    "bpbd": Party.DISASTER_AGENCY,
    "dinkes": Party.HEALTH, "dinas kesehatan": Party.HEALTH, "kesehatan": Party.HEALTH, "rsud": Party.HEALTH,
    "pemda": Party.LOCAL_GOVERNMENT, "pemkab": Party.LOCAL_GOVERNMENT, "pemerintah daerah": Party.LOCAL_GOVERNMENT,
}  # fmt: skip
"""What parties are usually called in others' lists, as :func:`folded` writes it."""
_ALL = {"all": "all", "everybody": "all", "semua": "all", "semua peserta": "all", "control": "control"}
_TYPES: Mapping[str, InjectType] = {
    "info": InjectType.INFORMATION, "informasi": InjectType.INFORMATION, "kejadian": InjectType.EVENT,
    "medsos": InjectType.SOCIAL, "media sosial": InjectType.SOCIAL, "press": InjectType.MEDIA, "pers": InjectType.MEDIA,
    "kontinjensi": InjectType.CONTINGENCY, "administrative": InjectType.ADMIN, "administrasi": InjectType.ADMIN,
}  # fmt: skip
_Named = TypeVar("_Named", bound=StrEnum)


def clock_text(minutes: float) -> str:
    """Write a time of day to the second: HH:MM, and seconds where it is no whole minute.

    Args:
        minutes: Minutes after midnight.
    """
    seconds = round(minutes * 60)
    end = f":{seconds % 60:02d}" if seconds % 60 else ""
    return clock(f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}{end}")


def of_seconds(seconds: int) -> float:
    """Return minutes of whole seconds, the same as are read from a text that says them."""
    return seconds // 60 + seconds % 60 / 60


def read_clock(text: str) -> float:
    """Return minutes after midnight of a time of day.

    Raises:
        ValueError: Saying what is wrong, in words that follow the place.
    """
    if _FROM_START.match(text):
        raise ValueError(
            _("{value} counts from the start of the exercise; it belongs into the column '{column}'").format(
                value=quoted(text), column=Column.EXERCISE_TIME.heading
            )
        )
    match = _CLOCK.fullmatch(text.strip())
    if match is None or int(match[2]) > 59 or int(match[3] or 0) > 59:
        raise ValueError(_("{value} is not a time of day such as 09:40").format(value=quoted(text)))
    return checked_clock(of_seconds(int(match[1]) * 3600 + int(match[2]) * 60 + int(match[3] or 0)), text)


def checked_clock(minutes: float, text: str) -> float:
    """Return a time of day if the model has it.

    Raises:
        ValueError: When it is before midnight or too late on the next day.
    """
    if not 0 <= minutes <= LATEST:
        raise ValueError(
            _(
                "{value} is no time of the day that is played; 00:00 to 36:59 are (24:00 and later: the next day)"
            ).format(value=quoted(text))
        )
    return minutes


def elapsed_text(minutes: float) -> str:
    """Write how long after the start of the exercise something is: ``T+0:30``; seconds where it is no whole minute."""
    seconds = round(abs(minutes) * 60)
    sign = "-" if minutes < 0 and seconds else "+"
    end = f":{seconds % 60:02d}" if seconds % 60 else ""
    return f"T{sign}{seconds // 3600}:{seconds // 60 % 60:02d}{end}"


def read_elapsed(text: str) -> float:
    """Return minutes after the start of the exercise.

    Raises:
        ValueError: Saying what is wrong, in words that follow the place.
    """
    plain = text.strip()
    if match := _ELAPSED.fullmatch(plain):
        hours, minutes, seconds = int(match[2]), int(match[3]), int(match[4] or 0)
        if minutes < 60 and seconds < 60:
            found = hours * 60 + of_seconds(minutes * 60 + seconds)
            return -found if match[1] in ("-", "−") else found
    elif match := _ELAPSED_MINUTES.fullmatch(plain):
        return float(match[2]) * (-1 if match[1] in ("-", "−") else 1)
    raise ValueError(
        _("{value} is not a time from the start such as T+0:30 (hours:minutes)").format(value=quoted(text))
    )


def group_text(group: tuple[Party, ...]) -> str:
    """Write who gets an inject: all, control, or the parties by name."""
    if group == EVERYBODY:
        return words.GROUPS["all"]
    if group == CONTROL_ONLY:
        return words.GROUPS["control"]
    return ", ".join(names.PARTIES[party] for party in group)


def read_group(text: str) -> tuple[Party, ...]:
    """Return the parties that get an inject.

    Raises:
        ValueError: Saying what is wrong, in words that follow the place.
    """
    known = {**_PARTIES, **_ALL, **in_any_language(lambda: {**names.PARTIES, **words.GROUPS})}
    parts = [part for part in map(str.strip, re.split(r"[,;\n]", text)) if part]
    found = [_of(part, known, {**names.PARTIES, **words.GROUPS}) for part in parts]
    if not found:
        raise ValueError(_("is empty; all, control, or parties by name with commas between are needed"))
    if len(found) == 1 and found[0] in words.GROUPS:
        return EVERYBODY if found[0] == "all" else CONTROL_ONLY
    if any(each in words.GROUPS for each in found):
        raise ValueError(
            _("{value}: all and control stand alone, without parties beside them").format(value=quoted(text))
        )
    return tuple(Party(each) for each in dict.fromkeys(found))


def read_type(text: str) -> InjectType:
    """Return what sort of message an inject is.

    Raises:
        ValueError: Offering the nearest name.
    """
    return _named(text, InjectType, names.TYPES, {**_TYPES, **in_any_language(lambda: names.TYPES)})


def read_status(text: str) -> InjectStatus:
    """Return where an inject stands.

    Raises:
        ValueError: Offering the nearest name.
    """
    return _named(text, InjectStatus, names.STATUSES, in_any_language(lambda: names.STATUSES))


def _named(text: str, kind: type[_Named], spoken: Mapping[str, str], known: Mapping[str, str]) -> _Named:
    if not text.strip():
        raise ValueError(_("is empty; allowed are: {names}").format(names=", ".join(spoken.values())))
    return kind(_of(text, known, spoken))


def _of(text: str, known: Mapping[str, str], spoken: Mapping[str, str]) -> str:
    """Return the key of a name in either language; the error offers names in the one that is spoken."""
    key = known.get(folded(text))
    if key is not None:
        return key
    near = did_you_mean(text, spoken.values()) or did_you_mean(text, known)
    hint = near or _("allowed are: {names}").format(names=", ".join(spoken.values()))
    raise ValueError(_("unknown {value}; {hint}").format(value=quoted(text), hint=hint))
