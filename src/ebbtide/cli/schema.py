"""`ebbtide schema`: JSON schemas of the files a user writes, for editors."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ebbtide.cli.written import a_path

EXAMPLES = """\b
Examples:
  ebbtide schema                     # schemas/scenario.schema.json and three more
  ebbtide schema --out editor/schemas

An editor with Taplo (Even Better TOML) then completes and checks a file that begins with
`#:schema schemas/scenario.schema.json`, the path from that file to its schema.
"""


def schema(
    out: Annotated[
        Path,
        typer.Option(parser=a_path, metavar="DIR", help="The folder that they are written into."),
    ] = Path("schemas"),
) -> None:
    """Write the JSON schemas of scenario, policy, study and price files, which editors check against.

    They come from the types that `ebbtide check` reads with. `check` says more: what does not fit
    together.
    """
    from ebbtide.cli.output import path_shown
    from ebbtide.cli.written import write_out
    from ebbtide.explain.json_schema import files

    for name, text in files().items():
        write_out(out / name, text)
        print(path_shown(out / name))
