"""How rules and phases are compiled: cached on disk, one thread, the same bits as plain Python.

Numba's disk cache hashes only the file that a function stands in. The cache folder is therefore
named by a hash of all the package's sources: an edit in a rule's file is never answered by old
machine code.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

os.environ.setdefault("NUMBA_DISABLE_INTEL_SVML", "1")

import numba
from numba.extending import register_jitable

_PACKAGE = Path(__file__).resolve().parents[1]


KEPT = 5  # machine code of so many versions of the sources is kept


def sources_hash() -> str:
    """Hash of the sources that are compiled (rules, engine, world) and of the compiler's version."""
    digest = hashlib.sha256(numba.__version__.encode())
    for source in sorted(_PACKAGE.rglob("*.py")):
        if source.parent.name in {"rules", "engine", "world"}:
            digest.update(source.read_bytes())
    return digest.hexdigest()[:16]


def cache_folder() -> Path:
    """Where machine code is kept between processes: a folder that only its user can write.

    `EBBTIDE_CACHE_DIR`, else the user's cache folder; where that cannot be written, a new
    temporary folder, for this process alone (what stands in a shared one may not be trusted).
    """
    stated = os.environ.get("EBBTIDE_CACHE_DIR")
    home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "ebbtide"
    base = Path(stated) if stated else home
    folder = base / f"compiled-{sources_hash()}"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not os.access(folder, os.W_OK):
            raise PermissionError(folder)
        _prune(base, folder)
    except OSError:
        return Path(tempfile.mkdtemp(prefix="ebbtide-compiled-"))
    return folder


def _prune(base: Path, current: Path) -> None:
    """Delete machine code of old sources, but for the newest few."""
    others = [path for path in base.glob("compiled-*") if path != current]
    others.sort(key=lambda path: path.stat().st_mtime, reverse=True)
    for old in others[KEPT - 1 :]:
        shutil.rmtree(old, ignore_errors=True)


CACHE = cache_folder()
numba.config.CACHE_DIR = str(CACHE)  # type: ignore[attr-defined]


def is_compiled() -> bool:
    """Whether machine code for these sources is on disk already."""
    return any(CACHE.rglob("*week_from_intake*.nbc"))


_AS_PYTHON: dict[str, Any] = {"error_model": "python"}
_OPTIONS: dict[str, Any] = {
    **_AS_PYTHON,
    "cache": True,
    "no_cfunc_wrapper": True,  # nobody calls them from C: a tenth less to compile
}


def compiled(function: Callable[..., Any]) -> Any:
    """Compile a function of numbers or columns; call `.py_func` for the same in plain Python."""
    return numba.njit(**_OPTIONS)(function)


def callable_from_compiled[Function: Callable[..., Any]](function: Function) -> Function:
    """Let compiled code call a plain function, which Python goes on to call as it is."""
    return register_jitable(**_AS_PYTHON)(function)
