"""What a file of the package rests on: the files that it imports, those that these import, and so on."""

from __future__ import annotations

import ast
import os
from collections.abc import Callable, Iterable, Iterator
from fnmatch import fnmatchcase
from pathlib import Path

EVERY = "*"  # of the modules of a file's folder


def imported_names(tree: ast.Module) -> list[str]:
    """What a parsed file takes from the package when it runs, also within functions: `module:name`.

    What is imported for types alone computes nothing. A file that lists modules (`pkgutil`) takes all
    of its folder.
    """
    found: dict[str, None] = {}
    left: list[ast.AST] = [tree]
    while left:
        node = left.pop()
        match node:
            case ast.If(test=ast.Name(id="TYPE_CHECKING")):
                left += node.orelse
                continue
            case ast.ImportFrom(module="pkgutil"):
                found[f"{EVERY}:"] = None
            case ast.ImportFrom(module=str(module), names=names) if _is_own(module):
                found |= dict.fromkeys(f"{module}:{each.name}" for each in names)
            case ast.Import(names=names):
                found |= dict.fromkeys(f"{each.name}:" for each in names if _is_own(each.name))
            case ast.stmt() | ast.Module() | ast.ExceptHandler() | ast.match_case():
                left += ast.iter_child_nodes(node)
    return sorted(found)


def _is_own(module: str) -> bool:
    return module.partition(".")[0] == "ebbtide"


def python_files(package: Path) -> set[str]:
    """The Python files of a package, by their paths within it."""
    within = len(package.as_posix()) + 1  # pathlib takes ten times as long to say the same
    return {
        f"{Path(folder).as_posix()}/{name}"[within:]
        for folder, _, names in os.walk(package)
        for name in names
        if name.endswith(".py")
    }


class Imports:
    """The imports between the files of a package, each told by its path within the folder.

    `names_of` gives a file's `imported_names`.
    """

    def __init__(self, package: Path, names_of: Callable[[Path], list[str]]) -> None:
        self.package = package
        self.names_of = names_of
        self.files = python_files(package)

    def closure(self, roots: Iterable[str], aside: Iterable[str] = ()) -> set[str]:
        """The files that roots rest on, with the roots.

        What a pattern of `aside` matches is left out and not followed: what it alone imports is out too.
        """
        patterns, found, left = [*aside], set[str](), [*roots]
        while left:
            name = left.pop()
            if name not in found and not any(fnmatchcase(name, each) for each in patterns):
                found.add(name)
                left += self.of(name)
        return found

    def of(self, name: str) -> Iterator[str]:
        """The files that one imports itself."""
        for each in self.names_of(self.package / name):
            module, _, taken = each.partition(":")
            if module == EVERY:
                folder = name.rpartition("/")[0]
                yield from (each for each in self.files if each.rpartition("/")[0] == folder)
            elif file := self._file(module, taken):
                yield file

    def _file(self, module: str, taken: str) -> str | None:
        """Where a name of a module stands: if a folder hands it on, in the file that it has it from."""
        folder = "/".join(module.split(".")[1:])
        inner = f"{folder}/{taken}".strip("/")
        handing = f"{folder}/__init__.py".strip("/")
        tried = (f"{inner}.py", f"{inner}/__init__.py", f"{folder}.py", handing)
        file = next((each for each in tried if each in self.files), None)
        if taken and file == handing:
            for handed in self.names_of(self.package / handing):
                if handed.endswith(f":{taken}"):
                    return self._file(handed.removesuffix(f":{taken}"), taken)
        return file
