"""A script of `experiments/` as a module, for tests of what it does."""

from __future__ import annotations

import importlib.util
import sys
from types import ModuleType

import pytest

from ebbtide.installed import CHECKOUT


def loaded(script: str, patch: pytest.MonkeyPatch) -> ModuleType:
    """The script at a path below `experiments/`, under its own name while the patch lasts."""
    file = CHECKOUT / "experiments" / script
    found = importlib.util.spec_from_file_location(file.stem, file)
    assert found is not None
    assert found.loader is not None
    module = importlib.util.module_from_spec(found)
    patch.setitem(sys.modules, file.stem, module)  # where dataclasses look
    found.loader.exec_module(module)
    return module
