"""How the comparison is run again, and of what exactly it is: command, versions, hashes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ebbtide.study.manifest import LIBRARIES


def command(manifest: Mapping[str, Any], *, with_bank: bool = False) -> str:
    """What makes these runs and this page again; with a bank, wherever that lies."""
    return f"{manifest['command']}{' --bank=BANK' if with_bank else ''} --report"


def seeds(manifest: Mapping[str, Any]) -> str:
    """By which numbers everything is drawn."""
    return f"seed {manifest['seed']}, {manifest['replications']} replications of each policy"


def versions(manifest: Mapping[str, Any]) -> str:
    """Those that the runs were made with."""
    known = manifest["versions"]
    return ", ".join(
        f"{name} {known[name]}"
        for name in dict.fromkeys(["python", *LIBRARIES, *known])
        if name in known
    )


def hashes(manifest: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What is hashed, and its hash in full."""
    found = [("model and code of runs", manifest["code"])]
    found.append((f"scenario {manifest['scenario']['named']}", manifest["scenario"]["digest"]))
    found += [(f"policy {name}", policy["digest"]) for name, policy in manifest["policies"].items()]
    found.append(("posterior", manifest["posterior"] or "none: no draws of a posterior were used"))
    return found


def overrides(manifest: Mapping[str, Any]) -> list[str]:
    """What was set by hand, and what was added from Python."""
    said = [f"{path} = {value}" for path, value in manifest["overrides"].items()]
    said += [
        f"{kind} of one's own: {', '.join(named)}"
        for kind, named in manifest["extensions"].items()
        if named
    ]
    return said
