"""Tables as Parquet: the same rows the same bytes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.errors import UserError
from sim.words.language import gettext as _


@lru_cache(maxsize=1)
def _database() -> duckdb.DuckDBPyConnection:
    """Return this process's database in memory; making one takes longer than most questions."""
    database = duckdb.connect()
    database.execute("SET threads = 1")  # with several, the order of row groups is a matter of chance
    return database


def parquet_bytes(frames: Mapping[str, pd.DataFrame]) -> dict[str, bytes]:
    """Return data frames as the content of Parquet files; the same rows give the same bytes.

    Raises:
        UserError: When the disk for temporary files is full.
    """
    found = {}
    try:
        with TemporaryDirectory() as folder, _database().cursor() as connection:
            file = Path(folder) / "frame.parquet"
            target = str(file).replace("'", "''")
            for name, frame in frames.items():
                connection.register("frame", frame)
                connection.execute(f"COPY frame TO '{target}' (FORMAT parquet, COMPRESSION zstd)")
                connection.unregister("frame")
                found[name] = file.read_bytes()
    except (OSError, duckdb.IOException) as error:
        raise UserError(
            _("the folder for temporary files cannot be written ({why})").format(why=_first_line(error))
        ) from error
    return found


def read_parquet(files: Sequence[Path]) -> pd.DataFrame:
    """Read files of one table, one after another.

    Raises:
        UserError: When one is missing or is not what was written.
    """
    with _reading(files) as connection:
        frame: pd.DataFrame = connection.read_parquet([str(file) for file in files]).df()
    return frame


def query(files: Sequence[Path], sql: str, **values: object) -> dict[str, NDArray[Any]]:
    """Ask files of one table and return columns.

    Args:
        files: The files.
        sql: The question, which reads ``read_parquet($files)``.
        **values: What other names in the question stand for.

    Raises:
        UserError: When one is missing or is not what was written.
    """
    with _reading(files) as connection:
        columns = connection.execute(sql, {"files": [str(file) for file in files], **values}).fetchnumpy()
    return {name: np.asarray(column) for name, column in columns.items()}


@contextmanager
def _reading(files: Sequence[Path]) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a connection to read files; say which is missing, or where one is spoiled."""
    missing = [file for file in files if not file.is_file()]
    if missing:
        raise UserError(_("'{file}': the run counts this part as finished, but it is missing").format(file=missing[0]))
    try:
        with _database().cursor() as connection:
            yield connection
    except (duckdb.IOException, duckdb.InvalidInputException) as error:
        raise UserError(
            _("'{folder}': a part cannot be read ({why})").format(folder=files[0].parent, why=_first_line(error))
        ) from error


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0]
