"""What a key may be, and in which unit, in words."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from sim.config.fields import LATEST
from sim.words import settings as words
from sim.words.language import number as written_number

_LIMITS = {"ge": "minimum", "gt": "exclusiveMinimum", "le": "maximum", "lt": "exclusiveMaximum"}
"""What pydantic calls the limits of a number whose own check comes first, and JSON schema calls them always."""
NO_UNIT = "none"
_UNITS = (
    (r"(^|_)minutes$", "minutes"),
    (r"(^|_)seconds(_each)?$", "seconds"),
    (r"(^|_)km$", "km"),
    (r"(^|_)km_per_h(our)?$", "km/h"),
    (r"(^|_)m2$", "m²"),
    (r"(^|_)m$", "m"),
    (r"(^|_)per_minute$", "per minute"),
    (r"(^|_)per_(\w+_)?hour$", "per hour"),
    (r"(^|_)ratio$", "officers per active person"),
    (r"^team_size$", "officers"),
    (r"(^|_)weight$", "weight"),
    (r"(^|_)per_100$", "per 100 people"),
    (r"(^|_)per_officer$", "per officer"),
    (r"^car_units$", "passenger-car units"),
    (r"^residents_per_voter$", "people per registered voter"),
    (r"^minutes_per_voter$", "minutes"),
    (r"^(deterrence|provocation|separation)$", NO_UNIT),
    (r"^people$", "people"),
    (r"^cv$", "standard deviation over mean"),
)
"""Units that the name of a key tells."""
_WORDS = (
    "car units an hour",
    "km/h",
    "kilometres",
    "minutes",
    "hours",
    "officers",
    "ambulances",
    "people",
    "times",
    "weight",
    "factor",
)
"""Units that its docstring may tell, the first of them that it has."""
_COUNTED = (
    ("seed", NO_UNIT), ("replications", "days"), ("batch", "days"), ("bound_days", "days"), ("desks", "desks"),
    ("workers", "processes"), ("resamples", "resamples"), ("servers", "servers"), ("teams", "teams"),
    ("stations", "stations"), ("wardens", "wardens"), ("wardens_per_station", "wardens"), ("count", "vehicles"),
    ("very_vulnerable", "stations"), ("vulnerable", "stations"),
    ("most_registered", "voters"), ("beds", "beds"),
    ("police", "officers"), ("hold_back", "teams"), ("times", "times"), ("ballots", "sets of ballots"),
)  # fmt: skip
"""Units of whole numbers that are told by neither: the key's name is what is counted."""


def is_clock(schema: dict[str, Any]) -> bool:
    """Whether a number is a time of day, written ``"HH:MM"``."""
    return schema.get("type") == "number" and schema.get("le", schema.get("maximum")) == LATEST


def number_of(schema: dict[str, Any]) -> dict[str, Any] | None:
    """Return the part of a schema that is a number, if it may be one."""
    parts = [schema, *schema.get("anyOf", [])]
    return next((part for part in parts if part.get("type") in ("number", "integer")), None)


def unit(key: str, schema: dict[str, Any], meaning: str) -> str:
    """Return the unit of a number, told by its key's name, its range or its docstring; empty for what is no number."""
    number = number_of(schema)
    if number is None:
        return ""
    if is_clock(number):
        return "time of day"
    named = next((what for pattern, what in _UNITS if re.search(pattern, key)), dict(_COUNTED).get(key))
    if named is not None:
        return named
    if number["type"] == "number" and number.get("maximum", number.get("le")) == 1:
        return "share"
    if re.search(r"(^|_)factor$", key):
        return "factor"
    words = re.findall(r"car units an hour|km/h|[a-z]+", meaning.lower())
    return next((word for word in _WORDS if word in words), "people" if number["type"] == "integer" else NO_UNIT)


def _there(_: str) -> str:
    return "see there"


def allowed(schema: dict[str, Any], see: Callable[[str], str] = _there) -> str:
    """Return in words what a key may be.

    Args:
        schema: JSON schema of the key.
        see: From the name of a group's class to the words that point to it.
    """
    parts = schema.get("anyOf") or schema.get("oneOf")
    if parts:
        return words.OR.join(dict.fromkeys(text for part in parts if (text := allowed(part, see))))
    if "const" in schema:
        return f"`{schema['const']}`"
    if "enum" in schema:
        return ", ".join(f"`{word}`" for word in schema["enum"])
    match schema.get("type"):
        case "null":
            return "null"
        case "number" | "integer":
            return _range(schema)
        case "string":
            return _text(schema)
        case "boolean":
            return words.TRUTH
        case "array":
            return _list(schema, see)
        case "object" if "additionalProperties" in schema:
            return _mapping(schema, see)
        case _:
            return see(schema["$ref"].rpartition("/")[2])


def _range(schema: dict[str, Any]) -> str:
    if is_clock(schema):
        return words.A_TIME
    limits = {_LIMITS.get(key, key): value for key, value in schema.items()}
    low = f"{limits['exclusiveMinimum' if 'exclusiveMinimum' in limits else 'minimum']:g}"
    high = _high(limits["exclusiveMaximum" if "exclusiveMaximum" in limits else "maximum"])
    if "exclusiveMinimum" in limits:
        low = words.ABOVE.format(low=low)
    if "exclusiveMaximum" in limits:
        high = words.BELOW.format(high=high)
    return (words.WHOLE if schema["type"] == "integer" else words.RANGE).format(low=low, high=high)


def _high(limit: float) -> str:
    """Write an upper limit as a reader does, 1,000,000 or 1.000.000; but a fraction as settings have it, 0.5."""
    return written_number(int(limit), ",") if limit == int(limit) else f"{limit:,}"


def _text(schema: dict[str, Any]) -> str:
    if "maxLength" not in schema:
        return words.TEXT
    return text_of(schema.get("minLength", 0), schema["maxLength"])


def text_of(least: int, most: int) -> str:
    """Return what a text of so many characters is called."""
    return words.TEXT_OF.format(least=least, most=most)


def _list(schema: dict[str, Any], see: Callable[[str], str]) -> str:
    if "prefixItems" in schema:
        if all(map(is_clock, schema["prefixItems"])):  # of a window of time, of which the ends may be one
            return words.TIMES.format(time=_range(schema["prefixItems"][0]))
        each = list(dict.fromkeys(allowed(part, see) for part in schema["prefixItems"]))
        return words.EXACTLY.format(count=len(schema["prefixItems"]), of=", ".join(each))
    of = allowed(schema["items"], see)
    least, most = schema.get("minItems", 0), schema["maxItems"]
    return words.LIST_OF.format(least=least, most=most, of=of) if of else words.LIST.format(least=least, most=most)


def _mapping(schema: dict[str, Any], see: Callable[[str], str]) -> str:
    names = schema.get("propertyNames", {})
    of = ", ".join(f"`{name}`" for name in names["enum"]) if "enum" in names else words.OWN_NAMES
    value = allowed(schema["additionalProperties"], see)
    least, most = schema.get("minProperties", 0), schema["maxProperties"]
    return words.MAPPING_OF.format(least=least, most=most, of=of, value=value)


def flow(value: Any) -> str:
    """Write a value on one line, as it can be written in a file or an override."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {flow(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(flow, value)) + "]"
    if isinstance(value, float):
        return f"{value:.12f}".rstrip("0").rstrip(".")
    return value if isinstance(value, str) and value.isidentifier() else json.dumps(value, ensure_ascii=False)
