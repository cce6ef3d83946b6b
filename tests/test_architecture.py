"""Imports run one way, and no conflict's names stand in the code."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import pytest

import ebbtide
from ebbtide.compilation.sources import TELLING
from ebbtide.scenario import load

PACKAGE = Path(ebbtide.__file__).parent
SOURCES = sorted(PACKAGE.rglob("*.py"))
TEXTS = sorted(PACKAGE.rglob("*.md"))
SHIPPED = Path(__file__).resolve().parents[1] / "scenarios"
# A part may import itself, what stands before it, and the rules, which import nothing of ours but their
# declaration. `explain` reads what other parts declare and runs nothing; what people look at may quote it.
ORDER = (
    "installed", "scenario", "compilation", "world", "rules", "engine", "extensions", "read_only",
    "stated_elsewhere", "agents", "mesa_scenario", "mesa_model", "collector", "as_tables", "lives",
    "model", "study", "evidence", "calibration", "claims", "audit",
    "explain", "show", "comparison", "cli",
)  # fmt: skip


def test_the_readme_says_where_every_part_is_in_the_order_of_imports() -> None:
    text = (PACKAGE.parents[1] / "README.md").read_text(encoding="utf-8")
    listed = re.findall(r"^  (\w+)(?:/|\.py) ", text.partition("src/ebbtide/\n")[2], re.MULTILINE)
    assert listed == [*ORDER, "template"]


def part_of(source: Path) -> str | None:
    """The part of the house that a file belongs to; None for the package's own front door."""
    first = source.relative_to(PACKAGE).parts[0]
    return None if first == "__init__.py" else first.removesuffix(".py")


class WithoutTypes(ast.NodeTransformer):
    """Leaves out what only a type checker reads, which is never imported."""

    def visit_If(self, node: ast.If) -> ast.stmt | None:
        return None if ast.unparse(node.test) == "TYPE_CHECKING" else node


def imported_parts(tree: ast.Module) -> Iterator[str]:
    """The parts that a file imports, wherever in the file."""
    for node in ast.walk(WithoutTypes().visit(tree)):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports name their module in full"
            if node.module == "ebbtide":
                yield from (alias.name for alias in node.names)
            elif node.module and node.module.startswith("ebbtide."):
                yield node.module.split(".")[1]
        elif isinstance(node, ast.Import):
            yield from (
                alias.name.split(".")[1]
                for alias in node.names
                if alias.name.startswith("ebbtide.")
            )


def wrong_imports(part: str, tree: ast.Module) -> list[str]:
    before = () if part == "rules" else ORDER[: ORDER.index(part)]
    allowed = {part, *before} | (set() if part == "rules" else {"rules"})
    return [name for name in imported_parts(tree) if name in ORDER and name not in allowed]


def test_what_no_run_depends_on_stands_after_what_makes_runs() -> None:
    assert ORDER[ORDER.index("study") + 1 :] == TELLING


def parsed(source: Path) -> ast.Module:
    return ast.parse(source.read_text(encoding="utf-8"))


@pytest.mark.parametrize("source", SOURCES, ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_imports_run_one_way(source: Path) -> None:
    part = part_of(source)
    if part is None:  # it may name any part, but loads none until it is asked
        body = [node for node in parsed(source).body if not isinstance(node, ast.FunctionDef)]
        assert list(imported_parts(ast.Module(body, []))) == []
        return
    assert part in ORDER, f"{part} has no place in the order of parts"
    assert wrong_imports(part, parsed(source)) == []


@pytest.mark.parametrize(
    ("part", "line"),
    [
        ("world", "from ebbtide.engine import random_numbers"),
        ("rules", "from ebbtide.world.codes import End"),
        ("study", "import ebbtide.show.style"),
        ("engine", "from ebbtide import model"),
        ("scenario", "def f():\n    from ebbtide.cli.main import main"),
    ],
)
def test_a_wrong_import_would_be_found(part: str, line: str) -> None:
    assert wrong_imports(part, ast.parse(line))


def test_rules_import_little_and_nothing_of_ours_but_their_declaration() -> None:
    declare = {"__future__", "collections.abc", "dataclasses", "typing"}
    allowed = {
        "__init__.py": {"importlib", "pkgutil", "ebbtide.rules.declaration"},
        "declaration.py": {*declare, "math"},
    }
    for source in (PACKAGE / "rules").glob("*.py"):
        known = allowed.get(source.name, {"math", "typing", "ebbtide.rules.declaration"})
        for node in ast.walk(parsed(source)):
            if isinstance(node, ast.Import):
                assert {alias.name for alias in node.names} <= known, source.name
            elif isinstance(node, ast.ImportFrom):
                assert node.module in known, source.name


def names_of(scenario: str) -> set[str]:
    """Ids and names of a scenario's places, groups, factions, forces, centres, events, publishers."""
    file = load(scenario).file
    names: set[str] = set()
    tables = [file.places, file.groups, file.forces, file.centres, file.events]
    tables += [group.factions for group in file.groups.values()]
    names |= {
        str(publisher)
        for table in load(scenario).evidence_tables().values()
        for publisher in table["publisher"]
    }
    for table in tables:
        for identifier, entry in table.items():
            names |= {identifier, getattr(entry, "name", identifier)}
    return names


def found_names(names: set[str], text: str) -> set[str]:
    """Names that stand in the text: long ones as words, short ones in quotes or dotted paths."""
    long = any_of(name for name in names if len(name) > 3)
    short = any_of(name for name in names if len(name) <= 3)
    found = re.findall(rf"(?<![\w-])({long})(?![\w-])", text)
    if short:
        found += re.findall(rf"""(?:["']|groups\.)({short})(?:["']|\b(?=[.=]))""", text)
    return set(found)


def any_of(names: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, names), key=len, reverse=True))


