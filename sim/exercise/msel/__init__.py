"""The list of events (MSEL) as a spreadsheet: written, and read back from whoever edited it.

written(injects, start) -> bytes          a workbook
read(file, start, told) -> Found          what a workbook or a CSV table holds, and every mistake in it
"""

from sim.exercise.msel.read import Found, read
from sim.exercise.msel.sheet import written

__all__ = ["Found", "read", "written"]
