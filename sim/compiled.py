"""Compilation of the kernels, kept on disk where that is possible."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, cast

import numba

Function = TypeVar("Function", bound=Callable[..., Any])
_SHARED = tuple(Path(__file__).with_name(name) for name in ("exact.py", "vocabulary.py"))
"""What compiled functions of every folder take from."""


def compiled(function: Function) -> Function:
    """Compile a function with numba at its first call and keep the machine code on disk for the next process.

    Numba looks for a folder it may write to (beside the source, ``NUMBA_CACHE_DIR``, the user's cache). Where there is
    none it refuses to decorate at all; the function is then compiled anew in each process instead.

    Machine code holds the functions that it calls, but numba notices a change of the one file only in which the
    outermost stands. What is older than the newest file of that folder is therefore forgotten, or older than one of the
    files that all folders share: compiled functions call those of their own folder and of ``sim/exact.py`` only, and
    take numbers from there and from the vocabulary.
    """
    try:
        kept = numba.njit(function, cache=True)
        _forget_older(Path(kept.stats.cache_path), Path(function.__code__.co_filename))
    except RuntimeError as error:
        if "cannot cache" not in str(error):
            raise
        return cast(Function, numba.njit(function))
    except OSError:  # older machine code in a folder that may not be written to
        return cast(Function, numba.njit(function))
    return cast(Function, kept)


def part_of_compiled(function: Function) -> Function:
    """Compile a function into each compiled one that calls it.

    Arrays need not be handed over then, which takes longer than a few lines of work: for what is called for each unit
    or place, and by compiled functions of its own folder only.
    """
    return cast(Function, numba.njit(function, forceinline=True))


def _forget_older(kept: Path, source: Path) -> None:
    """Remove the indices of a source file's machine code that are older than what it was made from."""
    newest = _newest(source.parent)
    for index in kept.glob(f"{source.stem}.*.nbi"):
        if index.stat().st_mtime < newest:
            index.unlink(missing_ok=True)


@cache
def _newest(folder: Path) -> float:
    """Return when the newest source file of a folder, or of those that all share, was written, in seconds."""
    return max(path.stat().st_mtime for path in (*folder.glob("*.py"), *_SHARED))


def is_kept(function: Callable[..., Any]) -> bool:
    """Return whether machine code of a compiled function is on disk; also true where none can be kept."""
    folder = cast(Any, function).stats.cache_path
    source = Path(cast(Any, function).py_func.__code__.co_filename)
    return folder is None or any(Path(folder).glob(f"{source.stem}.{function.__name__}-*.nbi"))
