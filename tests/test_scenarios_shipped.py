"""Shipped scenarios and policies: they load, every number names its source, the sums hold."""

from __future__ import annotations

import re
import shutil
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from ebbtide.scenario import Policy, Scenario, check, load, load_policy
from ebbtide.scenario.content import NotFelt, digest_of, may_be_felt, replaced, walk
from ebbtide.scenario.document import Keys
from ebbtide.scenario.project import policy_folders
from ebbtide.scenario.schema.file import ScenarioFile
from shipped import SHIPPED

TOML_FILES = sorted(SHIPPED.rglob("*.toml"))
TEXT_FILES = sorted(p for p in SHIPPED.rglob("*") if p.suffix in {".toml", ".csv", ".md"})
SCENARIOS = ("khorasan", "lake", "minimal")
MACHINE_PATH = re.compile(
    r"(?<![\w.:/])(/(home|root|tmp|work|Users|mnt|opt|var)/|[A-Z]:\\|~/)|file://"
)


def policies_of(scenario: str) -> list[str]:
    folders = policy_folders(SHIPPED / f"{scenario}.toml")
    return sorted(policy.stem for folder in folders for policy in folder.glob("*.toml"))


read_once = cache(load)


PAIRS = [(scenario, policy) for scenario in SCENARIOS for policy in policies_of(scenario)]


@pytest.fixture(scope="module")
def khorasan() -> Scenario:
    return load("khorasan")


def unsourced(value: Any, path: str = "", covered: bool = False) -> Iterator[str]:
    """Dotted paths of the numbers for which no table above says `source` (a place: `note`)."""
    if isinstance(value, dict):
        said = value.get("source") or value.get("note")
        for key, inner in value.items():
            yield from unsourced(inner, f"{path}.{key}".lstrip("."), covered or bool(said))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from unsourced(inner, f"{path}.{number}", covered)
    elif isinstance(value, int | float) and not isinstance(value, bool) and not covered:
        yield path


def test_no_general_number_was_chosen_for_a_case(khorasan: Scenario) -> None:
    text = (SHIPPED / "parameters.toml").read_text(encoding="utf-8")
    told = {name for group in khorasan.file.groups.values() for name in group.name.split()}
    names = {name for name in told if name.istitle() and len(name) > 5} | {"Afghan", "Pakistan"}
    of_its_evidence = {"UCDP", "UNAMA", "¶", "khorasan"} | {
        f"{year}" for year in (2013, 2014, 2016)
    }

    sources = re.sub(r"\(?[A-Z][^;()]* (and others )?\(?\d{4}", "", text)  # literature has years

    assert len(names) > 5
    assert not {name for name in names | of_its_evidence if name in sources}


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_shipped_scenario_loads(name: str) -> None:
    scenario = load(name)
    assert scenario.id == name
    assert scenario.weeks >= 104


@pytest.mark.parametrize(("scenario", "policy"), PAIRS)
def test_a_shipped_policy_fits_its_scenario(scenario: str, policy: str) -> None:
    assert load_policy(policy, read_once(scenario)).id == policy


@pytest.mark.parametrize("path", TOML_FILES, ids=lambda p: p.relative_to(SHIPPED).as_posix())
def test_every_number_names_its_source_or_is_called_a_guess(path: Path) -> None:
    assert list(unsourced(tomllib.loads(path.read_text(encoding="utf-8")))) == []


def test_a_number_without_a_source_would_be_found() -> None:
    table = {"groups": {"a": {"pay": 3, "source": "guess"}, "b": {"pay": {"value": 3}}}}
    assert list(unsourced(table)) == ["groups.b.pay.value"]


def test_the_columns_of_the_places_file_are_explained() -> None:
    header = (SHIPPED / "khorasan" / "places.csv").read_text(encoding="utf-8").splitlines()[0]
    sources = (SHIPPED / "khorasan" / "SOURCES.md").read_text(encoding="utf-8")
    assert [column for column in header.split(",") if f"`{column}`" not in sources] == []


