"""The grammar of overrides: Hydra's, with plain decimals for numbers as in files.

Hydra itself reads ``1_000``, ``+5``, ``1e3``, ``inf`` and ``int('٣')`` as numbers; here the first four are refused and
there are no casts. ``010``, ``0x1F`` and ``13:00`` are texts to it, and stay so.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from typing import Any

from antlr4 import CommonTokenStream, InputStream  # type: ignore[import-untyped]
from hydra._internal.core_plugins.basic_sweeper import BasicSweeper
from hydra._internal.grammar.functions import Functions
from hydra.core.override_parser.overrides_parser import OverridesParser, create_functions
from hydra.core.override_parser.overrides_visitor import HydraErrorListener, HydraOverrideVisitor
from hydra.core.override_parser.types import ChoiceSweep, Override
from hydra.grammar.gen.OverrideLexer import OverrideLexer
from hydra.grammar.gen.OverrideParser import OverrideParser

from sim.config.refusal import dotted
from sim.config.scalars import not_plain
from sim.decimals import is_plain, written
from sim.errors import UserError, shortened
from sim.words.language import gettext as _

_CASTS = ("int", "float", "bool", "json_str")


class _Visitor(HydraOverrideVisitor):
    """Hydra's own, but for numbers that are no plain decimals."""

    def __init__(self, functions: Functions) -> None:
        super().__init__(functions)
        self._path: list[str | int] = []

    def visitListContainer(self, ctx: Any) -> list[Any]:
        """Read a list, knowing which item is read."""
        return [self._inside(number, item) for number, item in enumerate(ctx.element())]

    def visitDictKeyValuePair(self, ctx: Any) -> tuple[str, Any]:
        """Read a key and its value, knowing which key it is."""
        key = self.visitDictKey(ctx.dictKey())
        return key, self._inside(key, ctx.element())

    def _inside(self, part: str | int, element: Any) -> Any:
        self._path.append(part)
        value = self.visitElement(element)
        self._path.pop()
        return value

    def visitPrimitive(self, ctx: Any) -> Any:
        """Read a text or a number; refused is a number that is no plain decimal."""
        tokens = [node.symbol for node in ctx.getChildren() if node.symbol.type != OverrideLexer.WS]
        is_number = len(tokens) == 1 and tokens[0].type in (OverrideLexer.INT, OverrideLexer.FLOAT)
        if is_number and not is_plain(tokens[0].text):
            raise _NotPlain(self._path, tokens[0].text)
        return super().visitPrimitive(ctx)


class _NotPlain(Exception):
    """A number of an override is no plain decimal.

    Attributes:
        path: Where it stands inside the value.
        text: How it is written.
    """

    def __init__(self, path: list[str | int], text: str) -> None:
        super().__init__(text)
        self.path = path
        self.text = text


class _Parser(OverridesParser):
    def parse_rule(self, s: str, rule_name: str) -> Any:
        """Parse as Hydra does, with another visitor."""
        assert rule_name == "override"
        listener = HydraErrorListener()
        lexer = OverrideLexer(InputStream(s))
        lexer.removeErrorListeners()
        lexer.addErrorListener(listener)
        parser = OverrideParser(CommonTokenStream(lexer))
        parser.removeErrorListeners()
        parser.addErrorListener(listener)
        try:
            override = _Visitor(self.functions).visit(parser.override())  # type: ignore[no-untyped-call]
        except _NotPlain as error:
            key = dotted([*s.partition("=")[0].lstrip("+~").split("."), *error.path])
            raise UserError(
                _("override '{override}': {key} = {value}: {allowed}").format(
                    override=shortened(s, 500), key=key, value=shortened(error.text), allowed=not_plain()
                )
            ) from None
        override.input_line = s
        override.validate()
        return override


def parsed(override: str) -> Override:
    """Parse one override.

    Raises:
        UserError: For a number that is no plain decimal.
        hydra.errors.HydraException: For what is no override.
    """
    functions = create_functions()
    for cast in _CASTS:
        functions.definitions.pop(cast, None)
        functions.functions.pop(cast, None)
    return _Parser(functions).parse_overrides([override])[0]


def split(overrides: Sequence[Override]) -> list[list[str]]:
    """Expand comma sweeps with Hydra's own sweeper: one list of overrides for each run.

    Raises:
        hydra.errors.HydraException: For a sweep that cannot be expanded.
    """
    swept = copy.deepcopy(list(overrides))
    for override in swept:
        value = override._value
        if isinstance(value, ChoiceSweep):
            value.list = [_as_written(item) for item in value.list]
        else:
            override._value = _as_written(value)
    runs: list[list[str]] = BasicSweeper.split_arguments(swept, max_batch_size=None)[0]
    return runs


class _Decimal(float):
    """A number that Hydra writes as a plain decimal when it makes an override of it again."""

    def __str__(self) -> str:
        return written(float(self))


def _as_written(value: Any) -> Any:
    if isinstance(value, float):
        return _Decimal(value)
    if isinstance(value, list):
        return [_as_written(item) for item in value]
    if isinstance(value, dict):
        return {key: _as_written(item) for key, item in value.items()}
    return value
