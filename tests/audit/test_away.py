"""Acts in places where none of their groups has a man, in the audit."""

import pytest

from ebbtide.audit.away import acts_on_nobody
from ebbtide.model import Insurgency

POLICY = """title = "Here or there"
[acts.new]
kind = "{kind}"
against = ["league"]
places = ["{place}"]
start = 2001-04-01
strength = {strength}
source = "a test"
{further}
"""


WORLD = """extends = "minimal.toml"
title = "There"
policy = "policies/there.toml"
[places.isle]
name = "The isle"
country = "XB"
lon = 60
lat = 46
population = 90_000
districts = 2
poverty = 0.5
cover = 0.5
local_institutions = 0.5
sympathy = 0
city = 0
[forces.garrison]
places = ["XA", "XB"]
"""


@pytest.mark.parametrize(
    ("kind", "place", "strength", "told"),
    [
        ("raids", "isle", 0.5, True),
        ("raids", "isle", 0, False),
        ("raids", "highland", 0.5, False),
        ("community_engagement", "isle", 0.5, True),
    ],
)
def test_an_act_where_its_group_has_no_man_is_told(written, kind, place, strength, told):
    """No border leads to the isle, and nobody begins there."""
    force = 'force = "garrison"' if kind == "raids" else ""
    text = POLICY.format(kind=kind, place=place, strength=strength, further=force)
    model = Insurgency(written(WORLD, there=text), rng=1)
    model.run_until_end()
    found = list(acts_on_nobody(model))
    assert [(each.act, each.groups) for each in found] == ([("new", ("league",))] if told else [])
    assert all({*each.elsewhere} == {"highland", "lowland"} for each in found)
