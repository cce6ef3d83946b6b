"""What a value in the wrong form was meant to be: a number with separators, a yes or no in words."""

from __future__ import annotations

import re

_THOUSANDS = re.compile(r"[+-]?\d{1,3}([,' _\u00a0\u202f]\d{3})+(\.\d+)?")
_DECIMAL_COMMA = re.compile(r"[+-]?\d+,\d+")
_PLAIN = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?", re.IGNORECASE)
_TRUE, _FALSE = {"true", "yes", "y", "on", "1"}, {"false", "no", "n", "off", "0", "none"}


def meant_number(found: object) -> str | None:
    """The number that a text was meant to be: without thousands' signs, with a decimal point."""
    if not isinstance(found, str):
        return None
    text = found.strip().rstrip(",;")
    if _THOUSANDS.fullmatch(text):
        text = re.sub(r"[,' _\u00a0\u202f]", "", text)
    elif _DECIMAL_COMMA.fullmatch(text):
        text = text.replace(",", ".")
    return text if _PLAIN.fullmatch(text) else None


def meant_truth(found: object) -> str | None:
    """`true` or `false`, where something else says yes or no."""
    said = str(found).strip().lower()
    return "true" if said in _TRUE else "false" if said in _FALSE else None
