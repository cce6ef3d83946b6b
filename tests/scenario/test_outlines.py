"""Outlines are read strictly, and say what a scenario leaves out."""

import csv
import json
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ebbtide.scenario import Faults, check, load
from ebbtide.scenario.measuring import middle, shared_length
from ebbtide.scenario.outlines import read_outlines

ROOT = Path(__file__).parents[2]


def square(x, y):
    return [[[x, y], [x + 1, y], [x + 1, y + 1], [x, y + 1], [x, y]]]


def polygon(x, y):
    return {"type": "Polygon", "coordinates": square(x, y)}


def feature(code, geometry):
    return {"type": "Feature", "properties": {"code": code}, "geometry": geometry}


def collection(*features):
    return json.dumps({"type": "FeatureCollection", "features": list(features)})


UPPER, LOWER = feature("upper", polygon(3, 1)), feature("lower", polygon(4, 1))


@pytest.fixture
def drawn(project):
    """Write a project whose map has these features; returns its file."""

    def write(*features, **geography):
        project.scenario["geography"] = {"outlines": "map.geojson", **geography}
        (project.folder / "map.geojson").write_text(collection(*features))
        return project.write_all()

    return write


@pytest.mark.parametrize(
    ("geometry", "found"),
    [
        ({"type": "Point", "coordinates": [3, 1]}, "a Point"),
        ({"type": "LineString", "coordinates": [[3, 1], [4, 1]]}, "a LineString"),
        ({"type": "Polygon", "coordinates": []}, "no coordinates"),
        ({"type": "MultiPolygon", "coordinates": [[]]}, "no coordinates"),
        ({"type": "Polygon"}, "no coordinates"),
        ({"type": "Polygon", "coordinates": [[[3, 1], [4, 1], [3, 1]]]}, "a ring of 3 positions"),
        ({"type": "Polygon", "coordinates": [[["3", 1], *square(3, 1)[0][1:]]]}, "the position"),
        ({"type": "Polygon", "coordinates": [[[5e5, 4e6], *square(3, 1)[0][1:]]]}, "the position"),
        ({"type": "Polygon", "coordinates": [square(3, 1)[0][:4]]}, "a ring whose last position"),
        (None, "no geometry"),
    ],
)
def test_what_cannot_be_drawn_is_a_fault_before_any_run(drawn, geometry, found):
    path = drawn(feature("upper", geometry), LOWER)
    with pytest.raises(Faults) as caught:
        load(path)
    [fault] = caught.value.faults
    assert fault.file.endswith("map.geojson")
    assert fault.key == "features[0].geometry of upper"
    assert fault.found.startswith(found)
    assert fault.allowed


@pytest.mark.parametrize("text", ["{", "[]", '{"features": [{}]}', '{"features": []}', ""])
def test_what_is_no_collection_is_a_fault(drawn, project, text):
    path = drawn(UPPER)
    (project.folder / "map.geojson").write_text(text)
    with pytest.raises(Faults, match=r"map\.geojson"):
        load(path)


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)  # fmt: skip


@pytest.mark.slow
@given(JSON, st.sampled_from(["Polygon", "MultiPolygon", "Point"]))
def test_whatever_coordinates_are_they_are_read_or_told(tmp_path_factory, coordinates, kind):
    path = tmp_path_factory.mktemp("map") / "map.geojson"
    path.write_text(collection(feature("a", {"type": kind, "coordinates": coordinates})))
    faults = []
    outlines = read_outlines(path, "code", faults)
    assert (outlines is None) == bool(faults)
    if outlines is not None:
        middle(outlines.geometries["a"])


def test_codes_of_no_place_and_places_without_outline_are_told(drawn):
    lines = check(drawn(UPPER, feature("lowr", polygon(4, 1))))
    assert any("no outline of lower" in line for line in lines)
    assert any(
        "outlines of no place, not drawn: lowr; did you mean lower?" in line for line in lines
    )


def test_a_place_is_outlined_once(drawn):
    with pytest.raises(Faults, match='"upper" 2 times'):
        load(drawn(UPPER, UPPER, LOWER))


def test_another_property_may_name_the_place(drawn):
    features = [
        {**UPPER, "properties": {"iso": "upper"}},
        {**LOWER, "properties": {"iso": "lower"}},
    ]
    outlines = load(drawn(*features, code="iso")).outlines
    assert [each["properties"] for each in outlines["features"]] == [
        {"code": "upper"},
        {"code": "lower"},
    ]
    with pytest.raises(Faults) as caught:
        load(drawn(*features))
    (fault,) = caught.value.faults  # once, and not of each feature
    assert fault.found == '"code" by `geography.code`, which no feature has'
    assert fault.allowed == "a property of the features: iso"
    with pytest.raises(Faults, match=r'`geography\.code` is "code"; it has: iso'):
        load(drawn(UPPER, features[1]))


def test_middles_and_lengths_that_are_left_out_are_measured(drawn, project):
    for place in project.scenario["places"].values():
        del place["lon"], place["lat"]
    border = project.scenario["borders"]["pass"]
    del border["length"]
    path = drawn(UPPER, LOWER)
    scenario = load(path)
    assert (scenario.file.places["upper"].lon, scenario.file.places["upper"].lat) == (3.5, 1.5)
    degree = 6371.0 * 3.141592653589793 / 180
    assert scenario.file.borders["pass"].length.median == pytest.approx(degree, abs=0.06)
    assert any("measured on outlines: borders.pass.length" in line for line in check(path))
    project.scenario["places"]["upper"] |= {"lon": 3.25, "lat": 1.25}
    assert load(drawn(UPPER, LOWER)).file.places["upper"].lon == 3.25  # what is stated stands