@pytest.mark.parametrize("path", TEXT_FILES, ids=lambda p: p.relative_to(SHIPPED).as_posix())
def test_no_machine_path_is_shipped(path: Path) -> None:
    assert MACHINE_PATH.findall(path.read_text(encoding="utf-8")) == []


def test_the_world_has_its_places_and_borders(khorasan: Scenario) -> None:
    countries = Counter(place.country for place in khorasan.file.places.values())
    assert countries == {"AF": 34, "PK": 14}
    assert len(khorasan.file.borders) == 125
    crossing = [border for border in khorasan.file.borders.values() if border.international]
    assert all(len({end[:2] for end in border.between}) == 2 for border in crossing)
    assert len(crossing) == sum(
        len({end[:2] for end in border.between}) == 2 for border in khorasan.file.borders.values()
    )


def test_every_place_is_drawn(khorasan: Scenario) -> None:
    assert khorasan.outlines is not None
    drawn = {feature["properties"]["code"] for feature in khorasan.outlines["features"]}
    assert drawn == set(khorasan.file.places)


def test_about_forty_thousand_men_stand_in_the_world(khorasan: Scenario) -> None:
    men = sum(group.fighters.median for group in khorasan.file.groups.values())
    assert 35_000 <= men <= 45_000


@pytest.mark.parametrize("name", SCENARIOS)
def test_factions_are_the_whole_of_their_group(name: str) -> None:
    for group in load(name).file.groups.values():
        if group.factions:
            shares = sum(faction.share.median for faction in group.factions.values())
            assert shares == pytest.approx(1)


def test_the_seed_is_some_hundred_men_mostly_of_one_group(khorasan: Scenario) -> None:
    (founding,) = (e for e in khorasan.file.events.values() if e.kind == "founding")
    men: Counter[str] = Counter()
    for origin, share in founding.seed.items():
        group, _, faction = origin.partition(".")
        source = khorasan.file.groups[group]
        part = source.factions[faction].share.median if faction else 1
        men[group] += source.fighters.median * part * share.median
    assert 200 <= sum(men.values()) <= 3_000
    assert men["ttp"] / sum(men.values()) > 0.6


def test_uncertain_numbers_stay_few(khorasan: Scenario) -> None:
    own = tomllib.loads((SHIPPED / "khorasan.toml").read_text(encoding="utf-8"))
    del own["rules"]  # where it narrows what is uncertain in every conflict

    def priors(table: Any) -> int:
        if not isinstance(table, dict):
            return 0
        return int("prior" in table) + sum(priors(inner) for inner in table.values())

    assert 0 < priors(own) <= 55


def test_nothing_in_the_record_begins_after_the_cut_but_what_it_carries_on(
    khorasan: Scenario,
) -> None:
    later = [key for key, act in khorasan.policy.file.acts.items() if act.start > khorasan.file.cut]
    assert all(khorasan.policy.file.acts[key].stop is None for key in later)
    assert later == ["nangarhar-carried-on"]
    assert all(event.date <= khorasan.file.cut for event in khorasan.file.events.values())


def test_doing_nothing_has_no_act(khorasan: Scenario) -> None:
    assert not load_policy("nothing", khorasan).file.acts


def test_a_group_is_there_from_its_founding_or_from_the_start(minimal: Scenario) -> None:
    founded = minimal.file.events["embers-founded"].date
    assert minimal.file.foundings == {"embers": "embers-founded"}
    assert minimal.there_from("embers") == founded > minimal.file.start
    assert minimal.there_from("league") == minimal.file.start


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """The shipped scenarios, to be changed."""
    shutil.copytree(SHIPPED, tmp_path / "scenarios")
    return tmp_path / "scenarios"


SWAPPED = {
    "groups": ("[groups.league]", "[groups.embers]", "[forces]"),
    "places": ("highland = { name", "lowland = { name", "[borders]"),
}


@pytest.mark.parametrize("what", SWAPPED)
def test_the_digest_hears_an_order_that_runs_feel(copied: Path, what: str) -> None:
    file = copied / "minimal.toml"
    before, text = load(file), file.read_text()
    first, second, end = (text.index(mark) for mark in SWAPPED[what])
    file.write_text(text[:first] + text[second:end] + text[first:second] + text[end:])
    assert sorted(before.quantities) == sorted(load(file).quantities)
    assert load(file).digest != before.digest


