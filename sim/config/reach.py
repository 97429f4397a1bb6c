"""Where the files may be that settings name: a file of a scenario leads nowhere outside its own folder.

Who types a path on the command line may mean any file of his; a path that only a file of settings has, somebody else
may have written. Links count as what they lead to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.config.fields import is_plain_name
from sim.config.packaged import REGIONS, STRATEGIES
from sim.files import leads_inside
from sim.words.language import gettext as _

CONTEXT = "reach"
"""Key of a validation context that holds a :class:`Reach`; without it every file may be named."""


class OutOfReachError(ValueError):
    """A path leads where a file of settings may not."""


@dataclass(frozen=True)
class Reach:
    """What may be named.

    Attributes:
        folder: The user's folder of scenarios; None: there is none.
        typed: Paths that the user typed himself.
        region: The region's path, as it was set.
        stored: Whether the settings are those of a stored run, which holds everything itself.
    """

    folder: Path | None = None
    typed: frozenset[str] = frozenset()
    region: str = ""
    stored: bool = False

    def region_path(self, path: str) -> str:
        """Return the path of a region: beside the scenario, else, as it has always been, in the working directory.

        Raises:
            OutOfReachError: When a file of settings names a folder outside its own, or one with links that lead out.
        """
        if self.stored or path in self.typed or is_packaged(path):
            return path
        beside, here = (self.folder or Path()) / path, Path(path)
        there = here if here.is_dir() and not beside.is_dir() else beside
        roots = [self.folder] if self.folder is not None else []
        for place in (there, *(there.iterdir() if there.is_dir() and _is_inside(there, roots) else ())):
            if not _is_inside(place, roots):
                others = _("allowed are a packaged region by its name, or region.path=FOLDER on the command line")
                raise OutOfReachError(f"{self._leads_out(place)}; {others}")
        return str(there.resolve())

    def measured(self, name: str) -> Path:
        """Return the file of measured numbers that a setting names, beside the scenario.

        Raises:
            OutOfReachError: When a file of settings names one outside its own folder and the region's.
        """
        if self.stored:
            raise OutOfReachError(_("a stored run holds its measured numbers itself, as values; no other file is read"))
        file = (self.folder or Path()) / name
        roots = [root for root in (self.folder, self._region_folder()) if root is not None]
        if name not in self.typed and not _is_inside(file, roots):
            raise OutOfReachError(self._leads_out(file))
        return file

    def plan_table(self, path: str) -> str:
        """Return the table of a plan: beside the strategies, else beside the scenario; one that is typed, anywhere.

        Raises:
            OutOfReachError: When a file of settings names one outside its own folder, or there is none.
        """
        if self.stored:
            return path
        roots = [] if self.folder is None else [self.folder / STRATEGIES, self.folder]
        beside = [root / path for root in roots]
        pairs = zip(roots, beside, strict=True)
        inside = [file for root, file in pairs if leads_inside(file, root) and leads_inside(file, roots[-1])]
        there = [*beside, Path(path)] if path in self.typed else inside
        found = next((file for file in there if file.exists()), None)
        if found is not None:
            return str(found.resolve())
        if path not in self.typed and (inside != beside or not beside):
            outside = _(" and out of ").join(map(_quoted, roots)) or _("the packaged files")
            raise OutOfReachError(
                _("a strategy names nothing outside its own folder, and this leads out of {outside}").format(
                    outside=outside
                )
            )
        raise OutOfReachError(
            _("there is no such file; it is looked for as {files}").format(
                files=_(" and as ").join(map(_quoted, there))
            )
        )

    def _region_folder(self) -> Path | None:
        if is_packaged(self.region):
            return REGIONS / self.region
        try:
            return Path(self.region_path(self.region)) if self.region else None
        except OutOfReachError:
            return None

    def _leads_out(self, place: Path) -> str:
        where = f"'{self.folder}'" if self.folder is not None else _("the packaged files")
        return _("a scenario's files name nothing outside their own folder, and '{place}' leads out of {where}").format(
            place=place, where=where
        )


def _quoted(file: Path) -> str:
    return f"'{file}'"


def is_packaged(path: str) -> bool:
    """Say whether a path is the name of a packaged region."""
    return is_plain_name(path) and (REGIONS / path).is_dir()


def texts(value: Any) -> Iterator[str]:
    """Give every text of a value, however deep it stands."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, dict)):
        for part in value.values() if isinstance(value, dict) else value:
            yield from texts(part)


def _is_inside(place: Path, roots: Iterable[Path]) -> bool:
    return any(leads_inside(place, root) for root in roots)
