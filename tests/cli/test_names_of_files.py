"""Names that no file system takes, or that lead nowhere, end a command with 2 and the cause."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from ebbtide.scenario import Faults, arguments

QUICK = ("--replications=1", "--workers=1", "--until=2001-02-04", "--no-plots")
NAMES = {
    "~no-such-user/x": "of a user whose home is not known",
    "\udcff\udcfe.toml": "a name that is not in UTF-8",
    "a" * 300 + ".toml": "file name too long",
    "/dev/full/x.toml": "",
    "/dev/full": "",
}
COMMANDS = {
    "run": lambda name: ("run", name, *QUICK),
    "out": lambda name: ("run", "minimal", f"--out={name}", *QUICK),
    "policy": lambda name: ("run", "minimal", f"--policy={name}", *QUICK),
    "with": lambda name: ("run", "minimal", f"--with={name}", *QUICK),
    "sweep": lambda name: ("sweep", name),
    "plot": lambda name: ("plot", name),
    "plot to": lambda name: ("plot", "nowhere", f"--out={name}"),
    "check": lambda name: ("check", name),
    "from": lambda name: ("run", f"--from={name}", "--run=0"),
    "new": lambda name: ("new", name),
    "page": lambda name: ("schema", f"--out={name}"),
}


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("name", NAMES)
def test_a_name_that_leads_nowhere_is_told(ebbtide, command: str, name: str) -> None:
    words: Sequence[str] = COMMANDS[command](name)
    answer = ebbtide(*words)
    assert answer.code == 2, answer
    assert "Traceback" not in answer.err
    if command in ("run", "out", "policy", "with"):
        assert NAMES[name] in answer.err


def test_a_path_may_begin_at_home(monkeypatch: pytest.MonkeyPatch, tmp_path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert arguments.path("~/x", "open", None, "a folder") == tmp_path / "x"
    with pytest.raises(Faults, match="open: found 3; allowed: a folder"):
        arguments.path(3, "open", None, "a folder")
