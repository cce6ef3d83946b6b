"""The changes of docs/everyday-changes.md, made on a copy of the package, do what the page says."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from ebbtide.compilation import machine_code
from ebbtide.explain import engine
from ebbtide.rules import MECHANISMS

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "docs" / "everyday-changes.md").read_text(encoding="utf-8")
MOST_FILES = 4

BEGIN = """
from ebbtide.model import Insurgency
from ebbtide.scenario import load, load_policy

def lived(weeks=12, agents_way=True, **stated):
    model = Insurgency(load("scenarios/minimal.toml"), rng=3, agents_way=agents_way, **stated)
    model.run_until(weeks)
    return model
"""
TRIED = {
    "A rule": (
        "leaving.fear_weight",
        """
bold = lived(**{"rules.leaving.fear_weight": 0})
afraid = lived(**{"rules.leaving.fear_weight": 500})
assert afraid.series().exits_deserted.sum() > bold.series().exits_deserted.sum()
""",
    ),
    "A lever": (
        "curfew",
        """
from pathlib import Path
policy = Path("scenarios/khorasan/policies/curfew.toml")
policy.write_text('title = "Nobody is out"\\n[acts.curfew]\\nkind = "curfew"\\n'
                  'start = 2001-01-28\\nstrength = 1\\n')
usual, quiet = lived(), lived(policy=policy)
attacks = [m.series().groupby("date")[["attacks_state", "attacks_civilians"]].sum().sum(axis=1)
           for m in (usual, quiet)]
assert (attacks[0]["2001-01-28":] > 0).any()
assert (attacks[1]["2001-01-28":] == 0).all()
assert (attacks[0][:"2001-01-27"] == attacks[1][:"2001-01-27"]).all()
from ebbtide.scenario.prices import prices_of
assert prices_of(load("scenarios/minimal.toml")).without == []
""",
    ),
    "An outcome": (
        "supporters",
        """
series = lived(4).series()
assert (series.supporters == series.affiliates - series.fighters).all()
assert (series.supporters > 0).any()
model = lived(4)
assert (model.state.series.network[4] == model.state.network).all()
assert (series.network > 0).any()
""",
    ),
    "A field of a place": (
        "places.highland.roads",
        """
near, far = (lived(**{"places.highland.roads": share}).places() for share in (1, 0))
held = [frame.query("place == 'highland'").held.sum() for frame in (near, far)]
assert held[1] > held[0]
elsewhere = [frame.query("place == 'lowland' and date < '2001-01-15'") for frame in (near, far)]
assert elsewhere[0].equals(elsewhere[1])
""",
    ),
}

# The changes that are shown, as the page's first table calls them.
IN_TABLE = {
    "A rule": "a rule's new parameter",
    "A lever": "a lever",
    "An outcome": "a weekly outcome",
    "A field of a place": "a field of a place, group or force",
}

# What the ODD says of each by itself, and between which lines: in a table, or of a phase.
TOLD = {
    "A rule": ("#### Leaving", "| `fear_weight` |", "#### Media"),
    "A lever": (
        ". Groups attack.**",
        "[`attacks.under_curfew`](#attacks), ",
        "levers: ",
        "`curfew`",
        "; draws: ",
        "**Phase ",
    ),
    "An outcome": ("**Observation.**", "| `supporters` |", "| `network` |", "## 5."),
    "A field of a place": ("**Places**", "| `roads` |", "**Borders**"),
}

TO_THE_LAST_BIT = """
from pathlib import Path
from ebbtide.compilation.compiled import PLAIN
assert not PLAIN
policy = Path("scenarios/khorasan/policies/curfew.toml")
policy.write_text('title = "Few are out"\\n[acts.curfew]\\nkind = "curfew"\\n'
                  'start = 2001-01-14\\nstrength = 0.5\\n')
stated = {"policy": policy, "rules.leaving.fear_weight": 500}
compiled, by_agents = (lived(agents_way=way, **stated) for way in (False, True))
for name in compiled.state.declared:
    ours, theirs = (getattr(model.state, name) for model in (compiled, by_agents))
    assert ours.tobytes() == theirs.tobytes(), name
for recorded in ("levers", "series", "place_series", "force_series"):
    ours, theirs = (getattr(model.state, recorded).flat for model in (compiled, by_agents))
    assert ours.tobytes() == theirs.tobytes(), recorded
