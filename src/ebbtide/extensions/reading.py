"""The functions that extend the model, out of what is given: functions, modules or Python files."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Iterable, Iterator
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

from ebbtide.extensions.declaring import EXTENDS
from ebbtide.scenario import arguments
from ebbtide.scenario.faults import Fault, Faults, shown
from ebbtide.scenario.project import label, near_file

DECLARED = "functions under @eb.weekly_outcome, @eb.run_metric or @eb.rule_override"

ALLOWED = f"a Python file, a module, or {DECLARED}"


def functions_of(given: Iterable[Any]) -> tuple[list[Any], list[str]]:
    """The functions so declared, and the names of what was given. Raises Faults.

    A file is executed, as Python does with a module that is imported.
    """
    if isinstance(given, str | os.PathLike | ModuleType) or callable(given):
        given = [given]
    if not isinstance(given, Iterable):
        raise Faults([Fault("extensions", None, shown(given), ALLOWED)])
    functions: list[Any] = []
    names: list[str] = []
    for each in given:
        found, name = _found(each)
        functions += [function for function in found if function not in functions]
        names.append(name)
    return functions, names


def _found(given: Any) -> tuple[list[Any], str]:
    match given:
        case ModuleType():
            functions, name = [*_declared(given)], given.__name__
        case str() | os.PathLike():
            path = arguments.path(given, "extensions", None, ALLOWED)
            functions, name = [*_declared(_module(path))], label(path)
        case _ if callable(given):
            name = getattr(given, "__name__", repr(given))
            functions = [given] if hasattr(given, EXTENDS) else []
        case _:
            raise Faults([Fault("extensions", None, shown(given), ALLOWED)])
    if not functions:
        raise Faults([Fault(name, None, "nothing that extends the model", DECLARED)])
    return functions, name


def _declared(module: ModuleType) -> Iterator[Any]:
    return (value for value in vars(module).values() if hasattr(value, EXTENDS))


def _module(path: Path) -> ModuleType:
    """The module that a file makes; it stands in no table, so that its functions travel whole."""
    name = label(path)
    if not path.is_file() or path.suffix != ".py":
        found = "no Python file" if path.exists() else "no such file"
        raise Faults([Fault(name, None, found, "a file such as my_rules.py", near_file(path))])
    spec = spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    before = sys.modules.get(path.stem)
    sys.modules[path.stem] = module  # as some decorators want it
    try:
        spec.loader.exec_module(module)
    except Exception as error:
        raise Faults([Fault(_place(name, path, error), None, _said(error))]) from error
    finally:
        del sys.modules[path.stem]
        if before is not None:
            sys.modules[path.stem] = before
    return module


def _said(error: Exception) -> str:
    return f"{type(error).__name__}: {getattr(error, 'msg', error)}"


def _place(name: str, path: Path, error: Exception) -> str:
    """The file with the last of its lines that the error passed."""
    if isinstance(error, SyntaxError):
        return f"{name}:{error.lineno}"
    passed = [each.lineno for each in traceback.extract_tb(error.__traceback__)
              if each.filename == str(path)]  # fmt: skip
    return f"{name}:{passed[-1]}" if passed else name
