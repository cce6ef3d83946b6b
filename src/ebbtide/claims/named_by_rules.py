"""The claims that rules name: in their texts, and at their parameters."""

from __future__ import annotations

import inspect
import re

from ebbtide.rules import MECHANISMS


def rules_of(claim: str) -> dict[str, list[str]]:
    """The rules whose text or parameters name the claim, with those parameters."""
    found: dict[str, list[str]] = {}
    for name, module in MECHANISMS.items():
        parameters = [key for key, said in module.PARAMETERS.items() if claim in said["claims"]]
        if parameters or claim in _named_in_text(inspect.getsource(module)):
            found[name] = parameters
    return found


def _named_in_text(source: str) -> set[str]:
    """Claim ids after "Claims:" in the docstrings of a module."""
    lists = re.findall(r"Claims?:\s*([a-z][a-z\s,-]*)", source)
    return {name.strip() for listed in lists for name in re.split(r"[,\s]+", listed) if name}
