"""Writing orders: a spreadsheet and a page to print, both or none, and never over what somebody has edited."""

from __future__ import annotations

from pathlib import Path

from sim.errors import UserError
from sim.experiment.unedited import write_unless_edited
from sim.orders.html import html
from sim.orders.orders import Orders
from sim.orders.spreadsheet import spreadsheet
from sim.words import orders as words
from sim.words.language import gettext as _


def write_orders(orders: Orders, folder: Path) -> list[Path]:
    """Write the orders of a strategy into a folder and return the files.

    Raises:
        UserError: When a file was edited since it was made or was not made here (then nothing is written), or the
            folder cannot be written.
    """
    makers = {"xlsx": spreadsheet, "html": html}
    files = {words.FILES[kind].format(strategy=orders.strategy): make(orders) for kind, make in makers.items()}
    try:
        return write_unless_edited(folder, files)
    except OSError as error:
        raise UserError(
            _("'{folder}': the orders cannot be written ({why})").format(folder=folder, why=error.strerror or error)
        ) from error
