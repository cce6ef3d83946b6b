"""Every R claim: with its mechanism the outcome moves as the claim says, beyond doubt by chance.

The tests are data beside the case (`claim_tests.toml`): what is switched off, what is measured, and
whether it is more or less with the mechanism than without. It verifies that the rule carries the
sentence; it validates nothing.
"""

import pytest

from ebbtide.claims.criteria import interval
from ebbtide.claims.judging import passes
from ebbtide.claims.reading import parsed
from ebbtide.scenario import load
from ebbtide.scenario.document import read_document

SCENARIO = load("khorasan")
ROWS = parsed(read_document(SCENARIO.claim_tests)).rule


def test_every_rule_claim_has_a_test() -> None:
    carried = {claim for claim, said in SCENARIO.claims.items() if "R" in said.kinds}
    assert {row.claim for row in ROWS.values()} == carried


@pytest.mark.slow
@pytest.mark.parametrize("name", ROWS)
def test_the_mechanism_carries_the_claim(pairs, name: str) -> None:
    row, differences = ROWS[name], pairs.differences(f"rule.{name}")
    low, high = interval(differences)
    assert passes(row, differences), (
        f"{row.claim}, {row.words}: with less without lies in {low:.4g} to {high:.4g}"
    )
