"""A policy: what state forces do, and when."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from ebbtide.scenario.checks import check_acts, check_policy
from ebbtide.scenario.content import digest_of, quantities_of
from ebbtide.scenario.document import Document, read_document
from ebbtide.scenario.faults import Fault, Faults
from ebbtide.scenario.names import Names
from ebbtide.scenario.project import Project
from ebbtide.scenario.quantity import Quantity
from ebbtide.scenario.schema import PolicyFile, ScenarioFile
from ebbtide.scenario.validation import validate_pruned


@dataclass(frozen=True, eq=False)
class Policy:
    """Acts of state forces, checked. Two policies are equal when their content is."""

    path: Path
    file: PolicyFile = field(repr=False)
    document: Document = field(repr=False)

    @property
    def id(self) -> str:
        """The file's name without its suffix."""
        return self.path.stem

    @property
    def title(self) -> str:
        return self.file.title

    @cached_property
    def quantities(self) -> dict[str, Quantity]:
        """By dotted path, such as `acts.strikes.strength`."""
        return quantities_of(self.file)

    @cached_property
    def digest(self) -> str:
        """SHA-256 of what a run can feel of the policy."""
        return digest_of(self.file)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Policy) and self.digest == other.digest

    def __hash__(self) -> int:
        return hash(self.digest)

    @classmethod
    def read(cls, path: Path, project: Project | None = None) -> Policy:
        """Read a policy file; what it says of a scenario is not checked yet.

        Raises Faults.
        """
        document = read_document(path, project)
        faults: list[Fault] = []
        file = validate_pruned(PolicyFile, document, faults)
        if file is not None and faults:
            check_acts(file, document, faults)
        if file is None or faults:
            raise Faults(faults)
        return cls(path, file, document)

    def check(self, file: ScenarioFile, names: Names, faults: list[Fault]) -> None:
        """Add to `faults` what does not fit within the policy and between it and a scenario."""
        check_policy(self.file, file, names, self.document, faults)
