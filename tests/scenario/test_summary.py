"""What a check says of where a scenario lies."""

import pytest

from ebbtide.scenario import check


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
