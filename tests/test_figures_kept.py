"""The figures of README and documents are of the model as it is."""

from __future__ import annotations

import tomllib
from pathlib import Path

from ebbtide.compilation.sources import runs_digest
from ebbtide.scenario import load

ROOT = Path(__file__).resolve().parents[1]
FIGURES = ROOT / "docs" / "figures"


def test_kept_figures_are_of_the_model_as_it_is() -> None:
    made = tomllib.loads((FIGURES / "made-of.toml").read_text(encoding="utf-8"))
    assert set(made["made_by"]) == {path.name for path in FIGURES.glob("*.png")}
    found = {"model": runs_digest(), "scenario": load("khorasan").digest}
    stated = {key: made[key] for key in found}
    assert stated == found, (
        f"run the commands of made-of.toml, copy what they draw, and state {found}"
    )
