"""A policy: what state forces do, and when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from ebbtide.scenario import arguments
from ebbtide.scenario.content import digest_of, quantities_of, walk
from ebbtide.scenario.document import Document, Keys, read_document
from ebbtide.scenario.faults import Fault, Faults, counted, nearest
from ebbtide.scenario.file_kind import FileKind, kind_of_file
from ebbtide.scenario.fixed_table import FixedTable
from ebbtide.scenario.names import Names
from ebbtide.scenario.notebook import titled_table
from ebbtide.scenario.overriding import OVERRIDE, value_at, without_signs_of_a_file
from ebbtide.scenario.policy_checks import check_policy, check_what_is_done
from ebbtide.scenario.policy_from import FROM_DAY
from ebbtide.scenario.project import Project, label
from ebbtide.scenario.quantity import Quantity
from ebbtide.scenario.schema.events import Deployment
from ebbtide.scenario.schema.file import ScenarioFile
from ebbtide.scenario.schema.policy import POLICY_TABLES, PolicyFile
from ebbtide.scenario.validation import validate, validate_mended

OF_POLICY = "policy."  # begins the paths of a policy's values beside those of a scenario
IN_POLICY = tuple(f"{table}." for table in POLICY_TABLES)  # begin them in its own file


@dataclass(frozen=True, eq=False, repr=False)
class Policy:
    """Acts of state forces, checked. Two policies are equal when their content is."""

    path: Path
    file: PolicyFile = field(repr=False)
    document: Document = field(repr=False)
    mended: frozenset[Keys] = field(repr=False, default=frozenset())  # what stands in for faults
    tried: frozenset[Keys] = field(repr=False, default=frozenset())  # what was set beside the file
    day: dt.date | None = None  # from which on it was asked for, as NAME@DATE

    @property
    def id(self) -> str:
        """The file's name without its suffix, and the date from which on it was asked for."""
        return self.path.stem if self.day is None else f"{self.path.stem}{FROM_DAY}{self.day}"

    @property
    def title(self) -> str:
        """The title that its file states."""
        return self.file.title

    @cached_property
    def quantities(self) -> dict[str, Quantity]:
        """By dotted path, such as `acts.strikes.strength`."""
        return quantities_of(self.file)

    @cached_property
    def uncertainties(self) -> dict[str, Quantity]:
        """What has a prior, by its path in a run's values, such as `policy.acts.strikes.strength`."""
        return FixedTable(
            {OF_POLICY + path: known for path, known in self.quantities.items() if known.uncertain}
        )

    @cached_property
    def digest(self) -> str:
        """SHA-256 of what a run can feel of the policy."""
        return digest_of(self.file)

    def __repr__(self) -> str:
        deployments = self.file.deployments
        more = f", {counted(len(deployments), 'deployment')}" if deployments else ""
        return f"Policy({self.id!r}: {self.title}; {len(self.file.acts)} acts{more})"

    def _repr_html_(self) -> str:
        rows = [
            (name, act.kind, act.force, ", ".join(act.against), act.start, act.stop,
             f"{act.strength.median:g}")
            for name, act in self.file.acts.items()
        ]  # fmt: skip
        rows += [
            (name, each.kind, each.force, "", each.date, None, _scaled(each))
            for name, each in self.file.deployments.items()
        ]
        return titled_table(
            repr(self), ("act", "kind", "force", "against", "from", "until", "strength"), rows
        )

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Policy) and self.digest == other.digest

    def __hash__(self) -> int:
        return hash(self.digest)

    @classmethod
    def read(cls, path: Path, project: Project | None = None) -> Policy:
        """Read a policy file; what it says of a scenario is not checked yet.

        Raises Faults.
        """
        faults: list[Fault] = []
        file = arguments.path(path, "Policy.read", None, "a policy's file")
        policy = cls.attempt(file, project, faults)
        if policy is not None:
            check_what_is_done(policy.file, policy.document, faults, policy.mended)
        if policy is None or faults:
            raise Faults(faults)
        return policy

    @classmethod
    def attempt(cls, path: Path, project: Project | None, faults: list[Fault]) -> Policy | None:
        """What could be read of a policy file, its faults in `faults`: for more checks only."""
        try:
            document = read_document(path, project)
        except Faults as found:
            faults.extend(found.faults)
            return None
        kind = kind_of_file(document)
        if kind in (
            FileKind.SCENARIO,
            FileKind.BASE,
            FileKind.PRICES,
            FileKind.CLAIMS,
            FileKind.CLAIM_TESTS,
        ):
            lacking = "a policy: a title and acts; a scenario goes first on the command line"
            faults.append(Fault(document.origin(()), None, kind.value, lacking))
            return None
        mended: set[Keys] = set()
        file = validate_mended(PolicyFile, document, faults, mended)
        return None if file is None else cls(path, file, document, frozenset(mended))

    @property
    def paths(self) -> dict[str, Keys]:
        """The keys of all that its file says, by dotted path."""
        return {".".join(keys): keys for keys, _ in walk(self.file)}

    def with_overrides(self, overrides: Mapping[str, object]) -> Policy:
        """The policy with values set by dotted path, such as `acts.strikes.start`.

        Raises Faults: an unknown path, a value that is not allowed there, acts that no longer
        fit together.
        """
        paths = self.paths
        overrides = arguments.values_by_path(overrides, "with_overrides")
        faults = [
            Fault(label(self.path), path, "an unknown key", None, nearest(path, paths))
            for path in overrides
            if path not in paths
        ]
        if faults:
            raise Faults(faults)
        document = self.document.copy()
        for path, value in overrides.items():
            keys = paths[path]
            document.put(keys, value_at(PolicyFile, keys, value), OVERRIDE)
        file = validate(PolicyFile, document.data, document, faults)
        if file is not None:
            check_what_is_done(file, document, faults)
        if file is None or faults:
            raise Faults(without_signs_of_a_file(faults))
        tried = self.tried | {paths[path] for path in overrides}
        return replace(self, file=file, document=document, tried=tried)

    def check(
        self,
        file: ScenarioFile,
        names: Names,
        faults: list[Fault],
        mended: Collection[Keys] = (),
        tried: Collection[Keys] = (),
    ) -> None:
        """Add to `faults` what does not fit within the policy and between it and a scenario.

        `mended` are keys of the scenario that stand in for faults of it, `tried` those that were
        set beside its file.
        """
        check_policy(
            self.file,
            file,
            names,
            self.document,
            faults,
            self.mended | set(mended),
            self.tried | set(tried),
        )

    def of_another_scenario(self, names: Names) -> bool:
        """Whether most of the names it speaks of are not the scenario's."""
        allowed = "the names of a scenario, as `scenario.names` has them"
        arguments.must(isinstance(names, Names), "of_another_scenario", None, names, allowed)
        known = names.groups | names.forces | names.places | names.countries
        acts, deployments = self.file.acts.values(), self.file.deployments.values()
        stated = {name for act in acts for name in (*act.against, act.force, act.rival) if name}
        stated |= {each.force for each in deployments}
        stated |= {name for act in acts for name in act.places or ()}
        stated |= {name for each in deployments for name in each.places or ()}
        return len(stated) > 1 and 2 * len(stated - known) > len(stated)