def test_what_cannot_be_measured_is_missing(drawn, project):
    del project.scenario["borders"]["pass"]["length"]
    with pytest.raises(Faults, match=r"borders\.pass\.length is missing"):
        load(drawn(UPPER, feature("lower", polygon(9, 1))))


def test_places_that_touch_without_a_border_are_told(drawn, project):
    project.scenario["borders"] = {}
    lines = check(drawn(UPPER, LOWER))
    assert any("1 pair touches and no border joins them: upper, lower (111 km)" in x for x in lines)


def test_the_lengths_of_the_case_are_those_of_its_outlines():
    """A known answer: borders.csv was measured on the same outlines, before this was written."""
    faults = []
    outlines = read_outlines(ROOT / "scenarios/khorasan/places.geojson", "code", faults)
    with (ROOT / "scenarios/khorasan/borders.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows[::6]:
        found = shared_length(outlines.geometries[row["a"]], outlines.geometries[row["b"]])
        assert found == pytest.approx(float(row["length"]), rel=0.03)


@pytest.mark.parametrize("name", ["map.gpkg", "map.shp"])
def test_other_maps_are_read_by_geopandas_in_degrees(drawn, project, name):
    import geopandas

    drawn(UPPER, LOWER)
    frame = geopandas.read_file(project.folder / "map.geojson").to_crs(3857)
    frame.to_file(project.folder / name)
    project.scenario["geography"]["outlines"] = name
    for place in project.scenario["places"].values():
        place.pop("lon"), place.pop("lat")
    places = load(project.write_all()).file.places
    assert (places["lower"].lon, places["lower"].lat) == pytest.approx((4.5, 1.5), abs=0.001)
    (project.folder / name).write_text("no map")
    with pytest.raises(Faults, match="GeoPandas cannot read"):
        load(project.write_all())


def test_without_the_extra_the_message_names_it(drawn, project, monkeypatch):
    drawn(UPPER, LOWER)
    (project.folder / "map.gpkg").touch()
    project.scenario["geography"]["outlines"] = "map.gpkg"
    monkeypatch.setitem(sys.modules, "geopandas", None)
    with pytest.raises(Faults, match=r"ebbtide\[geo\]"):
        load(project.write_all())


@pytest.mark.parametrize(("stated", "sound"), [(None, True), (False, True), (True, False)])
def test_whether_a_border_is_international_follows_from_its_countries(project, stated, sound):
    border = project.scenario["borders"]["pass"]
    border.pop("international", None)
    if stated is not None:
        border["international"] = stated
    path = project.write_all()
    if sound:
        assert load(path).file.borders["pass"].international is False
    else:
        with pytest.raises(Faults, match="upper is in XX, lower in XX; allowed: false"):
            load(path)


def test_a_border_between_countries_parts_them_unless_told(project):
    project.scenario["places"]["lower"]["country"] = "YY"
    project.scenario["borders"]["pass"].pop("international", None)
    assert load(project.write_all()).file.borders["pass"].international is True


def test_a_middle_outside_its_outline_is_told(drawn, project):
    told = (
        "map.geojson: `lon`, `lat` lie outside the outline of upper (1.5, 3.2): are they swapped?"
    )
    places = project.scenario["places"]
    assert not any("are they swapped" in line for line in check(drawn(UPPER, LOWER)))
    places["upper"] |= {"lon": 1.5, "lat": 3.2}
    assert any(line.endswith(told) for line in check(drawn(UPPER, LOWER)))
    del places["upper"]["lon"], places["upper"]["lat"]  # measured
    assert not any("are they swapped" in line for line in check(drawn(UPPER, LOWER)))


def test_places_that_touch_and_lie_far_apart_are_told(project):
    told = "  borders whose places have middles over 1,000 km apart: pass (11,4"
    assert not any(line.startswith("  borders whose") for line in check(project.write_all()))
    project.scenario["places"]["upper"]["lon"] = -99
    assert any(line.startswith(told) for line in check(project.write_all()))


@pytest.fixture
def row(project):
    """A row of five places on the equator, each touching the next; returns the lines of its check."""

    def lines(**moved):
        usual = project.scenario["places"]["upper"]
        names = ["upper", "lower", "c", "d", "e"]
        project.scenario["places"] = {
            name: usual | {"name": name, "lon": 2 + number, "lat": 6} | moved.get(name, {})
            for number, name in enumerate(names)
        }
        project.scenario["borders"] = {
            f"{a}_{b}": {"between": [a, b], "length": 9} for a, b in pairwise(names)
        }
        return check(project.write_all())

    return lines


def test_a_place_that_would_lie_near_what_it_touches_if_swapped_is_told(row):
    told = "  `lon` and `lat` look swapped, since what they touch lies far away: upper (6, 2)"
    assert told in row(upper={"lon": 6, "lat": 2})
    assert not any("swapped" in line for line in row())
    assert not any(
        "swapped" in line for line in row(upper={"lon": 2, "lat": 1})
    )  # far, not swapped


def test_places_where_nobody_lives_and_that_are_one_point_are_told(row):
    lines = row(**{name: {"lon": 6, "lat": 70 + n} for n, name in enumerate(("upper", "lower"))})
    told = "  `lat` beyond 66.5 degrees: lower (71), upper (70): are `lon` and `lat` swapped?"
    assert told in lines
    assert not any("the same `lon`" in line for line in lines)
    told = "  places with the same `lon` and `lat`: lower and d"
    assert told in row(d={"lon": 3, "lat": 6})


def test_a_border_has_a_length(project):
    project.scenario["borders"]["pass"]["length"] = 0
    with pytest.raises(Faults, match=r"borders\.pass\.length: found 0; allowed: 0\.1 to"):
        load(project.write_all())
