"""HTML pages from templates: whatever is put into one is text there, escaped, with nothing that would do harm."""

from __future__ import annotations

from functools import cache
from typing import Any

from jinja2 import BaseLoader, Environment, PackageLoader
from markupsafe import Markup

from sim.text import shown
from sim.words.language import number, speaking


def page(package: str, template: str, **values: Any) -> str:
    """Return a page.

    Args:
        package: The room whose folder ``templates`` has it.
        template: Its name there.
        **values: What the template speaks of; ``lang``, the language of the page, is known to all, and the filter
            ``number``, which writes a number by a format of Python as the language does.
    """
    return _of(package).get_template(template).render({"lang": speaking(), **values})


@cache
def _of(package: str) -> Environment:
    """Return what renders the templates of a room; it keeps them compiled, and looks whether a file has changed."""
    return environment(PackageLoader(package))


def environment(loader: BaseLoader) -> Environment:
    """Return what renders templates so that what is put into them is text there."""
    made = Environment(loader=loader, autoescape=True, finalize=_shown, trim_blocks=True, lstrip_blocks=True)
    made.filters["number"] = number
    return made


def _shown(value: Any) -> Any:
    """Return a text without what would do harm; what a macro has made of such texts is markup, and stays as it is."""
    return shown(value, lines=True) if isinstance(value, str) and not isinstance(value, Markup) else value
