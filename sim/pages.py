"""HTML pages from templates: whatever is put into one is text there, escaped, with nothing that would do harm."""

from __future__ import annotations

from typing import Any

from jinja2 import Environment, PackageLoader

from sim.text import shown


def page(package: str, template: str, **values: Any) -> str:
    """Return a page.

    Args:
        package: The room whose folder ``templates`` has it.
        template: Its name there.
        **values: What the template speaks of.
    """
    environment = Environment(
        loader=PackageLoader(package), autoescape=True, finalize=_shown, trim_blocks=True, lstrip_blocks=True
    )
    return environment.get_template(template).render(values)


def _shown(value: Any) -> Any:
    return shown(value, lines=True) if isinstance(value, str) else value
