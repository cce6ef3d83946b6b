"""`ebbtide api`: the public names in Python as a page."""

from __future__ import annotations

from ebbtide.cli.pages import PageFile, print_or_write


def api(out: PageFile = None) -> None:
    """Describe what `import ebbtide` gives: signatures and docstrings, as Markdown."""
    from ebbtide.explain.api import page

    print_or_write(page(), out)