def test_the_digest_hears_every_key_but_those_declared_not_felt() -> None:
    scenario = read_once("minimal")
    for key, said in ScenarioFile.model_fields.items():
        moved = scenario.file.model_copy(update={key: "another"})
        heard = digest_of(moved) != digest_of(scenario.file)
        assert heard == (NotFelt() not in said.metadata) == may_be_felt((key,), ScenarioFile), key


def neighbours_swapped(of: Scenario | Policy) -> Iterator[tuple[Keys, Any]]:
    """The file of a scenario or policy with two neighbours of a table swapped: any two, any table.

    Rules stand in the order of the mechanisms that declare them, whatever the file's.
    """
    for keys, table in walk(of.file):
        if isinstance(table, dict) and may_be_felt(keys, type(of.file)) and keys[0] != "rules":
            names = list(table)
            for first, second in pairwise(names):
                moved = [{first: second, second: first}.get(name, name) for name in names]
                yield keys, replaced(of.file, keys, {name: table[name] for name in moved})


@pytest.mark.slow
def test_the_digest_hears_the_order_of_every_table(khorasan: Scenario) -> None:
    deaf, tables = [], set()
    for of in (khorasan, khorasan.policy):
        for keys, file in neighbours_swapped(of):
            tables.add(keys[-1])
            if replace(of, file=file).digest == of.digest:
                deaf.append(keys)
    assert deaf == []
    assert {"places", "groups", "factions", "hostility", "seed", "health", "acts"} <= tables


def test_the_digest_hears_which_share_of_a_seed_is_stated_last(copied: Path) -> None:
    file = copied / "minimal.toml"
    text, found = file.read_text(), []
    shares = ["league = 0.1", '"league.restless" = 0.6']
    for stated in (shares, shares[::-1]):
        file.write_text(text.replace('"league.restless" = 0.3', ", ".join(stated)))
        found.append(load(file))
    assert found[0] != found[1]


def test_the_digest_hears_no_layout(copied: Path) -> None:
    file = copied / "minimal.toml"
    before, text = load(file), file.read_text()
    name, dynamics = 'name = "The League"\n', 'dynamics = "full"\n'
    assert name + dynamics in text
    text = text.replace(name + dynamics, f"{dynamics}# a remark\n\n{name}", 1)
    text = text.replace("low = 200, high = 500", "high = 5e2 , low=200")
    file.write_text(text)
    base = copied / "parameters.toml"
    rules = base.read_text().split("\n[rules.")
    assert len(rules) > 2
    base.write_text("\n[rules.".join([rules[0], *reversed(rules[1:])]))
    assert load(file) == before


def test_the_digest_hears_what_is_called_as_a_remark_is(copied: Path) -> None:
    scenario = load(copied / "minimal.toml")
    act = '[acts.credit]\nkind = "finance_interdiction"\nagainst = ["embers"]\nstart = 2001-07-01\n'
    found = set()
    for strength in (0.1, 0.9):
        file = copied / "policies" / "mine.toml"
        file.write_text(f'title = "Mine"\n{act}strength = {strength}\n')
        found.add(load_policy(file, scenario).digest)
    assert len(found) == 2


def test_a_folder_of_its_name_hides_no_shipped_scenario(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "minimal").mkdir()
    assert "a sound scenario" in check("minimal")[0]


@pytest.mark.slow
def test_the_shipped_cases_with_any_place_swapped_are_told():
    for name in ("khorasan", "lake"):
        scenario = load(name)
        assert not any("swapped" in line for line in scenario.notes_on_geography())
        for place in list(scenario.file.places)[::7]:
            stated = scenario.file.places[place]
            swapped = {f"places.{place}.lon": stated.lat, f"places.{place}.lat": stated.lon}
            assert any("swapped" in x for x in load(name, swapped).notes_on_geography()), place