@pytest.mark.parametrize("scenario", ["minimal", "khorasan", "lake"])
def test_no_name_of_a_scenario_stands_in_the_code(scenario: str) -> None:
    names = names_of(scenario)
    found = {
        source.relative_to(PACKAGE).as_posix(): stands
        for source in [*SOURCES, *TEXTS]
        if (stands := found_names(names, source.read_text(encoding="utf-8")))
    }
    assert found == {}


def test_a_name_in_the_code_would_be_found() -> None:
    names = names_of("khorasan")
    assert len(names) > 100
    assert found_names(names, 'if group == "ttp":') == {"ttp"}
    assert found_names(names, "# as in Nangarhar") == {"Nangarhar"}
    assert found_names(names, "PLACES = ['AF-NAN']") == {"AF-NAN"}
    assert found_names(names, "the afghan_taliban's share") == {"afghan_taliban"}


def test_every_shipped_scenario_is_looked_at() -> None:
    shipped = {path.stem for path in SHIPPED.glob("*.toml") if "[groups." in path.read_text()}
    assert shipped == {"minimal", "khorasan", "lake"}


def stated_words(tree: ast.Module) -> Iterator[frozenset[str]]:
    """Each list of two or more words that a type spells out, or that a class of codes names."""
    for node in ast.walk(tree):
        match node:
            case ast.Subscript(value=ast.Name(id="Literal"), slice=ast.Tuple(elts=elements)):
                yield from words_of(elements)
            case ast.ClassDef(bases=[ast.Name(id="Code" | "IntEnum" | "StrEnum")], body=body):
                assigned = [each.targets[0] for each in body if isinstance(each, ast.Assign)]
                members = [each.id.lower() for each in assigned if isinstance(each, ast.Name)]
                if len(members) > 1:
                    yield frozenset(members)


def table_keys(tree: ast.Module) -> Iterator[frozenset[str]]:
    """The keys of each table that has a name."""
    for node in ast.walk(tree):
        match node:
            case ast.Assign(value=ast.Dict(keys=keys)) | ast.AnnAssign(value=ast.Dict(keys=keys)):
                yield from words_of(keys)


def words_of(elements: Iterable[ast.expr | None]) -> Iterator[frozenset[str]]:
    words = [each.value if isinstance(each, ast.Constant) else None for each in elements]
    if len(words) > 1 and all(isinstance(word, str) for word in words):
        yield frozenset(map(str, words))


def listed_twice(trees: Iterable[ast.Module]) -> list[list[str]]:
    """What is spelled out by two types, or by a type and the keys of a table."""
    stated: Counter[frozenset[str]] = Counter()
    keys: set[frozenset[str]] = set()
    for tree in trees:
        stated.update(stated_words(tree))
        keys.update(table_keys(tree))
    return [sorted(words) for words, times in stated.items() if times > 1 or words in keys]


def test_what_may_be_stated_is_listed_once() -> None:
    assert listed_twice(map(parsed, SOURCES)) == []


@pytest.mark.parametrize(
    "lines",
    [
        "Kind = Literal['a', 'b']\nOther = Literal['b', 'a']",
        "Kind = Literal['a', 'b']\nclass Kinds(Code):\n    A = 0\n    B = 1",
        "Kind = Literal['a', 'b']\nTOLD: dict[str, str] = {'a': 'one', 'b': 'other'}",
    ],
)
def test_a_list_that_stands_twice_would_be_found(lines: str) -> None:
    assert listed_twice([ast.parse(lines)]) == [["a", "b"]]


