"""A small conflict that somebody speaks of, to be calibrated in seconds."""

from __future__ import annotations

from pathlib import Path

from ebbtide.scenario.schema.evidence import NEEDED
from shipped import copy_small

SAID = [("2001-12-30", "180", "220"), ("2002-06-30", "150", "250")]
FREE = ["groups.embers.pay", "groups.league.fighters"]


def spoken_of(folder: Path, *, free: list[str] = FREE, further: str = "") -> Path:
    """Write the small scenario with two estimates of strength, and what is free; returns its file."""
    copy_small(folder)
    rows = [",".join(NEEDED["strength"])]
    for date, low, high in SAID:
        cells = {"date": date, "date_precision": "day", "low": low, "high": high,
                 "counts": "fighters", "area": "all", "publisher": "Gazette"}  # fmt: skip
        rows.append(",".join(cells.get(name, "") for name in NEEDED["strength"]))
    (folder / "strength.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    (folder / "own.toml").write_text(
        f'extends = "minimal.toml"\ncut = 2002-12-29\n{further}\n[evidence]\n'
        'strength = "strength.csv"\nof = "embers"\n'
        f'[calibration]\nsource = "a test"\nfree = {free}\n'.replace("'", '"'),
        encoding="utf-8",
    )
    return folder / "own.toml"
