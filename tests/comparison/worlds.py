"""The small scenario with policies of its own, in a folder."""

from __future__ import annotations

from pathlib import Path

from shipped import copy_small

POLICIES = {
    "same": 'extends = "minimal.toml"\ntitle = "The same under another name"\n',
    "harder": 'extends = "minimal.toml"\ntitle = "Harder strikes"\n[acts.strikes]\nstrength = 1\n',
    "longer": 'extends = "minimal.toml"\ntitle = "An offensive that lasts"\n'
    "[acts.offensive]\nstop = 2002-12-01\n",
}


def write_world(folder: Path) -> Path:
    """The scenario's file, with policies `minimal`, `nothing` and those above beside it."""
    copy_small(folder)
    for name, text in POLICIES.items():
        (folder / "minimal" / "policies" / f"{name}.toml").write_text(text, encoding="utf-8")
    return folder / "minimal.toml"
