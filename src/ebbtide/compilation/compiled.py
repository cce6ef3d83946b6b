"""How rules and phases are compiled: kept on disk, one thread, the same bits as plain Python."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import llvmlite.binding
import numba
from numba.core.compiler import Compiler
from numba.extending import register_jitable

from ebbtide.compilation.machine_code import MachineCode

_AS_PYTHON: dict[str, Any] = {"error_model": "python"}
_OPTIONS: dict[str, Any] = {
    **_AS_PYTHON,
    "no_cfunc_wrapper": True,  # nobody calls them from C: a tenth less to compile
}


class _ExactCompiler(Compiler):
    """Numba's compiler without Intel's vector library, whose exp and log differ in the last bit."""

    def compile_extra(self, func: Any) -> Any:
        with _while_compiling():
            return super().compile_extra(func)  # type: ignore[no-untyped-call]


_depth = 0  # compiling a function compiles those it calls; Numba lets one thread compile at a time


@contextmanager
def _while_compiling() -> Iterator[None]:
    """Until the outermost function is compiled, no vector library and no collection of garbage."""
    global _depth
    _depth += 1
    try:
        if _depth > 1:
            yield
            return
        with _without_vector_library(), _without_collection():
            yield
    finally:
        _depth -= 1


@contextmanager
def _without_vector_library() -> Iterator[None]:
    if not numba.config.USING_SVML:  # type: ignore[attr-defined]
        yield
        return
    llvmlite.binding.set_option("ebbtide", "-vector-library=none")
    try:
        yield
    finally:
        llvmlite.binding.set_option("ebbtide", "-vector-library=SVML")


@contextmanager
def _without_collection() -> Iterator[None]:
    """Millions of objects live until code is there: looking through them takes an eighth of the time."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


PLAIN = bool(numba.config.DISABLE_JIT)  # type: ignore[attr-defined]  # NUMBA_DISABLE_JIT=1


def compiled(function: Callable[..., Any]) -> Any:
    """Compile a function of numbers or columns; call `.py_func` for the same in plain Python.

    Where NUMBA_DISABLE_JIT is set it stays as it is: everything runs in plain Python.
    """
    if PLAIN:
        return function
    dispatcher = numba.njit(pipeline_class=_ExactCompiler, **_OPTIONS)(function)
    dispatcher._cache = MachineCode(function, repr((_OPTIONS, _AS_PYTHON)))
    return dispatcher


def callable_from_compiled[Function: Callable[..., Any]](function: Function) -> Function:
    """Let compiled code call a plain function, which Python goes on to call as it is."""
    if PLAIN:
        return function
    return register_jitable(**_AS_PYTHON)(function)
