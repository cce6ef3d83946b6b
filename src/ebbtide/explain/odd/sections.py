"""A text in Markdown by its headings `## `."""

from __future__ import annotations


def by_heading(text: str) -> tuple[str, dict[str, str]]:
    """What stands before the first heading, and what under each."""
    before, *parts = f"\n{text}".split("\n## ")
    split = (part.partition("\n") for part in parts)
    return before.strip(), {heading.strip(): said.strip() for heading, _, said in split}
