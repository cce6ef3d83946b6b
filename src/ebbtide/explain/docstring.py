"""A rule's docstring, read: meaning, form, paragraphs of the article, claims.

Its first paragraph says what is meant; the rest gives form and source; `¶` cites the article, and
`Claims:` ends it with the ids of the claims that it answers to.
"""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator
from dataclasses import dataclass
from types import FunctionType

_CLAIMS = re.compile(r"\s*Claims:\s*([\w\-,\s]+?)\.?\s*$")
_PARAGRAPH = re.compile(r"¶(\d+)")
_OPERATOR = re.compile(r" [*/+=-] |\^|\w\(|(?<!\w)-\w")
_WORD = re.compile(r"[A-Za-z_]+")
_DENSE = 0.4  # operators a word from which on a stretch of text is a formula


@dataclass(frozen=True, slots=True)
class Reading:
    """What a docstring says."""

    meaning: str
    text: str  # the rest, without the claims
    paragraphs: tuple[int, ...]
    claims: tuple[str, ...]

    @property
    def formulas(self) -> list[str]:
        """The formulas that stand in it."""
        stretches = pieces(f"{self.meaning} {self.text}")
        return [text.strip() for text, is_formula in stretches if is_formula]

    @property
    def remarks(self) -> str:
        """The rest, unless it is formulas alone."""
        words = [text for text, is_formula in pieces(self.text) if len(text) > 1 and not is_formula]
        return self.text if words else ""


def read(docstring: str | None) -> Reading:
    """Read a docstring; an empty one says nothing."""
    text = inspect.cleandoc(docstring or "")
    found = _CLAIMS.search(text)
    claims = tuple(re.split(r",\s*", " ".join(found[1].split()))) if found else ()
    text = text[: found.start()] if found else text
    meaning, _, rest = text.partition("\n\n")
    return Reading(_joined(meaning), _joined(rest), paragraphs(text), claims)


def paragraphs(text: str) -> tuple[int, ...]:
    """The paragraphs of the article that a text cites, in order."""
    return tuple(sorted({int(number) for number in _PARAGRAPH.findall(text)}))


def pieces(text: str) -> Iterator[tuple[str, bool]]:
    """The text cut at stops and commas outside brackets, and whether each piece is a formula.

    The stops and blanks between them are pieces of their own, so that joined they give the text.
    """
    depth, start = 0, 0
    for at, sign in enumerate(text):
        depth += (sign in "([") - (sign in ")]")
        ends = at + 1 == len(text) or text[at + 1] in " ]"
        if depth == 0 and sign in ".,:;" and ends:
            yield text[start:at], _is_formula(text[start:at])
            yield sign, False
            start = at + 1
    if text[start:]:
        yield text[start:], _is_formula(text[start:])


def _is_formula(text: str) -> bool:
    words = len(_WORD.findall(text))
    return words > 0 and len(_OPERATOR.findall(text)) >= max(1, _DENSE * words)


def form_of(function: FunctionType) -> str:
    """The form of a rule: the formulas of its docstring, else what its last line returns."""
    found = read(function.__doc__).formulas
    if found:
        return "; ".join(found)
    tree = ast.parse(inspect.getsource(function))
    returned = next(node.value for node in ast.walk(tree) if isinstance(node, ast.Return))
    said = re.sub(r"math\.|(?<=\d)\.0\b", "", ast.unparse(returned)) if returned else ""
    return re.sub(r"\b[A-Z_]{2,}\b", lambda found: found[0].lower().replace("_", " "), said)


def _joined(text: str) -> str:
    return " ".join(text.split())