assert (compiled.state.levers.curfew == 0.5).all()
for change in ({"policy": "minimal"}, {"rules.leaving.fear_weight": 0}):
    without = lived(agents_way=False, **{**stated, **change})
    assert without.state.series.flat.tobytes() != compiled.state.series.flat.tobytes(), change
"""

WINTER = """\"\"\"Snow closes the roads.\"\"\"

from ebbtide.rules.declaration import Parameter, rule

WHEN_OFF = "no snow falls"

PARAMETERS = {"harshness": Parameter("share", 0.0, 1.0, "share of roads closed")}


@rule("men * (1 - harshness)", within=(0.0, "men"))
def under_way(men: float, harshness: float) -> float:
    \"\"\"Men whom no snow keeps at home.\"\"\"
    return men * (1.0 - harshness)
"""


def changes() -> dict[str, str]:
    """The change that each section of the page shows."""
    found = re.findall(r"^## (.+?)$.*?^```diff\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    return dict(found)


def table() -> dict[str, tuple[str, str]]:
    """The page's first table: of each change its files, and its tests."""
    rows = re.findall(r"^\| (.+?) \| (.+) \| (.+?) \|$", PAGE, re.MULTILINE)
    return {change: (files, tests) for change, files, tests in rows if change != "change"}


def touched(change: str) -> list[str]:
    """The files that a change touches, those of the package without its folder."""
    files = re.findall(r"^\+\+\+ b/(\S+)", changes()[change], re.MULTILINE)
    return [file.removeprefix("src/ebbtide/") for file in files]


def test_the_page_shows_every_change_that_is_tried() -> None:
    assert changes().keys() == TRIED.keys()


@pytest.mark.parametrize("change", TRIED)
def test_the_first_table_names_the_files_that_a_change_takes(change: str) -> None:
    named = re.findall(r"`([\w/.]+)`", table()[IN_TABLE[change]][0])
    beside = ("tests/", "experiments/")
    taken = [file for file in touched(change) if not file.startswith(beside)]
    assert [file for file in taken if not file.startswith(tuple(named))] == []
    assert [name for name in named if not any(file.startswith(name) for file in taken)] == []


@pytest.mark.parametrize("change", table())
def test_the_tests_of_a_change_are_those_of_the_parts_that_it_takes(change: str) -> None:
    files, tests = table()[change]
    paths = [Path(path) for path in tests.strip("`").split()]
    assert [path for path in paths if not (ROOT / path).exists()] == []
    assert len({*paths}) == len(paths)
    named = (name.removeprefix("src/ebbtide/") for name in re.findall(r"`([\w/.]+/[\w.]*)`", files))
    parts = {Path(name).parts[0] for name in named} - {"scenarios", "tests"}
    assert parts <= {path.parts[1] for path in paths}


def test_who_calls_a_rule_and_is_no_phase_is_named() -> None:
    (named,) = re.findall(r"or what phases share: (.*?)\.\n", PAGE, re.DOTALL)
    calling = {
        function.file.relative_to(engine.PACKAGE).as_posix()
        for function in engine.functions().values()
        if any(
            name[:2] == ("ebbtide", "rules") and name[2] in MECHANISMS for name in function.reads
        )
    }
    shared = {file for file in calling if file.count("/") == 1}
    assert {*re.findall(r"`(.+?)`", named)} == shared


def test_a_placeholder_of_a_command_is_no_name_of_a_test() -> None:
    """So that pytest runs nothing, and says so, where it was left as it stands."""
    (placeholder,) = re.findall(r"-k ([A-Z._]+) ", PAGE)
    files = list((ROOT / "tests" / "rules").glob("*.py"))
    texts = [file.read_text(encoding="utf-8") for file in files]
    names = [file.name for file in files] + re.findall(r"^def (test_\w+)", "\n".join(texts), re.M)
    names += [f"{each.name}.{rule}" for each in MECHANISMS.values() for rule in each.rules]
    assert not [name for name in names if placeholder.lower() in name.lower()]
    assert not (ROOT / "TESTS").exists()


