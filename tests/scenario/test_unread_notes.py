"""What a check tells of files beside a scenario that look like its own and that nothing reads."""

import pytest

from ebbtide.scenario import check
from ebbtide.scenario.schema.evidence import NEEDED

STRENGTH = ",".join(NEEDED["strength"])


def unread(project):
    return [line.strip() for line in check(project.write_all()) if "nothing reads it" in line]


@pytest.mark.parametrize(
    ("name", "header", "key"),
    [
        ("strength_new.csv", STRENGTH, "evidence.strength"),
        ("Counts.CSV", ",".join(NEEDED["violence"]), "evidence.violence"),
        ("where.csv", "id,name,population,districts", "geography.places"),
        ("next.csv", " a , b ,length", "geography.borders"),
        ("other.csv", "date,low,high", None),
        ("empty.csv", "", None),
        (".csv", STRENGTH, None),
    ],
)
def test_a_table_that_no_file_names_is_told(project, name, header, key):
    (project.folder / name).write_text(f"{header}\n")
    found = unread(project)
    assert [f"{name}: nothing reads it; it looks like `{key}`" in x for x in found] == [
        True
    ] * bool(key)


def test_what_the_scenario_or_another_file_names_is_read(project):
    project.scenario["evidence"] = {"strength": "strength.csv"}
    row = "2001-04-01,day,1,3,fighters,all,Gazette,,,"
    for name in ("strength.csv", "later.csv"):
        (project.folder / name).write_text(f"{STRENGTH}\n{row}\n")
    (line,) = unread(project)
    assert "later.csv: nothing reads it" in line
    assert line.endswith("which names strength.csv")
    project.write("another.toml", {"figure": [{"evidence": {"file": "later.csv"}}]})
    assert unread(project) == []


@pytest.mark.parametrize(
    ("name", "told"), [("more.TOML", True), ("more.tml", True), ("more.toml", False),
                       ("README.md", False), (".hidden", False)],
)  # fmt: skip
def test_a_file_among_policies_that_is_none_is_told(project, name, told):
    project.write_all()
    (project.folder / "policies" / name).write_text('title = "More"\n[acts]\n')
    assert len(unread(project)) == told
