"""How the comparison is run again, and of what exactly it is: command, versions, hashes."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ebbtide.comparison.limits import limited, typed
from ebbtide.comparison.outcomes import chosen_outcomes
from ebbtide.comparison.question import ComparisonAsked
from ebbtide.study.asked import options, options_by_field
from ebbtide.study.manifest import LIBRARIES

if TYPE_CHECKING:
    from ebbtide.comparison.comparison import Comparison


def command(comparison: Comparison) -> str:
    """What makes these runs and this page again, as they are read; with a bank, as it was named."""
    manifest = comparison.results.manifest
    limits = comparison.limits
    usual = [*(chosen_outcomes(None, manifest, "outcomes") | limited(limits, manifest))]
    asked = [*comparison.outcomes]
    read = {
        "reference": comparison.reference,
        "start": comparison.start,
        "outcomes": None if asked == usual else asked,
        "limits": typed(limits),
    }
    said = options_by_field(ComparisonAsked)
    of_reading = {said[name] for name in read}
    words = shlex.split(manifest["command"])
    kept = [word for word in words if word.partition("=")[0] not in of_reading]
    also = options(
        {said[name]: value for name, value in read.items()}
        | {
            "--bank": (comparison.bank or "BANK") if comparison.published else None,
            "--report": True,
        }
    )
    return shlex.join([*kept, *also])


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
