"""Every block of commands and Python in the documents runs, in a copy of the repository.

A block is fenced and says its language. In `sh` and `python` it is run, each block in a process of
its own, in the order of the page; `text` is none to run, and a `diff` is for
`test_everyday_changes.py`. A comment on the line before says more:
`<!-- file: PATH -->` writes the block to that file and has `ebbtide check` read it, or Python;
`<!-- not run: REASON -->` leaves it alone. Runs and sweeps are made smaller, and nothing is
installed.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import socket
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import typer
from markdown_it import MarkdownIt
from markdown_it.token import Token

from ebbtide.cli.main import app

ROOT = Path(__file__).resolve().parents[1]
PAGES = ["README.md", *(f"docs/{page.name}" for page in sorted((ROOT / "docs").glob("*.md")))]
PAGES += [page.name for page in sorted(ROOT.glob("CO*.md"))]
LANGUAGES = {"sh", "python", "toml", "text", "diff"}
MINUTES = 9

# What a reader's shell has and a script's has not; and all that was started ends with the block.
SHELL = """
set -emuo pipefail
trap 'for job in $(jobs -p); do kill -- -$job; done 2>/dev/null || true' EXIT
pip() { echo "not installed here: $*"; }
"""


@dataclass(frozen=True)
class Block:
    """A fenced block of a page, and what the comment before it says."""

    page: str
    line: int
    language: str
    text: str
    file: str | None
    reason: str | None

    def __str__(self) -> str:
        return f"{self.page}:{self.line}"


def blocks(page: str, text: str) -> Iterator[Block]:
    said: Token | None = None
    for token in MarkdownIt().parse(text):
        if token.type in ("fence", "code_block"):
            line = (token.map or [0])[0] + 1
            comment = said.content if said and said.map and said.map[1] == line - 1 else ""
            file = re.fullmatch(r"<!-- file: (\S+) -->\s*", comment)
            reason = re.fullmatch(r"<!-- not run: (.+) -->\s*", comment)
            language = token.info.strip() if token.type == "fence" else "indented"
            yield Block(page, line, language, token.content, file and file[1], reason and reason[1])
        said = token if token.type == "html_block" else None


def test_the_citation_is_of_this_version() -> None:
    cited = re.search(r"^version: (.+)$", (ROOT / "CITATION.cff").read_text(), re.MULTILINE)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert cited is not None
    assert cited[1] == project["version"]


def of_page(page: str) -> list[Block]:
    return list(blocks(page, (ROOT / page).read_text(encoding="utf-8")))


def in_prose(page: str) -> Iterator[str]:
    """Code within the sentences of a page."""
    for token in MarkdownIt().parse((ROOT / page).read_text(encoding="utf-8")):
        yield from (part.content for part in token.children or () if part.type == "code_inline")


def commands(text: str) -> Iterator[list[str]]:
    """The words of every call of Ebbtide in a block of commands."""
    for call in re.findall(r"(?:^|[\s;&|])ebbtide ([^\n&|;]*)", text):
        yield shlex.split(call, comments=True)


@cache
def command_line() -> Any:
    """All commands with their options; made once, since it takes a tenth of a second."""
    return typer.main.get_command(app)


def unknown(words: list[str]) -> list[str]:
    """What in a call is no command, or no option of it."""
    group = command_line()
    known = getattr(group, "commands", {})
    if words[0].startswith("-"):
        command = group
    elif words[0] in known:
        command = known[words[0]]
    else:
        return [words[0]]
    options = {"--help"}.union(*(p.opts + p.secondary_opts for p in command.params))
    asked = [word.partition("=")[0] for word in words if word.startswith("-")]
    return [option for option in asked if option not in options]


@pytest.mark.parametrize("page", PAGES)
def test_blocks_say_what_they_are(page: str) -> None:
    unsaid = [f"{b}: {b.language or 'no language'}" for b in of_page(page)
              if b.language not in LANGUAGES]  # fmt: skip
    assert not unsaid


@pytest.mark.parametrize("page", PAGES)
def test_commands_and_their_options_exist(page: str) -> None:
    told = [block.text for block in of_page(page) if block.language == "sh"]
    calls = [words for text in (*told, *in_prose(page)) for words in commands(text)]
    wrong = {" ".join(words): unknown(words) for words in calls}
    assert not {call: names for call, names in wrong.items() if names}


@pytest.mark.parametrize(
    ("call", "wrong"),
    [
        ("uv run ebbtide plunder khorasan", ["plunder"]),
        ("ebbtide run khorasan --replicatoins 3", ["--replicatoins"]),
        ("ebbtide run khorasan --replications 3  # --not-an-option", []),
        ("pip install uv && uv run ebbtide run --polcy=nothing", ["--polcy"]),
    ],
)
def test_a_command_that_is_none_is_told(call: str, wrong: list[str]) -> None:
    (words,) = commands(call)
    assert unknown(words) == wrong


def smaller(text: str, port: int) -> str:
    """The same commands with two runs where they say no number, ten at most; a port that is free."""
    whole = r"ebbtide run (?!--help|[^\n]*--(?:replications|from))[^\n#&|;]*"
    text = re.sub(whole, lambda call: f"{call[0].rstrip()} --replications 2 ", text)
    return re.sub(r"--replications \d\d+", "--replications 10", text).replace("8786", str(port))


def ran(block: Block, folder: Path, port: int) -> subprocess.CompletedProcess[str]:
    """Run a block in a folder; what it said is in `stdout`."""
    if block.file:
        (folder / block.file).write_text(block.text, encoding="utf-8")
        reads = "python" if block.language == "python" else "ebbtide check"
        script = f"{SHELL}{reads} {block.file}"
    elif block.language == "sh":
        script = SHELL + smaller(block.text, port)
    else:
        script = f"{SHELL}python - <<'END OF BLOCK'\n{block.text}\nEND OF BLOCK\n"
    environment = os.environ | {
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "UV_PROJECT_ENVIRONMENT": sys.prefix,
        "UV_NO_SYNC": "1",
        "MYPY_CACHE_DIR": str(ROOT / ".mypy_cache"),  # what is checked already need not be again
    }
    said = folder / "said.txt"
    with said.open("w+", encoding="utf-8") as stream:
        done = subprocess.run(
            ["bash", "-c", script],
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=stream,
            stderr=stream,
            timeout=60 * MINUTES,
            check=False,
        )
    return subprocess.CompletedProcess(
        done.args, done.returncode, said.read_text(encoding="utf-8")[-3000:]
    )


def failures(page: list[Block], folder: Path) -> list[str]:
    """Of a page's blocks those that end in a fault, with what they said."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    found = []
    for block in page:
        if block.reason or (block.language not in ("sh", "python") and not block.file):
            continue
        done = ran(block, folder, port)
        if done.returncode:
            found.append(f"{block}: exit code {done.returncode}\n{block.text}{done.stdout}")
    return found


