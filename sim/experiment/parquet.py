"""Tables on disk as Parquet: whole or not at all, the same rows the same bytes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb
import pandas as pd

from sim.errors import UserError


def write_parquet(frame: pd.DataFrame, file: Path) -> None:
    """Write a data frame under a temporary name and rename it; the same rows give the same bytes.

    Raises:
        UserError: When the folder cannot be written, or the disk is full.
    """
    temporary = file.with_name(f".{file.name}.tmp")
    target = str(temporary).replace("'", "''")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with duckdb.connect() as connection:
            connection.execute("SET threads = 1")  # with several, the order of row groups is a matter of chance
            connection.register("frame", frame)
            connection.execute(f"COPY frame TO '{target}' (FORMAT parquet, COMPRESSION zstd)")
        temporary.replace(file)
    except (OSError, duckdb.IOException) as error:
        raise UserError(f"'{file}': cannot be written ({_first_line(error)})") from error


def read_parquet(files: Sequence[Path]) -> pd.DataFrame:
    """Read files of one table, one after another.

    Raises:
        UserError: When one is missing or is not what was written.
    """
    missing = [file for file in files if not file.is_file()]
    if missing:
        raise UserError(f"'{missing[0]}': the run counts this part as finished, but it is missing")
    try:
        with duckdb.connect() as connection:
            connection.execute("SET threads = 1")
            frame: pd.DataFrame = connection.read_parquet([str(file) for file in files]).df()
    except (duckdb.IOException, duckdb.InvalidInputException) as error:
        raise UserError(f"'{files[0].parent}': a part cannot be read ({_first_line(error)})") from error
    return frame


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0]
