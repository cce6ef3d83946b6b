"""Beside what publishers say stands the model's own number: parts of the places come to the whole."""

import pytest

from ebbtide.scenario import load
from ebbtide.scenario.schema.evidence import NEEDED
from ebbtide.study.beside import beside
from ebbtide.study.design import Design
from ebbtide.study.simulate import Simulator

HEADERS = {kind: ",".join(columns) for kind, columns in NEEDED.items()}


@pytest.fixture
def spoken_of(tmp_path):
    """The small scenario with publishers who speak of each of its places, and of all."""
    for kind, row in {
        "strength": "2002-05-05,day,1,3,{said},{area},Gazette,,,",
        "presence": "2002-05-05,{said},1,3,{area},Gazette,,",
    }.items():
        said = ("fighters", "affiliated") if kind == "strength" else ("districts held", "presence")
        rows = [
            row.format(said=each, area=area)
            for each in said
            for area in ("highland", "lowland", "all")
        ]
        (tmp_path / f"{kind}.csv").write_text("\n".join([HEADERS[kind], *rows, ""]))
    path = tmp_path / "spoken.toml"
    path.write_text(
        'extends = "ebbtide:minimal"\n[evidence]\nstrength = "strength.csv"\n'
        'presence = "presence.csv"\n'
    )
    return load(path)


@pytest.fixture
def tables(spoken_of):
    design = Design(spoken_of, (spoken_of.policy.id,), 1, 1)
    simulate = Simulator(spoken_of, {spoken_of.policy.id: spoken_of.policy}, 80)
    found = simulate(next(iter(design[:1])))
    series = found.series[found.series["group"] == spoken_of.focus]
    return series.assign(run=0), found.places.assign(run=0)


def numbers(scenario, tables, policy=None):
    week = scenario.dates[
        scenario.week_of(scenario.evidence_tables()["strength"]["date"][0].date())
    ]
    manifest = {"weeks_of_parts": [week.isoformat()]}
    return beside(scenario, policy or scenario.policy.id, scenario.focus, *tables, manifest)


def test_parts_of_the_places_come_to_the_whole(spoken_of, tables):
    for table in numbers(spoken_of, tables).values():
        for _, rows in table.groupby("outcome"):
            upper, lower, whole = (row[0] for row in rows["model"])
            assert whole > 0
            assert upper + lower == pytest.approx(whole, rel=1e-6)
            assert 0 <= upper < whole or lower == 0


def test_nothing_stands_beside_another_policy(spoken_of, tables):
    assert numbers(spoken_of, tables, "nothing") == {}


def test_of_several_groups_only_what_adds_up_stands_beside(spoken_of, tables):
    both = spoken_of.with_overrides(
        {"focus": [*spoken_of.file.groups], "evidence.of": [*spoken_of.file.groups]}
    )
    series, places = (table.assign(group=both.focus) for table in tables)
    found = numbers(both, (series.assign(places_reported=float("nan")), places))
    assert {*found["presence"]["outcome"]} == {"districts_held"}
    assert {*found["strength"]["outcome"]} == {"fighters", "affiliates"}