@pytest.mark.slow
@pytest.mark.longest
@pytest.mark.parametrize("page", [page for page in PAGES if of_page(page)])
def test_pages_run(page: str, tmp_path: Path) -> None:
    folder = tmp_path / "copy"
    left = shutil.ignore_patterns(".git", ".venv", "results", ".*_cache", "__pycache__")
    shutil.copytree(ROOT, folder, ignore=left)
    for study in (folder / "experiments").glob("*.toml"):
        text = re.sub(r"(?m)^replications = \d+", "replications = 1", study.read_text("utf-8"))
        study.write_text(text, encoding="utf-8")
    assert not failures(of_page(page), folder)


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("```sh\ntrue\n```\n", 0),
        ("```sh\nebbtide-of-old run khorasan\n```\n", 1),
        ("```sh\nfalse | cat\ntrue\n```\n", 1),
        ("```sh\nsleep 600 &\nkill %1\n```\n", 0),
        ("```python\nimport ebbtide as eb\nassert eb.load\n```\n", 0),
        ("```python\nimport ebbtide as eb\neb.plunder\n```\n", 1),
        ("<!-- not run: a reason -->\n```sh\nfalse\n```\n", 0),
        ("<!-- not run: a reason -->\n\nWords between.\n\n```sh\nfalse\n```\n", 1),
        ("```text\nfalse\n```\n", 0),
    ],
)
def test_a_block_that_fails_is_told(text: str, faults: int, tmp_path: Path) -> None:
    assert len(failures(list(blocks("page.md", text)), tmp_path)) == faults
