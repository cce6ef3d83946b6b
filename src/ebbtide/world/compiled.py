"""How rules and phases are compiled: cached on disk, one thread, the same bits as plain Python.

Numba's disk cache hashes only the file that a function stands in. The cache folder is therefore
named by a hash of all the package's sources: an edit in a rule's file is never answered by old
machine code.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

os.environ.setdefault("NUMBA_DISABLE_INTEL_SVML", "1")

import numba

_PACKAGE = Path(__file__).resolve().parents[1]


def sources_hash() -> str:
    """Hash of every Python source of the package and of the compiler's version."""
    digest = hashlib.sha256(numba.__version__.encode())
    for source in sorted(_PACKAGE.rglob("*.py")):
        if source.parent.name in {"rules", "engine", "world"}:
            digest.update(source.read_bytes())
    return digest.hexdigest()[:16]


def cache_folder() -> Path:
    """Where machine code is kept between processes."""
    stated = os.environ.get("EBBTIDE_CACHE_DIR")
    base = (
        Path(stated)
        if stated
        else Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "ebbtide"
    )
    folder = base / f"compiled-{sources_hash()}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not os.access(folder, os.W_OK):
            raise PermissionError(folder)
    except OSError:
        folder = Path(tempfile.gettempdir()) / f"ebbtide-compiled-{sources_hash()}"
        folder.mkdir(parents=True, exist_ok=True)
    return folder


CACHE = cache_folder()
numba.config.CACHE_DIR = str(CACHE)  # type: ignore[attr-defined]


def is_compiled() -> bool:
    """Whether machine code for these sources is on disk already."""
    return any(CACHE.rglob("*week*.nbc"))


def compiled(function: Callable[..., Any]) -> Any:
    """Compile a function of numbers or columns; call `.py_func` for the same in plain Python."""
    return numba.njit(cache=True, error_model="python")(function)
