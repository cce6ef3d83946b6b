"""`ebbtide api`: the public names in Python as a page."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ebbtide.cli.pages import print_or_write
from ebbtide.cli.written import a_file


def api(
    out: Annotated[
        Path | None,
        typer.Option(
            parser=a_file, metavar="FILE", help="The file it goes into.", show_default="stdout"
        ),
    ] = None,
) -> None:
    """Describe what `import ebbtide` gives: signatures and docstrings, as Markdown."""
    from ebbtide.explain.api import page

    print_or_write(page(), out)
