"""The project that a named file belongs to: no path in a file leads out of it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from ebbtide.installed import shipped_folders
from ebbtide.scenario.faults import Fault, Faults, nearest, shown

SHIPPED = "ebbtide:"  # begins the name of a shipped file, where one is extended
_MARKS = ("pyproject.toml", ".git")


@dataclass(frozen=True, slots=True)
class Project:
    """The nearest ancestor folder with a pyproject.toml or .git, else the file's own folder."""

    root: Path

    @classmethod
    def of(cls, file: Path) -> Project:
        """The project that a file belongs to."""
        folder = file.parent.resolve()
        for candidate in (folder, *folder.parents):
            if any((candidate / mark).exists() for mark in _MARKS):
                return cls(candidate)
        return cls(folder)

    def path(self, written: object, folder: Path, file: str, key: str) -> Path:
        """The existing file that `written`, a path relative to `folder`, names."""
        allowed = "a path inside the project, relative to the file that names it"
        if not isinstance(written, str) or not written or not written.isprintable():
            raise Faults([Fault(file, key, shown(written), allowed)])
        if Path(written).is_absolute():
            raise Faults([Fault(file, key, f"the absolute path {shown(written)}", allowed)])
        try:
            path = (folder / written).resolve()
            if not path.is_relative_to(self.root) and not _both_shipped(folder, path):
                found = f"{shown(written)}, which leads out of the project"
                raise Faults([Fault(file, key, found, allowed)])
            if path.is_file():
                return path
        except (OSError, RuntimeError) as error:  # a loop of links, a name too long
            raise Faults([Fault(file, key, shown(written), allowed)]) from error
        found = f"{shown(written)}, which is no file in the folder of {file}"
        shipped = self._shipped_like(written, folder, key)
        near = None if shipped else near_file(folder / written)
        raise Faults([Fault(file, key, found, f"a path relative to that folder{shipped}", near)])

    def _shipped_like(self, written: str, folder: Path, key: str) -> str:
        """Which shipped file of that name may be meant, for a message.

        A base is extended by its shipped name. Another case's data are nobody else's: of what is not in
        the project nothing more is said.
        """
        for shipped in shipped_folders():
            for found in (shipped / written, *shipped.rglob(Path(written).name)):
                if found.is_file() and found.resolve().is_relative_to(self.root):
                    return f", such as {shown(os.path.relpath(found.resolve(), folder))}"
                if found.is_file() and key == "extends":
                    name = found.resolve().relative_to(shipped.resolve()).with_suffix("").as_posix()
                    return f", or what is shipped, {shown(SHIPPED + name)}"
        return ""


def shipped_file(written: str, file: str, key: str) -> Path:
    """The shipped file that `ebbtide:minimal` or the like names; raises Faults where there is none."""
    name = written.removeprefix(SHIPPED)
    for folder in shipped_folders():
        path = (folder / f"{name.removesuffix('.toml')}.toml").resolve()
        if path.is_file() and path.is_relative_to(folder.resolve()):
            return path
    known = [
        f"{SHIPPED}{path.relative_to(folder).with_suffix('').as_posix()}"
        for folder in shipped_folders()
        for path in sorted(folder.rglob("*.toml"))
    ]
    allowed = f"what is shipped, such as {SHIPPED}minimal"
    raise Faults([Fault(file, key, shown(written), allowed, nearest(written, known))])


def _both_shipped(folder: Path, path: Path) -> bool:
    """Whether a shipped file names another: it does so wherever the package is."""
    return any(
        path.is_relative_to(shipped.resolve())
        and folder.resolve().is_relative_to(shipped.resolve())
        for shipped in shipped_folders()
    )


def policy_folders(scenario: Path) -> tuple[Path, Path]:
    """Where the policies of a scenario's file lie: its own first, then those of all files beside it."""
    return scenario.parent / scenario.stem / "policies", scenario.parent / "policies"


def near_file(path: Path) -> str | None:
    """The file in the same folder whose name is most like that of `path`."""
    try:
        return nearest(path.name, [entry.name for entry in path.parent.iterdir()])
    except OSError:
        return None


def label(path: Path) -> str:
    """A path as messages show it: relative to the current folder where it is below it."""
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except (OSError, ValueError):
        return str(path)


def read_text(path: Path) -> str:
    """The text of a UTF-8 file, or a fault that says why it cannot be read."""
    name = label(path)
    try:
        if path.is_dir():
            raise Faults([Fault(name, None, "a folder", "a file")])
        if not path.exists():
            raise Faults([Fault(name, None, "no such file", None, near_file(path))])
        if not path.is_file():
            raise Faults([Fault(name, None, "a device", "a file")])
        raw = path.read_bytes()
    except OSError as error:
        raise Faults(
            [Fault(name, None, f"{error.strerror or error}", "a readable file")]
        ) from error
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        of_table = " (save it as CSV UTF-8)" if path.suffix.lower() == ".csv" else ""
        found, allowed = "bytes that are not UTF-8", f"UTF-8 text{of_table}"
        raise Faults([Fault(f"{name}:{line}", None, found, allowed)]) from error
