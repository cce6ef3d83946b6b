"""`ebbtide new`: a project of one's own, outside of any checkout, that checks and runs at once."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Annotated

import typer

from ebbtide.cli.written import a_path

EXAMPLES = """\b
Examples:
  ebbtide new sahel               # the folder sahel/
  cd sahel
  ebbtide check scenario.toml
  ebbtide run scenario.toml
"""

TEMPLATE = Path(__file__).parents[1] / "template"


def new(
    folder: Annotated[
        Path, typer.Argument(parser=a_path, metavar="NAME", help="The folder to be made.")
    ],
) -> None:
    """Make a project: a commented scenario with its tables, policies and a study, all invented.

    It checks and runs as it stands. The rules' numbers are those that are shipped
    (`extends = "ebbtide:parameters"`); a shipped scenario is varied the same way
    (`extends = "ebbtide:minimal"`).
    """
    from ebbtide.cli.output import path_shown
    from ebbtide.cli.written import write_out
    from ebbtide.explain.json_schema import files
    from ebbtide.study.store import Refused

    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Refused(f"{folder}: is there already; name another folder")
    words = folder.resolve().name.replace("-", " ").replace("_", " ").replace('"', "'").split()
    title = " ".join(words).capitalize() or "A conflict"
    for file in sorted(path for path in TEMPLATE.rglob("*") if path.is_file()):
        text = file.read_text(encoding="utf-8").replace("$title", title.replace("\\", "/"))
        write_out(folder / file.relative_to(TEMPLATE), text)
    for name, text in files().items():
        write_out(folder / "schemas" / name, text)
    print(f"{path_shown(folder)}: scenario.toml and what it needs; next:")
    print(f"  cd {shlex.quote(path_shown(folder))}")
    print("  ebbtide check scenario.toml")
    print("  ebbtide run scenario.toml")
