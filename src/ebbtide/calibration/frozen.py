"""A forecast as a folder that changes no more: its files, their hashes, and one hash of all.

forecast.json       what it was made of and with, and the hash of every other file
forecast.md         the same for people
claims.csv          the text's forecasts, as probabilities
samples.parquet     all that is forecast, draw by draw
model-output/       quantiles, a folder a model: this one, and naive ones beside it
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np

from ebbtide.calibration.hub import ForecastTask, model_of, read_quantiles
from ebbtide.scenario import Fault, Faults
from ebbtide.study.store import Refused, write_whole

STATEMENT, PAGE, CLAIMS, SAMPLES = (
    "forecast.json", "forecast.md", "claims.csv", "samples.parquet",
)  # fmt: skip
FORMAT = 1
FROZEN_KEYS = ("format", "reference_date", "areas", "files", "sha256")


def freeze(folder: Path, files: Mapping[str, bytes], made_of: Mapping[str, Any]) -> dict[str, Any]:
    """Write a forecast's files, and what it was made of with their hashes; returns that.

    Raises Refused where the folder holds anything already.
    """
    if folder.exists() and any(folder.iterdir()):
        raise Refused(
            f"{folder}: holds something already; a forecast is written once, into its own"
        )
    hashes = {name: sha256(content).hexdigest() for name, content in sorted(files.items())}
    stated = {"format": FORMAT, **made_of, "files": hashes, "sha256": hash_of_all(hashes)}
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        write_whole(folder / name, content)
    write_whole(
        folder / STATEMENT, json.dumps(stated, indent=1, ensure_ascii=False).encode() + b"\n"
    )
    return stated


def hash_of_all(hashes: Mapping[str, str]) -> str:
    """The hash of the lines that `sha256sum` prints of the files, in the order of their names."""
    lines = "".join(f"{found}  {name}\n" for name, found in sorted(hashes.items()))
    return sha256(lines.encode()).hexdigest()


@dataclass(frozen=True)
class Frozen:
    """A forecast, read: by model the quantiles of every task, and what areas mean."""

    folder: Path
    stated: Mapping[str, Any]
    models: Mapping[str, Mapping[ForecastTask, np.ndarray]]

    @classmethod
    def open(cls, folder: Path) -> Frozen:
        """The forecast in a folder. Raises Refused for none, and for one that has been changed."""
        stated = _statement(folder)
        changed = [name for name, was in stated["files"].items() if _hash(folder / name) != was]
        if changed or hash_of_all(stated["files"]) != stated["sha256"]:
            what = ", ".join(changed) or STATEMENT
            raise Refused(
                f"{folder}: no longer the forecast that was made: {what} changed or missing"
            )
        files = [name for name in stated["files"] if name.startswith("model-output/")]
        models = {model_of(name): read_quantiles(folder / name) for name in files}
        return cls(folder, stated, models)

    @property
    def reference_date(self) -> dt.date:
        """The day of the forecast."""
        return dt.date.fromisoformat(self.stated["reference_date"])

    @property
    def areas(self) -> Mapping[str, list[str]]:
        """The places of each country; a place stands for itself."""
        found: Mapping[str, list[str]] = self.stated["areas"]
        return found


def _statement(folder: Path) -> dict[str, Any]:
    try:
        stated = json.loads((folder / STATEMENT).read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        allowed = "a folder that `ebbtide forecast` made"
        raise Faults([Fault(str(folder), None, f"no {STATEMENT}", allowed)]) from None
    except (OSError, ValueError) as error:
        raise Refused(f"{folder / STATEMENT}: cannot be read: {error}") from None
    missing = [key for key in FROZEN_KEYS if not isinstance(stated, dict) or key not in stated]
    if missing or stated["format"] != FORMAT:
        why = f"without {', '.join(missing)}" if missing else f"of format {stated['format']}"
        raise Refused(f"{folder / STATEMENT}: {why}; this version reads format {FORMAT}")
    return dict(stated)


def _hash(file: Path) -> str | None:
    try:
        return sha256(file.read_bytes()).hexdigest()
    except OSError:
        return None
