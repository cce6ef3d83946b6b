"""`ebbtide check` of a file of claims: it is read through the scenario that names it."""

import pytest

from ebbtide.cli.claims_file import scenario_of
from ebbtide.scenario import Faults, load
from shipped import SHIPPED


@pytest.mark.parametrize(
    ("name", "kind"),
    [("claims.toml", "a ledger of claims"), ("claim_tests.toml", "a file of claim tests")],
)
def test_a_file_of_claims_is_read_through_its_scenario(name, kind):
    file = str(SHIPPED / "khorasan" / name)
    said, scenario = scenario_of(file, None)
    assert f": {kind}, of " in said
    assert scenario == str(SHIPPED / "khorasan.toml")
    with pytest.raises(Faults, match=f"found {kind}; allowed: a scenario whose"):
        scenario_of(file, load("minimal"))


def test_other_files_are_none_of_claims():
    assert scenario_of(str(SHIPPED / "khorasan.toml"), None) is None
    assert scenario_of("khorasan", None) is None
