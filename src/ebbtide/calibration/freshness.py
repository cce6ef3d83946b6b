"""What a page about a bank was made of, as digests: by them a test tells when it is stale."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING

from ebbtide.calibration.calibrate import seeing_digest
from ebbtide.compilation.sources import PACKAGE, digest_of, lives_digest

if TYPE_CHECKING:
    from ebbtide.scenario import Scenario

OF = "ebbtide.calibration."


def digests(scenario: Scenario, writer: str) -> str:
    """Of scenario, policy, what was published and how it is seen, the model, and the writer.

    `writer` is the module of `calibration` that writes the page: what it does not import counts for
    nothing.
    """
    return (
        f"Scenario digest `{scenario.digest}`; of its policy `{scenario.policy.digest}`; of what was "
        f"published and how a run is seen by it `{seeing_digest(scenario)}`; of the model "
        f"`{lives_digest()}`; of what weighs and writes `{writing_digest(writer)}`."
    )


def writing_digest(writer: str) -> str:
    """Of a module of `calibration` and all modules there that it imports, one by the other."""
    found: dict[str, Path] = {}
    left = [writer]
    while left:
        name = left.pop()
        if name not in found:
            found[name] = PACKAGE / "calibration" / f"{name}.py"
            left += _imported(found[name])
    return digest_of([*found.values()])


def _imported(file: Path) -> list[str]:
    """The modules of `calibration` that a file imports, for types too."""
    nodes = ast.walk(ast.parse(file.read_bytes()))
    modules = [node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)]
    return [module.removeprefix(OF) for module in modules if module.startswith(OF)]
