"""What a check says of where a scenario lies."""

import pytest

from ebbtide.scenario import Faults, check


@pytest.mark.parametrize(
    ("upper", "lower", "said"),
    [
        ((3, 1.5), (4, 1.5), "degrees 1.5 north, 3 to 4 east"),
        ((-3, -1.5), (-4, -2), "degrees 1.5 to 2 south, 3 to 4 west"),
        ((-3, -1.5), (4, 2), "degrees 1.5 south to 2 north, 3 west to 4 east"),
    ],
)
def test_where_its_places_lie_is_said_so_that_a_sign_that_is_swapped_shows(
    project, upper, lower, said
):
    for name, (lon, lat) in (("upper", upper), ("lower", lower)):
        project.scenario["places"][name] |= {"lon": lon, "lat": lat}
    assert any(line.endswith(said) for line in check(project.write_all()))


def test_countries_are_told_with_their_places_so_that_one_spelt_in_two_ways_shows(project):
    project.scenario["places"]["upper"]["country"] = "Landland"
    assert any(" places (Landland 1, " in line for line in check(project.write_all()))


@pytest.mark.parametrize("name", ["places.csv", "map.GeoJSON"])
def test_a_table_or_map_is_no_file_to_check(project, name):
    (project.folder / name).write_text("id,name\n")
    with pytest.raises(Faults, match="allowed: a TOML file; tables and maps are checked with"):
        check(project.folder / name)
