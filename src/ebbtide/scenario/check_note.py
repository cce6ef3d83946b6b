"""A note: what is worth knowing of a sound file, and of which of its values."""

from __future__ import annotations

from dataclasses import dataclass

from ebbtide.scenario.faults import listed


@dataclass(frozen=True, slots=True)
class CheckNote:
    """What is worth knowing of the values at paths `of`, which stand where `says` has {}.

    `idle` is whether they move nothing, for a while at least.
    """

    says: str
    of: tuple[str, ...]
    idle: bool = True

    def __str__(self) -> str:
        return self.says.replace("{}", listed(self.of), 1)

    def is_of(self, path: str) -> bool:
        """Whether it speaks of the value at a path, of a table that holds it or of what it holds."""
        return any(f"{path}.".startswith(f"{of}.") or of.startswith(f"{path}.") for of in self.of)
