"""Scenarios and policies by path or by name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from os import PathLike
from pathlib import Path

from ebbtide.installed import shipped_folders
from ebbtide.scenario import arguments, policy_from
from ebbtide.scenario.document import read_document, read_toml
from ebbtide.scenario.faults import Fault, Faults, listed, nearest
from ebbtide.scenario.file_kind import FileKind, kind_of_file
from ebbtide.scenario.policy import Policy, parted, raise_faults
from ebbtide.scenario.project import label, policy_folders
from ebbtide.scenario.scenario import Scenario

_NO_SCENARIO = {
    FileKind.BASE: "a scenario",
    FileKind.POLICY: "a scenario; a policy is given with --policy",
    FileKind.STUDY: "a scenario; `ebbtide sweep` runs a study",
    FileKind.PRICES: "a scenario",
    FileKind.CLAIMS: "a scenario, whose `evidence.claims` names it",
    FileKind.CLAIM_TESTS: "a scenario, whose `evidence.claim_tests` names it",
}  # what is asked for in its place


def load(path_or_name: str | Path, overrides: Mapping[str, object] | None = None) -> Scenario:
    """Read and check a scenario: a file, or the name of a shipped one (`minimal`).

    `overrides` maps dotted paths to values (`{"groups.a.pay": 250}`). Raises Faults, which
    names everything that is wrong.
    """
    document = read_document(find_scenario(path_or_name))
    kind = kind_of_file(document)
    if kind in _NO_SCENARIO:
        raise Faults([Fault(label(document.path), None, kind.value, _NO_SCENARIO[kind])])
    scenario = Scenario.read(document)
    if overrides is None:
        return scenario
    values = arguments.values_by_path(overrides, "load: overrides")
    return scenario.with_overrides(values) if values else scenario


def load_policy(path_or_name: str | Path, scenario: Scenario) -> Policy:
    """Read and check a policy: a file, or a name in the scenario's folders of policies.

    Those are `NAME/policies/` and `policies/` beside its file NAME.toml. `NAME@2015-07-01` is the same
    policy from that day on (`ebbtide.scenario.policy_from`). Raises Faults.
    """
    allowed = "a loaded scenario, as `load` gives it"
    arguments.must(isinstance(scenario, Scenario), "load_policy", "scenario", scenario, allowed)
    faults: list[Fault] = []
    name, day = policy_from.name_and_day(path_or_name)
    policy = Policy.attempt(find_policy(name, scenario), None, faults)
    if policy is not None and day is not None and not faults:
        policy = policy_from.begun_on(policy, day, scenario)
    if policy is not None:
        policy.check(scenario.file, scenario.names, faults, tried=scenario.tried)
    raise_faults(policy, scenario.id, scenario.names, faults)
    assert policy is not None
    return policy


def chosen_policy(
    policy: Policy | str | Path | None, scenario: Scenario, overrides: Mapping[str, object]
) -> Policy:
    """The policy of a run: the scenario's own if none is named; checked with its overrides.

    Raises Faults, and TypeError for what names no policy.
    """
    if not overrides and (policy is None or policy is scenario.policy):
        return scenario.policy
    if policy is None:
        policy = scenario.policy
    elif not isinstance(policy, Policy):
        policy = load_policy(policy, scenario)
    if overrides:
        policy = policy.with_overrides(overrides)
    faults: list[Fault] = []
    policy.check(scenario.file, scenario.names, faults, tried=scenario.tried)
    if faults:
        raise Faults(faults)
    return policy


def lived_with(
    scenario: Scenario, policy: Policy | None, values: Mapping[str, object]
) -> tuple[Scenario, Policy]:
    """A scenario and a policy (without: its own) with the values of a run. Raises Faults."""
    of_scenario, of_policy = parted(values)
    lived = scenario.with_overrides(of_scenario) if of_scenario else scenario
    return lived, chosen_policy(policy, lived, of_policy)


def find_scenario(path_or_name: str | Path) -> Path:
    """The file of a scenario; raises Faults for a name that none has."""
    return _find(path_or_name, "scenario", shipped_folders())


def find_policy(path_or_name: str | Path, scenario: Scenario) -> Path:
    """The file of a policy; raises Faults for a name that none has beside the scenario.

    Nor beside what the scenario extends.
    """
    folders = (folder for file in scenario.files for folder in policy_folders(file))
    return _find(path_or_name, "policy", dict.fromkeys(folders))


def _is_titled(file: Path) -> bool:
    try:
        return "title" in read_toml(file)
    except Faults:
        return False


def _find(path_or_name: str | Path, kind: str, folders: Iterable[Path]) -> Path:
    if not isinstance(path_or_name, str | PathLike):
        raise TypeError(
            f"a {kind} is a loaded one, a path or the name of a shipped one, not {path_or_name!r}"
        )
    path = arguments.path(path_or_name, kind, None, f"a {kind} file or name")
    text = str(path_or_name)
    if path.is_file():
        return path
    if len(path.parts) == 1:
        for folder in folders:
            found = folder / (text if path.suffix == ".toml" else f"{text}.toml")
            if found.is_file():
                return found
    if len(path.parts) != 1 or path.suffix == ".toml" or path.is_dir():
        return path  # reading it says what is wrong
    files = [file for folder in folders for file in folder.glob("*.toml")]
    names = [file.stem for file in files if _is_titled(file)]
    here = {file.stem: file.name for file in path.parent.glob("*.toml")}
    near = nearest(text, here.values() if path.suffix else names)
    near = near or here.get(nearest(path.stem, here) or "") or nearest(path.stem, names)
    found_name = f'no {kind} called "{text}"'
    raise Faults([Fault(text, None, found_name, f"a file, or {listed(names)}", near)])