def _scaled(deployment: Deployment) -> str:
    return "" if deployment.scale is None else f"{deployment.scale.median:g}"


def raise_faults(policy: Policy | None, scenario: str, names: Names, faults: list[Fault]) -> None:
    """Raise the faults, if any; of a policy for another scenario that is said first."""
    if not faults:
        return
    lead = None
    if policy is not None and policy.of_another_scenario(names):
        lead = f"{label(policy.path)}: a policy for another scenario than {scenario}:"
    raise Faults(faults, lead)


def parted[Value](
    overrides: Mapping[str, Value],
) -> tuple[dict[str, Value], dict[str, Value]]:
    """Values by dotted path: those of the scenario, and those of its policy by their paths in it."""
    of_policy = {path for path in overrides if path.startswith(OF_POLICY)}
    return (
        {path: value for path, value in overrides.items() if path not in of_policy},
        {path.removeprefix(OF_POLICY): overrides[path] for path in overrides if path in of_policy},
    )


def where_written(path: str) -> str:
    """Where a policy's value is written, for a message: no option of a scenario sets it."""
    inner = path.removeprefix(OF_POLICY)
    table, _, key = inner.rpartition(".")
    return (
        f"a key of the scenario; of a policy, `[{table}]` {key} = ... in a file that `extends` it "
        f'(--policy FILE), or in a study [vary."{OF_POLICY}{inner}"], or in Python {OF_POLICY}{inner}'
    )
