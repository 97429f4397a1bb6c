"""Compilation of the kernels, kept on disk where that is possible."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba

Function = TypeVar("Function", bound=Callable[..., Any])


def compiled(function: Function) -> Function:
    """Compile a function with numba at its first call and keep the machine code on disk for the next process.

    Numba looks for a folder it may write to (beside the source, ``NUMBA_CACHE_DIR``, the user's cache). Where there is
    none it refuses to decorate at all; the function is then compiled anew in each process instead.
    """
    try:
        return cast(Function, numba.njit(function, cache=True))
    except RuntimeError as error:
        if "cannot cache" not in str(error):
            raise
        return cast(Function, numba.njit(function))
