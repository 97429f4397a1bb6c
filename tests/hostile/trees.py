"""Mutations of settings that know their grammar: a key deleted, doubled, renamed, given another type or a nasty value."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import yaml
from hypothesis import strategies as st

from tests.hostile.nasty import noise, numbers, raws, texts

Draw = Callable[[st.SearchStrategy[Any]], Any]
Path = tuple[Any, ...]
OTHER_KEYS = [
    "_target_",
    "hydra",
    "defaults",
    "<<",
    "name",
    "output",
    "path",
    "values",
    "file",
    "run",
    "kinds",
    "strategies",
    "__init__",
]


class Raw(str):
    """A value that is written into the YAML as it is."""


def paths(tree: Any, at: Path = ()) -> list[Path]:
    """Return where every value stands, the whole first."""
    inside = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    return [at, *(path for key, value in inside for path in paths(value, (*at, key)))]


def at(tree: Any, path: Path) -> Any:
    """Return what stands at a path."""
    for key in path:
        tree = tree[key]
    return tree


def mutated(
    draw: Draw, tree: dict[str, Any], times: int = 3, values: st.SearchStrategy[Any] | None = None
) -> dict[str, Any]:
    """Return a tree with up to so many mutations.

    Args:
        draw: Hypothesis' own.
        tree: The settings; stays as it is.
        times: Most mutations.
        values: What a value may be replaced by.
    """
    tree = copy.deepcopy(tree)
    for _ in range(draw(st.sampled_from([1] * 3 + list(range(1, times + 1))))):
        places = [path for path in paths(tree) if path]
        if not places:
            break
        path = draw(st.sampled_from(places))
        _mutate(draw, at(tree, path[:-1]), path[-1], tree, places, anything if values is None else values)
    return tree


anything = st.one_of(
    raws.map(Raw),
    texts,
    numbers,
    st.none(),
    st.booleans(),
    st.just([]),
    st.just({}),
    st.lists(st.integers(), max_size=3),
)


CLOCKS = ["00:00", "06:59", "07:00", "07:01", "12:59", "13:00", "13:01", "18:00", "23:59", "24:00", "36:59"]
WORDS = ["T1.1", "Pasar Barat", "Pasar Barat - Pasar Tengah", "kecamatan 2", "T3", "POLRES", "BRIMOB", "X.KOTA", "RSUD", "booth", "car", "truck", "police",
         "riot", "landslide", "clash", "red", "green", "station", "road", "area", "by_risk", "constant", "gamma", "fixed", "crowd", "nearest", "motorcycle"]  # fmt: skip
"""Words that mean something somewhere in the settings of the small regency."""


def like(draw: Draw, value: Any) -> Any:
    """Return another value of the same type, which may well be a good one: what passes one check meets the next."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return draw(st.sampled_from([0, 1, 2, value + 1, value - 1, value * 10, value * 1_000, 10**6]))
    if isinstance(value, float):
        return draw(st.sampled_from([0.0, 1e-9, 0.5, 0.999, 1.0, value / 1_000, value * 2, value * 1_000, 1e12]))
    if isinstance(value, str):
        return draw(st.sampled_from(CLOCKS if value[2:3] == ":" else WORDS))
    if isinstance(value, list):
        return draw(st.sampled_from([[], value[:1], value[::-1], value * 2, value * 50]))
    return {} if isinstance(value, dict) else draw(st.sampled_from([0, 1, "red", "09:00"]))


def _other_type(draw: Draw, around: Any, key: Any) -> None:
    value = around[key]
    around[key] = draw(st.sampled_from([[value], {"x": value}, str(value), [value, value], [value] * 60]))


def _renamed(draw: Draw, around: Any, key: Any) -> None:
    """Give a key another name, or double it under one; an item of a list is doubled."""
    if isinstance(around, list):
        around.append(copy.deepcopy(around[key]))
        return
    name = draw(st.sampled_from([*OTHER_KEYS, f"{key}s", str(key)[:-1], str(key).upper()]) | texts)
    around[name] = around[key]
    if name != key and draw(st.booleans()):
        del around[key]


HOW = ["like", "like", "like", "like", "set", "set", "delete", "type", "name", "swap", "add"]


def _mutate(draw: Draw, around: Any, key: Any, tree: Any, places: list[Path], values: st.SearchStrategy[Any]) -> None:
    how = draw(st.sampled_from(HOW))
    if how == "delete":
        del around[key]
    elif how == "type":
        _other_type(draw, around, key)
    elif how == "name":
        _renamed(draw, around, key)
    elif how == "add" and isinstance(around, dict):
        around[draw(st.sampled_from(OTHER_KEYS) | texts)] = draw(values)
    elif how == "swap":
        around[key] = copy.deepcopy(at(tree, draw(st.sampled_from(places))))
    else:
        around[key] = like(draw, around[key]) if how == "like" else draw(values)


def written(tree: Any) -> str:
    """Write settings as YAML, raw values as they are."""
    kept: list[str] = []

    def marked(value: Any) -> Any:
        if isinstance(value, Raw):
            kept.append(str(value))
            return f"@@{len(kept) - 1}@@"
        if isinstance(value, dict):
            return {marked(key): marked(inner) for key, inner in value.items()}
        return [marked(inner) for inner in value] if isinstance(value, list) else value

    text = yaml.dump(marked(tree), Dumper=_Plain, sort_keys=False, allow_unicode=True, width=10**6)
    for i, raw in enumerate(kept):
        text = text.replace(f"'@@{i}@@'", raw).replace(f"@@{i}@@", raw)
    return text


class _Plain(yaml.SafeDumper):
    """Writes what stands twice twice: aliases come from the raw values only."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def spoiled(draw: Draw, text: str) -> str | bytes:
    """Return a text that is mostly as it was, sometimes with a line or some bytes spoiled."""
    how = draw(
        st.sampled_from(
            [
                "",
                "",
                "",
                "",
                "",
                "",
                "",
                "",
                "line",
                "twice",
                "indent",
                "cut",
                "bytes",
                "crlf",
                "bom",
                "utf-16",
                "latin-1",
                "noise",
            ]
        )
    )
    lines = text.split("\n")
    where = draw(st.integers(0, len(lines) - 1)) if how in ("line", "twice", "indent") else 0
    if how == "line":
        lines[where] = draw(texts)
    elif how == "twice":
        lines.insert(where, lines[where])
    elif how == "indent":
        lines[where] = draw(st.sampled_from([" ", "\t", "  - ", "? "])) + lines[where]
    elif how == "cut":
        return text[: draw(st.integers(0, len(text)))]
    text = "\n".join(lines)
    content = text.encode("utf-8", "surrogatepass")
    if how == "bytes":
        place = draw(st.integers(0, len(content)))
        return content[:place] + draw(noise) + content[place:]
    made = {"crlf": text.replace("\n", "\r\n"), "bom": "\ufeff" + text, "noise": "", "utf-16": text.encode("utf-16", "surrogatepass"),
            "latin-1": text.encode("latin-1", "replace")}.get(how, text)  # fmt: skip
    return draw(noise) if how == "noise" else made
