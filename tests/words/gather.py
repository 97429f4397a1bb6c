"""Gathers every text that the program says, and keeps the Indonesian catalogue: ``make words``.

    python -m tests.words.gather                   # the catalogue has what is said, and nothing else; compiled anew
    python -m tests.words.gather more.json …       # the same, with translations of these files: {English: Indonesian}

Translations are written into ``sim/words/id/LC_MESSAGES/siaga.po`` by hand or with any tool for GNU gettext.
"""

from __future__ import annotations

import ast
import json
import string
import sys
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import Any

import click
import yaml
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

import sim
from sim.cli import COMMANDS, group
from sim.cli.exercise import COMMANDS as EXERCISE
from sim.words.language import DOMAIN, FOLDER, Language

PROGRAM = Path(sim.__file__).parent
ROOT = PROGRAM.parent
WORDS = PROGRAM / "words"
PO = FOLDER / Language.INDONESIAN / "LC_MESSAGES" / f"{DOMAIN}.po"
MO = PO.with_suffix(".mo")
CALLS = {"_", "gettext", "marked"}
CLICK = ("core", "decorators", "exceptions", "formatting", "parser", "types")
PACKAGED = {"title", "description", "objectives", "sources"}
"""Keys of packaged settings whose texts a user reads."""
_HEAD = datetime(2026, 1, 1, tzinfo=UTC)


def said() -> dict[str, set[str]]:
    """Return every text that is said, and the files that say it; those without a letter need no translation."""
    found: dict[str, set[str]] = {}
    for file, text in (*_of_words(), *_of_program(), *_of_commands(), *_of_schema(), *_of_click(), *_of_packaged()):
        if _has_letters(text) and not text.endswith(": it is this one"):
            found.setdefault(text, set()).add(file)
    return found


def fields(text: str) -> list[str]:
    """Return the fields of a text with their formats, in alphabetical order; a text that is no format has none."""
    try:
        return sorted(f"{name}:{spec}" for _, name, spec, _ in string.Formatter().parse(text) if name is not None)
    except ValueError:
        return []


def _has_letters(text: str) -> bool:
    try:
        literal = "".join(part for part, *_ in string.Formatter().parse(text))
    except ValueError:
        literal = text
    return any(map(str.isalpha, literal))


def _of_schema() -> Iterator[tuple[str, str]]:
    """Give what the rules of a strategy, and the settings, say of themselves: it is in their docstrings."""
    from sim.config import template
    from sim.config.policies import policies
    from sim.config.reference.groups import meanings
    from sim.config.reference.markdown import plain
    from sim.config.reference.settings import every_key, main_groups, places

    yield from (("sim/config/policies.py", one.sentence) for one in policies())
    for model in places():
        yield "sim/config", template.sentence(model)
        yield from (("sim/config", template.plain(text)) for text in meanings(model).values())
    yield from (("sim/config", plain(key.meaning)) for key in every_key())
    yield from (("sim/config", plain(sentence)) for sentence in main_groups().values())


def _of_words() -> Iterator[tuple[str, str]]:
    for file in sorted(WORDS.glob("*.py")):
        for name, value in vars(import_module(f"sim.words.{file.stem}")).items():
            if name.isupper() and file.stem != "language":
                yield from ((_place(file), text) for text in _texts(value))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, tuple | list):
        for one in value:
            yield from _texts(one)


