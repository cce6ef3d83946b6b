"""Compiled functions whose source is made from declarations."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ebbtide.compilation.compiled import compiled

# How the rows of what acts or is acted upon are called in such a source.
ROWS = {"force": "f", "group": "g", "place": "p", "post": "k"}


def compiled_from(
    module: str, name: str, takes: Iterable[str], body: Iterable[str], **reads: Any
) -> Any:
    """A compiled function of a module: its name, what it takes, its lines, what else they read."""
    lines = [f"def {name}({', '.join(takes)}):", *(f"    {line}" for line in body), ""]
    names = {"__name__": module, **reads}
    exec(compile("\n".join(lines), f"<{name}>", "exec"), names)
    return compiled(names[name])
