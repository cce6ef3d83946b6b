"""Two policies at once: one, and what another adds, changes and stops of what both build on."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ebbtide.scenario.faults import Fault, Faults, shown
from ebbtide.scenario.policy_from import base_of
from ebbtide.scenario.schema.policy import POLICY_TABLES, PolicyFile
from ebbtide.scenario.validation import validate

if TYPE_CHECKING:
    from ebbtide.scenario.policy import Policy
    from ebbtide.scenario.scenario import Scenario


def mixed(one: Policy, other: Policy, scenario: Scenario) -> Policy:
    """The first with all in which the second differs from what it builds on; it keeps the first's name.

    Raises Faults for what both change or add under one name, unless they do the same.
    """
    document = one.document.copy()
    faults: list[Fault] = []
    for table in POLICY_TABLES:
        base, said = base_of(other, scenario, table), other.document.data.get(table) or {}
        own: dict[str, Any] = document.data.get(table) or {}
        for name in dict.fromkeys([*base, *said]):
            before, now = base.get(name), said.get(name)
            if before == now or own.get(name) == now:
                continue
            if own.get(name) != before:
                found = f"{table}.{name} in both {one.id} and {other.id}"
                faults.append(Fault("policy", None, found, "policies that change different things"))
            elif now is None:
                del own[name]
            else:
                own[name] = now
        if own:
            document.data[table] = own
    file = None if faults else validate(PolicyFile, document.data, document, faults)
    if file is None or faults:
        raise Faults(faults)
    return replace(one, file=file, document=document)


def called(policy: Policy, name: str, title: str) -> Policy:
    """The same policy under another name and title, as if it stood in a file of that name."""
    document = policy.document.copy()
    document.data["title"] = title
    faults: list[Fault] = []
    file = validate(PolicyFile, document.data, document, faults)
    if file is None:
        raise Faults(faults or [Fault("policy", "title", shown(title))])
    path = policy.path.with_name(f"{name}.toml")
    return replace(policy, file=file, document=document, path=path, day=None)