def _of_program() -> Iterator[tuple[str, str]]:
    """Give the texts of calls such as ``_("…")``, and the names of months."""
    for file in sorted(PROGRAM.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLS:
                for argument in node.args:
                    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                        yield _place(file), argument.value
    from sim.words.language import MONTHS

    yield from (("sim/words/language.py", month) for month in MONTHS)


def _of_commands() -> Iterator[tuple[str, str]]:
    yield from (("sim/cli/__init__.py", text) for text in COMMANDS.values())
    yield from (("sim/cli/exercise/__init__.py", text) for _file, text in EXERCISE.values())
    modules = [import_module(f"sim.cli.{name.replace('-', '_')}") for name in COMMANDS]
    modules += [import_module(f"sim.cli.exercise.{file}") for file, _text in EXERCISE.values()]
    for command in (group, *(module.command for module in modules)):
        yield from _helps(command)


def _helps(command: click.Command) -> Iterator[tuple[str, str]]:
    place = "sim/cli"
    if command.help:
        yield place, command.help
    for one in command.params:
        if isinstance(one, click.Option) and one.help:
            yield place, one.help
    if isinstance(command, click.Group):
        for inner in command.commands.values():
            yield from _helps(inner)


_plurals: dict[str, str] = {}
"""English plurals of what click says of several things; Indonesian has one form."""


def _of_click() -> Iterator[tuple[str, str]]:
    """Give what click says by itself: it asks gettext for it."""
    folder = Path(click.__file__).parent
    for name in CLICK:
        for node in ast.walk(ast.parse((folder / f"{name}.py").read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("_", "ngettext"):
                texts = [a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
                if texts:
                    yield f"click/{name}.py", texts[0]
                    _plurals.update(dict([texts]) if len(texts) == 2 else {})


def plural_of(text: str) -> str:
    """Return the English of several things, where a text has it: the only form of Indonesian says that."""
    return _plurals.get(text, text)


def _of_packaged() -> Iterator[tuple[str, str]]:
    for file in sorted([*(ROOT / "scenarios").rglob("*.yaml"), *(ROOT / "conf").rglob("*.yaml")]):
        if "region" not in file.parts:
            yield from ((_place(file), text) for text in _packaged(yaml.safe_load(file.read_text(encoding="utf-8"))))


def _packaged(settings: Any) -> Iterator[str]:
    if isinstance(settings, dict):
        for key, value in settings.items():
            yield from _texts(value) if key in PACKAGED else _packaged(value)
    elif isinstance(settings, list):
        for one in settings:
            yield from _packaged(one)


def _place(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def translations() -> dict[str, str]:
    """Return the catalogue as it is written, without texts that have no translation."""
    if not PO.exists():
        return {}
    catalogue = read_po(BytesIO(PO.read_bytes()), locale="id")
    pairs = ((_first(one.id), _first(one.string)) for one in catalogue if one.id)
    return {text: told for text, told in pairs if told}


def _first(form: Any) -> str:
    """Return a text, or the first form of one that has a plural."""
    return str(form if isinstance(form, str) else form[0])


def catalogue(known: Mapping[str, str]) -> Catalog:
    """Return the catalogue of all that is said, with the translations that are known."""
    made = Catalog(
        locale="id", domain=DOMAIN, project="Siaga", version="1", fuzzy=False, creation_date=_HEAD, revision_date=_HEAD,
        msgid_bugs_address="-", last_translator="-", language_team="-", header_comment="# Indonesian of what Siaga says.",
    )  # fmt: skip
    for text, places in sorted(said().items(), key=lambda item: (min(item[1]), item[0])):
        told, where = known.get(text, ""), [(place, 0) for place in sorted(places)]
        if text in _plurals:
            made.add((text, _plurals[text]), (told,), locations=where)
        else:
            made.add(text, told, locations=where)
    return made


def po(made: Catalog) -> bytes:
    """Return a catalogue as it is written for people."""
    out = BytesIO()
    write_po(out, made, width=120, include_lineno=False)
    return out.getvalue()


def mo(made: Catalog) -> bytes:
    """Return a catalogue as the program reads it."""
    out = BytesIO()
    write_mo(out, made)
    return out.getvalue()


def main(files: list[str]) -> None:
    """Write the catalogue, and say what it lacks."""
    known = translations()
    for file in files:
        known |= json.loads(Path(file).read_text(encoding="utf-8"))
    made = catalogue(known)
    PO.parent.mkdir(parents=True, exist_ok=True)
    PO.write_bytes(po(made))
    MO.write_bytes(mo(made))
    lacking = [one.id for one in made if one.id and not _first(one.string)]
    sys.stdout.write(f"{len(made)} texts, {len(lacking)} without a translation\n")


if __name__ == "__main__":
    main(sys.argv[1:])
