"""What can be chosen by name: a scenario, a strategy, a weather, … each a file called by its name."""

from __future__ import annotations

from pathlib import Path

from sim.config.fields import is_plain_name, plain_name
from sim.config.packaged import CONF, SCENARIOS
from sim.errors import UserError, nearest, shortened
from sim.files import is_path, leads_inside
from sim.words.language import gettext as _

_SCENARIO = "scenario"


def choices(group: str, folder: Path | None = None) -> dict[str, Path]:
    """Return the names of a group and their files; the user's folder wins over the packaged one.

    A file whose name could mean something else on a command line, or lead elsewhere, cannot be chosen. What is in
    a file is not looked at: one that is broken is in nobody's way but his who chooses it.

    Raises:
        UserError: When the user's folder is none.
    """
    found = _files(_packaged(group))
    if folder is not None:
        if not folder.is_dir():
            raise UserError(_("scenarios folder '{folder}': {why}").format(folder=folder, why=_lacking(folder)))
        found |= _files(folder if group == _SCENARIO else folder / group)
    return found


def is_users(group: str, name: str, folder: Path | None) -> bool:
    """Say whether a choice is a file of the user's, and not a packaged one."""
    file = choices(group, folder).get(name)
    return file is not None and folder is not None and not file.is_relative_to(_packaged(group))


def _packaged(group: str) -> Path:
    return SCENARIOS if group == _SCENARIO else CONF / group


def refuse_link(file: Path, folder: Path) -> None:
    """Refuse a file that is a link out of the user's folder: who gave him the folder may not choose what is read.

    Args:
        file: A file that is chosen by its name, of the user or packaged.
        folder: The user's folder of scenarios.

    Raises:
        UserError: Naming the link.
    """
    if file.is_symlink() and file.is_relative_to(folder) and not leads_inside(file, folder):
        raise UserError(
            _("'{file}': a link that leads out of '{folder}' is not followed").format(file=file, folder=folder)
        )


def _lacking(folder: Path) -> str:
    return _("it is not a folder") if folder.exists() else _("there is no such folder")


def _files(folder: Path) -> dict[str, Path]:
    return {file.stem: file for file in sorted(folder.glob("*.yaml")) if is_plain_name(file.stem)}


def unknown_choice(group: str, name: str, folder: Path | None) -> UserError:
    """Return the error of a name that nothing in a group has: the nearest one, or what is wrong with the file of it."""
    if folder is not None and not is_plain_name(name) and "/" not in name and is_path(f"{name}.yaml"):
        file = (folder if group == _SCENARIO else folder / group) / f"{name}.yaml"
        if file.exists():
            return _odd_name(file)
    return UserError(
        _("unknown {group} '{name}'; {hint}").format(
            group=group, name=shortened(name), hint=nearest(name, choices(group, folder))
        )
    )


def refuse_odd_name(file: Path) -> None:
    """Refuse a file that cannot be chosen by its name.

    Raises:
        UserError: Naming the file, and what its name may have.
    """
    if not is_plain_name(file.stem):
        raise _odd_name(file)


def _odd_name(file: Path) -> UserError:
    return UserError(
        _("'{file}': what is chosen by its file's name needs a plain one: {allowed}").format(
            file=shortened(str(file), 300), allowed=plain_name()
        )
    )
