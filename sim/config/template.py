"""Settings as a file to be edited: every key with what it means and what it may hold, told by the schema."""

from __future__ import annotations

import inspect
import re
import textwrap
from collections.abc import Iterator
from typing import Any, get_args

from sim.config.distribution import Delay, Distribution
from sim.config.fields import LATEST, Settings
from sim.config.reference.groups import meanings, properties
from sim.config.reference.wording import allowed, text_of
from sim.config.scalars import written_yaml
from sim.config.script import Between
from sim.text import LOCATION, NAME
from sim.words import own as words
from sim.words.language import gettext as _

_WIDTH = 118
"""Columns of a line of comment."""
_DEEPEST = 8
"""Columns by which a key is set in whose own keys are told of no more: four levels."""


def comment(text: str, indent: int = 0) -> str:
    """Return a text as lines of comment, the further ones set in by two more columns where it is set in."""
    first, more = "# " + " " * indent, "# " + " " * (indent + 2 if indent else 0)
    lines = textwrap.wrap(
        text, _WIDTH, initial_indent=first, subsequent_indent=more, break_on_hyphens=False, break_long_words=False
    )
    return "".join(f"{line}\n" for line in lines)


def block(model: type[Settings], key: str, value: Any) -> str:
    """Return a key of a group of settings with its comment and its value.

    Args:
        model: The group.
        key: One of its keys.
        value: What is written there, plain data.
    """
    return told(model, key) + setting(key, value)


def setting(key: str, value: Any) -> str:
    """Return a key and its value as YAML."""
    return written_yaml({key: value}, for_hand=isinstance(value, (dict, list)))


def told(model: type[Settings], key: str) -> str:
    """Return the comment above a key: what it means, what it may hold, and the same of each key inside it."""
    inside = groups_of(model.model_fields[key].annotation)
    may = _allowed(model, key)
    text = f"{_(plain(meanings(model)[key]))} {may if inside else words.MEANT.format(allowed=may)}"
    return comment(text.strip()) + "".join(_groups(inside, 1))


def values(settings: Settings) -> dict[str, Any]:
    """Return a group of settings as plain data to be edited: what is usual is left out in the items of lists."""

    def item(one: Any) -> Any:
        return one.model_dump(mode="json", exclude_defaults=True) if isinstance(one, Settings) else one

    found = settings.model_dump(mode="json")
    for key in type(settings).model_fields:
        value = getattr(settings, key)
        if isinstance(value, tuple) and any(isinstance(one, Settings) for one in value):
            found[key] = [item(one) for one in value]
    return {key: _by_hand(value) for key, value in found.items()}


def _by_hand(value: Any) -> Any:
    """Return plain data as one would write it: 15 and not 15.0, the word that tells a group from others first."""
    if isinstance(value, dict):
        first = [key for key in ("rule", "policy", "what") if key in value]
        return {key: _by_hand(value[key]) for key in dict.fromkeys((*first, *value))}
    if isinstance(value, list):
        return [_by_hand(one) for one in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def sentence(model: type[Any]) -> str:
    """Return the first sentence of what a group of settings means."""
    return re.split(r"(?<=\.)\s", plain(inspect.getdoc(model) or ""), maxsplit=1)[0]


def plain(text: str) -> str:
    """Return a docstring as plain text on one line."""
    return " ".join(re.sub(r"(?::\w+:)?`{1,2}~?([^`]+)`{1,2}", r"\1", text).split())


def groups_of(annotation: Any) -> list[type[Settings]]:
    """Return the groups of settings that a type names itself, each once; delays are told in a word."""
    if isinstance(annotation, type):
        is_group = issubclass(annotation, Settings) and not issubclass(annotation, (Delay, Distribution))
        return [annotation] if is_group else []
    return list(dict.fromkeys(group for part in get_args(annotation) for group in groups_of(part)))


def tag_of(model: type[Settings]) -> str:
    """Return the key and the word that tell a group from the others of its union; empty where nothing does."""
    return next((f"{key}: {p['const']}" for key, p in properties(model).items() if "const" in p), "")


def _groups(groups: list[type[Settings]], depth: int) -> Iterator[str]:
    """Give the lines about the groups that a key may hold; the keys that all of them have come once, at the end."""
    shared = set.intersection(*(set(_keys(group)) for group in groups)) if len(groups) > 1 else set()
    first = meanings(groups[0]) if groups else {}
    alike = {key for key in shared if all(meanings(group)[key] == first[key] for group in groups)}
    common = [key for key in _keys(groups[0]) if key in alike] if alike else []
    for group in groups:
        tag, indent = tag_of(group), 2 * depth
        if len(groups) > 1 or tag:
            yield comment(f"{{{tag}}} {_(sentence(group))}" if tag else _(sentence(group)), indent)
            indent += 2
        yield from _lines(group, [key for key in _keys(group) if key not in common], indent)
    if common:
        yield comment(words.EACH, 2 * depth)
        yield from _lines(groups[0], common, 2 * depth + 2)


def _keys(model: type[Settings]) -> list[str]:
    """Return the keys of a group but the one that tells it from the others of its union."""
    tag = tag_of(model)
    return [key for key in model.model_fields if not tag.startswith(f"{key}: ")]


def _lines(model: type[Settings], keys: list[str], indent: int) -> Iterator[str]:
    """Give the lines about some keys of a group; what holds the same as one before it is not told again."""
    before: dict[tuple[type[Settings], ...], str] = {}
    for key in keys:
        inside = groups_of(model.model_fields[key].annotation)
        again = before.setdefault(tuple(inside), key) if inside else key
        may, meaning = _allowed(model, key), _(plain(meanings(model)[key]))
        if again != key:
            may = words.AS.format(key=again)
        texts = [meaning, may] if inside else [f"{may}.", meaning]
        yield comment(f"{key}: {' '.join(text for text in texts if text)}", indent)
        if again == key and indent < _DEEPEST:
            yield from _groups(inside, indent // 2 + 1)


def _allowed(model: type[Settings], key: str) -> str:
    """Return what a key may hold, in words; of a group itself nothing need be said."""
    annotation, schema = model.model_fields[key].annotation, properties(model)[key]
    may_be_null, inside = type(None) in get_args(annotation), groups_of(annotation)
    if inside:
        shape = words.ITEMS if "array" in _types(schema) else words.GROUPS
        text = shape[len(inside) > 1]
        return words.NULL_OR.format(text=text).strip() if may_be_null else text
    text = _value(annotation, schema)
    return words.OR_NULL.format(text=text) if may_be_null and "null" not in text else text


def _value(annotation: Any, schema: dict[str, Any]) -> str:
    """Return what a key may hold that is no group."""
    if annotation is Between:
        return words.ONSET
    if "prefixItems" in schema:
        return words.TWO
    if "additionalProperties" in schema:
        return words.MAPPING
    if any(part.get("maximum", part.get("le")) == LATEST for part in (schema, *schema.get("anyOf", ()))):
        return words.CLOCK
    text = allowed(schema).replace("`", "")
    for rule, word in ((NAME, words.NAME), (LOCATION, words.FILE)):
        text = text.replace(text_of(1, rule.most), word)
    return words.DELAY if text.startswith("see ") else text


def _types(schema: dict[str, Any]) -> set[str]:
    return {str(part.get("type")) for part in (schema, *schema.get("anyOf", ()))}
