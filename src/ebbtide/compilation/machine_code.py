"""Machine code of our own functions, kept on disk between processes, a file for each.

A file is named by all that its content depends on: the function with what it calls and reads, the
types of its arguments, the processor, the versions of Python and Numba. So an edit recompiles what
contains it and nothing else, and Numba's settings, for other code in the process, stay as they are.
"""

from __future__ import annotations

import contextlib
import errno
import os
import pickle
import shutil
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Sequence
from functools import cache
from hashlib import sha256
from multiprocessing import parent_process
from pathlib import Path
from typing import Any

import llvmlite
import numba
from numba.core import compiler, sigutils
from numba.core.caching import _Cache
from numba.core.serialize import dumps

from ebbtide.compilation import cache_folder
from ebbtide.compilation.cache_folder import base, chosen_folder, folder
from ebbtide.compilation.closure import closure_digest, type_named

KEPT = 5  # of a function under the same types: so many versions stay on disk
LARGEST, ALL_TOGETHER = 2_000_000, 20_000_000  # bytes: of a file, and of all that runs compile
_VERSIONS = f"{sys.version_info[:3]} {numba.__version__} {llvmlite.__version__}"
_UNREADABLE = (pickle.UnpicklingError, AttributeError, ImportError, EOFError, IndexError)


class NotKept(UserWarning):
    """Machine code that every process will compile anew, since it cannot be kept."""


@cache
def tell_if_not_kept() -> None:
    """Warn, once and not in workers, where machine code cannot be kept, with what to do."""
    why = None if parent_process() else _why_not_kept()
    if why is not None:
        try:
            place = f"in {base() / 'compiled'}"
        except RuntimeError:
            place = "anywhere"
        warnings.warn(
            f"machine code cannot be kept {place} ({why}): every process compiles the rules anew, for "
            f"half a minute and more. EBBTIDE_CACHE_DIR=FOLDER names a folder of your own with room for "
            f"{ALL_TOGETHER / 1e6:.0f} MB",
            NotKept,
            stacklevel=2,
        )


def _why_not_kept() -> str | None:
    """What keeps a file of the largest size, or all of them, from the folder; None where nothing does."""
    try:
        chosen = chosen_folder()
        if shutil.disk_usage(chosen).free < ALL_TOGETHER:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        with tempfile.TemporaryFile(dir=chosen) as tried:
            tried.write(bytes(LARGEST))
    except OSError as error:
        return error.strerror or str(error)
    except RuntimeError as error:
        return str(error)
    return None


class Compiling:
    """That code is being compiled, told in a line on stderr once it has taken some seconds.

    Not in workers, whose command shows progress of its own.
    """

    def __init__(self, patience: float = 3.0) -> None:
        self._patience = patience
        self._since: float | None = None
        self._told = False

    def begins(self) -> None:
        """A function is not there compiled."""
        self._since = time.monotonic() if self._since is None else self._since

    def goes_on(self) -> None:
        """A function has been compiled, one of many."""
        if self._since is None or self._told or parent_process() is not None:
            return
        if time.monotonic() - self._since > self._patience:
            self._told = True
            with contextlib.suppress(OSError, ValueError):  # a stream that was closed takes no line
                said = "compiling the rules (once, until they change): half a minute and more"
                print(said, file=sys.stderr, flush=True)


COMPILING = Compiling()


class MachineCode(_Cache):
    """The cache of one compiled function, asked by Numba before it compiles, and told after."""

    def __init__(self, function: Callable[..., Any], options: str) -> None:
        self._function = function
        self._options = options
        self._enabled = True

    @property
    def cache_path(self) -> str:
        """Where files go, for Numba's `stats`."""
        return str(folder())

    def enable(self) -> None:
        """Read and keep code, as from the start."""
        self._enabled = True

    def disable(self) -> None:
        """Read and keep no code."""
        self._enabled = False

    def flush(self) -> None:
        """Forget every version of the function."""
        for file in folder().glob(f"{self._name()}-*"):
            file.unlink(missing_ok=True)

    def file(self, signature: Any, target: Any) -> Path | None:
        """Where the code for these types of arguments is kept; None for types that have no name."""
        arguments, returned = sigutils.normalize_signature(signature)
        named = " ".join(type_named(kind) for kind in (*arguments, returned))
        if " at 0x" in named:
            return None
        processor = repr(target.codegen().magic_tuple())
        everything = (closure_digest(self._function), named, self._options, processor, _VERSIONS)
        version = sha256("\0".join(everything).encode()).hexdigest()[:32]
        types = sha256(" ".join(map(str, arguments)).encode()).hexdigest()[:8]
        return folder() / f"{self._name()}-{types}-{version}.nbc"

    def load_overload(self, signature: Any, target: Any) -> Any:
        """The code for these types of arguments; None if there is no whole file of it."""
        target.refresh()
        file = self.file(signature, target) if self._enabled else None
        content = cache_folder.read(file) if file else None
        if content is None:
            COMPILING.begins()
            return None
        try:
            return compiler.CompileResult._rebuild(target, *pickle.loads(content))
        except _UNREADABLE:
            return None

    def save_overload(self, signature: Any, result: Any) -> None:
        """Keep what was compiled, if Numba can keep it at all."""
        COMPILING.goes_on()
        if not self._enabled or result.lifted or result.library.has_dynamic_globals:
            return
        file = self.file(signature, result.target_context)
        if file is not None:
            self._keep(file, dumps(result._reduce()))

    def _keep(self, file: Path, content: bytes) -> None:
        """Where it cannot be done, code is compiled again."""
        try:
            cache_folder.write(file, content)
            cache_folder.prune(file.parent, f"{file.name.rpartition('-')[0]}-*", KEPT)
        except OSError:
            tell_if_not_kept()

    def _name(self) -> str:
        module, name = self._function.__module__, self._function.__qualname__
        return f"{module}.{name}".replace("<", "").replace(">", "")


def are_kept(functions: Sequence[Any], types: Sequence[tuple[Any, ...]]) -> bool:
    """Whether machine code of these functions, for these types of arguments, is on disk."""
    return all(
        (file := function._cache.file(arguments, function.targetctx)) is not None and file.exists()
        for function, arguments in zip(functions, types, strict=True)
    )
