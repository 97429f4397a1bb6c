"""Settings from YAML, in which only what every program reads alike is a number or a truth value.

YAML 1.1 reads ``010`` as 8, ``1:30`` as 90, ``0x1F`` as 31 and ``no`` as false; YAML 1.2 reads some of them as texts.
Here a number is a plain decimal (:mod:`sim.decimals`), true and false are the only truth values, and a time such as
``13:00`` is the text that it looks like. What another program takes for a number or truth value is refused, not read.
"""

from __future__ import annotations

import math
from typing import Any

import yaml

from sim.config.refusal import SettingPath, dotted
from sim.decimals import PLAIN, is_plain, looks_like_number, written
from sim.errors import UserError, shortened
from sim.words.language import gettext as _
from sim.words.language import marked

_BASE: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_MOST_NODES = 20_000
"""Values of one file; the longest packaged one has 236."""
_MOST_DEPTH = 32
"""Levels of mappings and lists; the deepest packaged file has six."""
_TAG = "tag:yaml.org,2002:"
_TEXT, _MAPPING, _SEQUENCE, _NULL = f"{_TAG}str", f"{_TAG}map", f"{_TAG}seq", f"{_TAG}null"
_WORDS = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), _NULL),
    **dict.fromkeys(("true", "True", "TRUE", "false", "False", "FALSE"), f"{_TAG}bool"),
    "<<": f"{_TAG}merge",
}
"""The words that are no texts."""
_NUMBER, _TRUTH = "!number", "!truth"
"""Tags of what another program reads as a number or a truth value."""
_NO_TRUTH = marked(
    "some programs read this as true or false: write true or false, or put it in quotes (on, off, yes, no)"
)
_TRUTHS = ("yes", "no", "on", "off")


class _Loader(_BASE):  # type: ignore[misc]
    def resolve(self, kind: type[yaml.Node], value: Any, implicit: Any) -> Any:
        """Return the tag of a value that is written without one."""
        if kind is not yaml.ScalarNode or not implicit[0]:
            return super().resolve(kind, value, implicit) if kind is not yaml.ScalarNode else _TEXT
        return _tag_of(value)


def _tag_of(value: str) -> str:
    """Return the tag of a text that is written without quotes."""
    if value in _WORDS:
        return _WORDS[value]
    if is_plain(value):
        return f"{_TAG}float" if "." in value else f"{_TAG}int"
    if value.lower() in _TRUTHS:
        return _TRUTH
    return _NUMBER if looks_like_number(value) else _TEXT


def read_settings(text: str, origin: str) -> Any:
    """Read settings from YAML.

    Args:
        text: The YAML.
        origin: What it is called in messages.

    Returns:
        Plain data: mappings, lists, texts, numbers, truth values and None.

    Raises:
        UserError: For too many values or too many levels, each alias counted as often as it repeats something; a tag; a
            key that stands twice; a value that another program reads as a number or truth value. It names the origin,
            the line, the setting and the value.
        yaml.YAMLError: For what is no YAML.
    """
    loader = _Loader(text)
    try:
        root, size = _composed(loader)
        if root is None:
            return None
        if size > _MOST_NODES:
            raise UserError(
                _(
                    "{origin}: cannot be read (settings may have {most:,} values in {levels} levels, each "
                    "counted as often as an alias repeats it)"
                ).format(origin=origin, most=_MOST_NODES, levels=_MOST_DEPTH)
            )
        _check((), root, origin)
        return loader.construct_document(root)
    finally:
        loader.dispose()


_BY_HAND = 120
"""Columns of a line of a file that is to be edited."""


class _Dumper(yaml.SafeDumper):
    """Writes numbers as plain decimals, and in quotes every text that some program reads as something else."""


_Dumper.add_representer(
    str, lambda out, text: out.represent_scalar(_TEXT, text, style=None if _tag_of(text) == _TEXT else "'")
)
_Dumper.add_representer(float, lambda out, number: out.represent_scalar(f"{_TAG}float", written(number)))


