"""What the model must not be used for, as the README says it."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

_PACKAGE = Path(__file__).parents[2]
SECTION = "What it is not for"


def not_for() -> str:
    """The first paragraph of that section of the README, of a clone or as the wheel has it."""
    shipped = _PACKAGE / "README.md"
    readme = shipped if shipped.is_file() else _PACKAGE.parents[1] / "README.md"
    section = readme.read_text(encoding="utf-8").split(f"## {SECTION}\n", 1)[1].split("\n## ", 1)[0]
    paragraph = section.strip().split("\n\n", 1)[0]
    plain = re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", paragraph).replace("`", "")
    return unescape(" ".join(plain.split()))
