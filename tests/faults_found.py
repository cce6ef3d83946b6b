"""The faults of a scenario that is none."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ebbtide.scenario import Fault, Faults, load


def faults_of(path: Path, **more: Any) -> list[Fault]:
    """What reading a file ends with; a test fails where it is read."""
    with pytest.raises(Faults) as caught:
        load(path, **more)
    return caught.value.faults