def written_yaml(settings: Any, *, for_hand: bool = False) -> str:
    """Write settings as YAML that :func:`read_settings` reads back the same.

    Args:
        settings: The settings.
        for_hand: Write small groups on one line each, as one would by hand.
    """
    flow = None if for_hand else False
    width = _BY_HAND if for_hand else None
    text: str = yaml.dump(
        settings, Dumper=_Dumper, default_flow_style=flow, allow_unicode=True, sort_keys=False, width=width
    )
    return text


def _composed(loader: Any) -> tuple[yaml.Node | None, float]:
    """Return the outermost node, and how many values it stands for."""
    try:
        root = loader.get_single_node()
        return root, 0 if root is None else _nodes(root, {}, _MOST_DEPTH)
    except RecursionError:
        return yaml.MappingNode(_MAPPING, []), math.inf


def _nodes(node: yaml.Node, known: dict[int, float], levels: int) -> float:
    """Return how many values a node stands for; infinite where it is too deep, or holds itself."""
    if levels == 0:
        return math.inf
    if id(node) not in known:
        known[id(node)] = math.inf  # so that it is too many where it is found inside itself
        parts = node.value if isinstance(node, yaml.CollectionNode) else ()
        inside = [part for pair in parts for part in (pair if isinstance(pair, tuple) else (pair,))]
        known[id(node)] = 1 + sum(_nodes(part, known, levels - 1) for part in inside)
    return known[id(node)]


def _check(path: SettingPath, node: yaml.Node, origin: str) -> None:
    """Refuse a node, or one in it, that may mean something else than it says; a key stands where its value does."""
    if isinstance(node, yaml.MappingNode):
        _refuse_tag(path, node, _MAPPING, origin)
        _refuse_twice(path, node, origin)
        for key, value in node.value:
            inside = (*path, str(key.value)) if isinstance(key, yaml.ScalarNode) else path
            _check(inside, key, origin)
            _check(inside, value, origin)
    elif isinstance(node, yaml.SequenceNode):
        _refuse_tag(path, node, _SEQUENCE, origin)
        for number, item in enumerate(node.value):
            _check((*path, number), item, origin)
    elif isinstance(node, yaml.ScalarNode) and node.tag != _TEXT:  # a text means nothing else
        _refuse_tag(path, node, _TEXT if node.style else _tag_of(node.value), origin)


def _refuse_tag(path: SettingPath, node: yaml.Node, usual: str, origin: str) -> None:
    """Refuse a node with another tag than its usual one, or with one that programs read in different ways."""
    if node.tag == usual and usual not in (_NUMBER, _TRUTH):
        return
    value = f" = {shortened(node.value)}" if isinstance(node, yaml.ScalarNode) else ""
    if node.tag != usual:
        fault = _("a tag such as {tag} is not allowed").format(tag=shortened(node.tag))
    else:
        fault = not_plain() if usual == _NUMBER else _(_NO_TRUTH)
    line = node.start_mark.line + 1
    name = dotted(path) or _("settings")
    raise UserError(_("{what}: {fault} (line {line})").format(what=f"{origin}: {name}{value}", fault=fault, line=line))


def not_plain() -> str:
    """Return what is said of a number that is no plain decimal."""
    return _("{plain}; a text that looks like another number stands in quotes").format(plain=_(PLAIN))


def _refuse_twice(path: SettingPath, mapping: yaml.MappingNode, origin: str) -> None:
    seen: set[tuple[str, str]] = set()
    for key, _value in mapping.value:
        if key.tag == _NULL:
            line = key.start_mark.line + 1
            raise UserError(
                _("{origin}: {path}: a key without a name (line {line})").format(
                    origin=origin, path=dotted(path) or _("settings"), line=line
                )
            )
        named = (key.tag, str(key.value))
        if named in seen:
            line = key.start_mark.line + 1
            raise UserError(
                _("{origin}: '{setting}' stands twice (line {line})").format(
                    origin=origin, setting=dotted((*path, named[1])), line=line
                )
            )
        seen.add(named)
