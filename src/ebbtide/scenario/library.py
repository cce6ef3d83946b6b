"""Scenarios and policies by path or by name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from ebbtide.scenario.document import read_document
from ebbtide.scenario.faults import Fault, Faults, listed, nearest
from ebbtide.scenario.policy import Policy
from ebbtide.scenario.scenario import Scenario

_PACKAGE = Path(__file__).parents[1]


def load(path_or_name: str | Path, overrides: Mapping[str, object] | None = None) -> Scenario:
    """Read and check a scenario: a file, or the name of a shipped one (`minimal`).

    `overrides` maps dotted paths to values (`{"groups.a.pay": 250}`). Raises Faults, which
    names everything that is wrong.
    """
    path = _find(path_or_name, "scenario", _shipped())
    scenario = Scenario.read(read_document(path))
    return scenario.with_overrides(overrides) if overrides else scenario


def load_policy(path_or_name: str | Path, scenario: Scenario) -> Policy:
    """Read and check a policy: a file, or a name in `policies/` beside the scenario's file.

    Raises Faults.
    """
    folder = scenario.path.parent / "policies"
    policy = Policy.read(_find(path_or_name, "policy", [folder]))
    faults: list[Fault] = []
    policy.check(scenario.file, scenario.names, faults)
    if faults:
        raise Faults(faults)
    return policy


def _shipped() -> list[Path]:
    """The folders of shipped scenarios: the checkout's, and the installed package's."""
    checkout = _PACKAGE.parents[1]
    folders = [checkout / "scenarios"] if (checkout / "pyproject.toml").is_file() else []
    return [*folders, _PACKAGE / "shipped"]


def _find(path_or_name: str | Path, kind: str, folders: Iterable[Path]) -> Path:
    path, text = Path(path_or_name), str(path_or_name)
    try:
        if path.is_file():
            return path
        if len(path.parts) == 1:
            for folder in folders:
                found = folder / (text if path.suffix == ".toml" else f"{text}.toml")
                if found.is_file():
                    return found
    except (OSError, ValueError) as error:
        raise Faults(
            [Fault(text[:60], None, "no usable name", f"a {kind} file or name")]
        ) from error
    if len(path.parts) != 1 or path.suffix == ".toml" or path.is_dir():
        return path  # reading it says what is wrong
    names = [file.stem for folder in folders for file in folder.glob("*.toml")]
    found_name = f'no {kind} called "{text}"'
    raise Faults(
        [Fault(text, None, found_name, f"a file, or {listed(names)}", nearest(text, names))]
    )
