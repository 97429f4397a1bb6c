"""Write one of the pages: ``python -m sim.config.reference settings > docs/settings.md``."""

from __future__ import annotations

import sys

from sim.config.reference import kinds, settings

_PAGES = {"kinds": kinds.page, "settings": settings.page}

if __name__ == "__main__":
    if sys.argv[1:] not in [[name] for name in _PAGES]:
        sys.exit(f"one of {', '.join(_PAGES)} is needed: python -m sim.config.reference settings > docs/settings.md")
    sys.stdout.write(_PAGES[sys.argv[1]]())
