"""Every name that can be explained, by kind."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from functools import cached_property

from ebbtide.explain import claims, dated, ids, keys, kinds, levers, outcomes, quantities, rules
from ebbtide.explain.entry import Entry, Tell
from ebbtide.scenario import Fault, Faults, Scenario
from ebbtide.scenario.policy import OF_POLICY

_MOST = 5  # names suggested for an unknown one


class Catalogue:
    """The names that a scenario and the rules give, each with what tells of it."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario

    @cached_property
    def kinds(self) -> dict[str, dict[str, Tell]]:
        """By kind and name, in the order of a walk from rule to sentence."""
        return {
            "mechanism": rules.mechanisms(self.scenario),
            "rule": rules.functions(self.scenario),
            "parameter": rules.parameters(self.scenario),
            "quantity": quantities.of_scenario(self.scenario) | quantities.of_policy(self.scenario),
            "event": dated.events(self.scenario),
            "outcome": outcomes.by_group(self.scenario),
            "outcome by place": outcomes.by_place(self.scenario),
            "outcome by force": outcomes.by_force(self.scenario),
            "metric": outcomes.metrics(),
            "lever": levers.of_policies(self.scenario),
            "act": dated.acts(self.scenario) | dated.deployments(self.scenario),
            "claim": claims.of_ledger(self.scenario),
            "key": keys.of_files(self.scenario),
        }

    def explain(self, name: str) -> list[Entry]:
        """All that the name means: often one entry, several where kinds share a name.

        What is called nothing else may be an id of the scenario's. Raises Faults for a name that
        nothing has.
        """
        found = self.named(name)
        if not found or "." not in name:  # what a path leads to says what its key means
            meant = [key for key in keys.meant(name, self.scenario) if key != name]
            found += [self.kinds["key"][key]() for key in meant]
        if not found:
            found = [entry for path in ids.dated(name, self.scenario) for entry in self.named(path)]
            found += ids.called(name, self.scenario)
        if not found:
            raise Faults([self._unknown(name)])
        return found

    def of_kind(self, word: str) -> list[Entry]:
        """All of a kind (`levers`, `lever`, `outcomes by place`); none for a word that means no kind."""
        return kinds.of_kind(word, self.kinds, self.scenario)

    def named(self, name: str) -> list[Entry]:
        """All that has exactly this name; a path in files, where the scenario has it."""
        return [tell() for kind, known, tell in self._names() if _same(kind, known, name)]

    def _names(self) -> Iterator[tuple[str, str, Tell]]:
        for kind, names in self.kinds.items():
            for name, tell in names.items():
                yield kind, name, tell

    def _unknown(self, name: str) -> Fault:
        every = (known for _, known, _ in self._names())
        names = list(dict.fromkeys([*every, *ids.every(self.scenario)]))
        within = [known for known in names if known.startswith(f"{name}.")]
        ends = [known for known in names if known.endswith(f".{name}")]
        close = get_close_matches(name, names, n=_MOST, cutoff=0.6)
        near = list(dict.fromkeys([*ends, *within, *close]))[:_MOST]
        kinds = ", ".join(kind for kind in self.kinds if " " not in kind)
        found = f'no {kinds} called "{name}" in {self.scenario.id}, nor a table or policy of it'
        allowed = "a name of `ebbtide explain`; of another scenario with --scenario SCENARIO"
        return Fault(name, None, found, allowed, " or ".join(near) or None)


def _same(kind: str, known: str, name: str) -> bool:
    """Whether a name as typed means a known one: parameters go without `rules.` too."""
    if kind in ("parameter", "mechanism", "rule"):
        return known.removeprefix("rules.") == name.removeprefix("rules.")
    if kind == "quantity":
        return known.removeprefix(OF_POLICY) == name.removeprefix(OF_POLICY)
    return known == name