@pytest.mark.parametrize("change", TRIED)
@pytest.mark.slow
def test_a_change_takes_few_files_and_does_what_it_says(change: str, tmp_path: Path) -> None:
    make_on_copy(tmp_path, change)
    of_package = re.findall(r"^\+\+\+ b/src/", changes()[change], re.MULTILINE)
    assert 1 <= len(of_package) <= MOST_FILES
    name, trial = TRIED[change]
    run_on_copy(
        tmp_path,
        BEGIN + trial,
        cli("check", "scenarios/minimal.toml"),
        cli("explain", name, "--scenario=scenarios/minimal.toml"),
        cli("odd", "scenarios/minimal.toml", "--out=odd.md"),
        NUMBA_DISABLE_JIT="1",
    )
    text = " ".join((tmp_path / "odd.md").read_text(encoding="utf-8").split())
    assert re.search(".*?".join(map(re.escape, TOLD[change])), text)


@pytest.mark.slow
def test_a_new_mechanism_is_a_file_and_a_table(tmp_path: Path) -> None:
    make_on_copy(tmp_path)
    (tmp_path / "src" / "ebbtide" / "rules" / "winter.py").write_text(WINTER, encoding="utf-8")
    with (tmp_path / "scenarios" / "parameters.toml").open("a", encoding="utf-8") as parameters:
        parameters.write('\n[rules.winter]\nharshness = { value = 0.5, source = "guess" }\n')
    run_on_copy(
        tmp_path,
        cli("check", "scenarios/minimal.toml"),
        cli("explain", "winter", "--scenario=scenarios/minimal.toml"),
        cli("explain", "winter.harshness", "--scenario=scenarios/minimal.toml"),
        cli("odd", "scenarios/minimal.toml", "--out=odd.md"),
        NUMBA_DISABLE_JIT="1",
    )
    text = (tmp_path / "odd.md").read_text(encoding="utf-8")
    for told in ("#### Winter\n", "| `winter` | no snow falls |", "| `harshness` |"):
        assert text.count(told) == 1


@pytest.mark.parametrize("change", ["A rule", "A lever"])
@pytest.mark.release
def test_what_the_page_prescribes_passes_after_a_change(change: str, tmp_path: Path) -> None:
    """Its commands, in their order; the changes that have most to tell beside themselves.

    What is compiled already need not be again.
    """
    make_on_copy(tmp_path, change)
    shutil.copytree(machine_code.folder(), tmp_path / "compiled" / "compiled")
    assert re.search(r"^uv run pytest TESTS +#", PAGE, re.MULTILINE)
    command = table()[IN_TABLE[change]][1].strip("`")
    told = cli("odd", "khorasan", "--out=docs/odd.md"), cli("schema")
    compiled_once = f"{BEGIN}\nlived(1)"  # for all who test
    tested = f"import pytest\nassert not pytest.main({['-q', *command.split()]!r})"
    for code in ((*told, compiled_once), (tested,)):
        run_on_copy(tmp_path, *code, EBBTIDE_CACHE_DIR=str(tmp_path / "compiled"))


@pytest.mark.release
def test_changes_made_together_run_in_machine_code_as_the_agents_do(tmp_path: Path) -> None:
    make_on_copy(tmp_path, "A rule", "A lever")
    run_on_copy(tmp_path, BEGIN + TO_THE_LAST_BIT, EBBTIDE_CACHE_DIR=str(tmp_path / "compiled"))


def make_on_copy(folder: Path, *made: str) -> None:
    """Make a copy of the project, with changes of the page."""
    for part in ("src", "scenarios", "experiments", "tests", "docs", "schemas"):
        ignored = shutil.ignore_patterns("*.pyc.*")  # half written by another process
        shutil.copytree(ROOT / part, folder / part, ignore=ignored)
    for file in ROOT.glob("*.*"):  # by pyproject.toml a checkout is known
        if file.suffix in (".toml", ".md"):
            shutil.copy(file, folder)
    for change in made:
        diff = changes()[change]
        subprocess.run(["git", "apply", "-"], input=diff, cwd=folder, text=True, check=True)


def run_on_copy(folder: Path, *code: str, **environment: str) -> None:
    """Run Python code with the copied package, all in one process."""
    done = subprocess.run(
        [sys.executable, "-c", "\n".join(code)],
        cwd=folder, env={"PYTHONPATH": str(folder / "src"), **environment},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]


def cli(*arguments: str) -> str:
    """The code that gives a command and goes on where it ends well."""
    return f"""
import sys
from ebbtide.cli.main import main
sys.argv[1:] = {arguments!r}
try:
    main()
except SystemExit as ended:
    assert not ended.code, sys.argv
"""