# What `engine/gathering.py` looks for in a mechanism, under the same names in each that has them.
OF_A_MECHANISM = {"Weights", "Circumstances"}


def types_defined(tree: ast.Module) -> Iterator[str]:
    """The names of a file's classes, wherever in it, and of the types that it gives a name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            yield node.name
    for node in tree.body:
        match node:
            case ast.TypeAlias(name=ast.Name(id=name)) | ast.AnnAssign(target=ast.Name(id=name)):
                names = [name]
            case ast.Assign(targets=targets):
                names = [each.id for each in targets if isinstance(each, ast.Name)]
            case _:
                names = []
        yield from (
            name for name in names if re.fullmatch("[A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*", name)
        )


def defined_twice(trees: Iterable[tuple[str | None, ast.Module]]) -> list[str]:
    """Names of types that stand twice; those of a mechanism count but outside of the rules."""
    stated = Counter(
        name
        for part, tree in trees
        for name in types_defined(tree)
        if not (part == "rules" and name in OF_A_MECHANISM)
    )
    return [name for name, times in stated.items() if times > 1]


def test_a_name_of_a_type_means_one_thing() -> None:
    assert defined_twice((part_of(source), parsed(source)) for source in SOURCES) == []


def test_a_name_of_a_type_that_stands_twice_would_be_found() -> None:
    one, other = ast.parse("class Kind: ..."), ast.parse("def f():\n    class Kind: ...")
    assert defined_twice([("world", one), ("claims", other)]) == ["Kind"]
    for alias in ("type Kind = int", "Kind = Literal['grid']", "Kind: TypeAlias = int"):
        assert defined_twice([("world", one), ("study", ast.parse(alias))]) == ["Kind"]
    assert defined_twice([("world", ast.parse("ENDS = 1")), ("study", ast.parse("ENDS = 2"))]) == []
    weights = ast.parse("class Weights: ...")
    assert defined_twice([("rules", weights), ("rules", weights), ("study", weights)]) == []
    assert defined_twice([("engine", weights), ("study", weights)]) == ["Weights"]


# Each command has examples, under one name that `cli/main.py` looks for.
OF_EVERY_COMMAND = {"EXAMPLES"}


def constants_defined(tree: ast.Module) -> Iterator[str]:
    """The names of a file's constants."""
    for node in tree.body:
        match node:
            case ast.Assign(targets=targets):
                found = [name for target in targets for name in ast.walk(target)]
            case ast.AnnAssign(target=target):
                found = [target]
            case _:
                found = []
        for each in found:
            if isinstance(each, ast.Name) and re.fullmatch("[A-Z][A-Z0-9_]*", each.id):
                yield each.id


def imported_constants(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Module and name of each constant that a file has from another one."""
    modules = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            for alias in node.names:
                yield node.module or "", alias.name
                modules[alias.asname or alias.name] = f"{node.module}.{alias.name}"
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(value=ast.Name(id=name), attr=attribute) if name in modules:
                yield modules[name], attribute


def meant_twice(trees: Mapping[str, ast.Module]) -> list[str]:
    """Names of constants that other files import from more than one module that defines them."""
    defined = {module: {*constants_defined(tree)} for module, tree in trees.items()}
    taken = {
        (module, name)
        for tree in trees.values()
        for module, name in imported_constants(tree)
        if name in defined.get(module, ())
    }
    times = Counter(name for _, name in taken if name not in OF_EVERY_COMMAND)
    return sorted(name for name, number in times.items() if number > 1)


@pytest.mark.slow
def test_a_name_of_a_constant_that_others_import_means_one_thing() -> None:
    modules = [".".join(file.relative_to(PACKAGE.parent).with_suffix("").parts) for file in SOURCES]
    trees = dict(zip(modules, map(parsed, SOURCES), strict=True))
    assert meant_twice(trees) == []


def test_a_constant_that_means_two_things_would_be_found() -> None:
    lines = {
        "ebbtide.world.a": "MOST = 1",
        "ebbtide.study.b": "MOST, LEAST = 2, 1",
        "ebbtide.show.c": "from ebbtide.world.a import MOST",
        "ebbtide.show.d": "from ebbtide.study import b\nprint(b.MOST)",
    }
    trees = {module: ast.parse(text) for module, text in lines.items()}
    assert meant_twice(trees) == ["MOST"]
    assert meant_twice({**trees, "ebbtide.show.d": ast.parse("MOST = 3")}) == []
