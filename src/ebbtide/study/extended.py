"""Which extensions made the runs of a results folder, and whether those that are given are the same."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ebbtide.extensions import Extensions
from ebbtide.study.manifest_file import KeptExtensions

KIND_WORDS = {"outcomes": "weekly outcome", "metrics": "metric", "rules": "rule"}


def told_extensions(extensions: Extensions) -> KeptExtensions:
    """What a manifest says of them; no path of a machine enters it."""
    told = extensions.statement()
    return KeptExtensions.model_validate(
        told | {"named": named_without_root(extensions)} if told else told
    )


def named_without_root(extensions: Extensions) -> list[str]:
    """How the user named them, absolute paths cut to their last part."""
    return [Path(name).name if Path(name).is_absolute() else name for name in extensions.named]


def digests_of(told: Mapping[str, Any]) -> dict[str, str]:
    """What they compute, by what they are."""
    return {
        f"{words} {name}": each["digest"]
        for kind, words in KIND_WORDS.items()
        for name, each in told.get(kind, {}).items()
    }


def differing(kept: Mapping[str, Any], asked: Mapping[str, Any]) -> str:
    """In words, how the extensions of a folder differ from those that are given now."""
    before, now = digests_of(kept), digests_of(asked)
    changed = [name for name in before.keys() & now.keys() if before[name] != now[name]]
    if changed:
        names = ", ".join(sorted(changed))
        return f"extensions: {names} computes something else than when the folder was made"
    made, given = (", ".join(names) or "none" for names in (before, now))
    line = f"extensions: the folder was made with {made}; given: {given}"
    return f"{line} (it was given {' '.join(with_options(kept))})" if kept else line


def with_options(told: Mapping[str, Any]) -> list[str]:
    """Options of a command that give the extensions of a manifest."""
    return [f"--with={name}" for name in told.get("named", ())]
