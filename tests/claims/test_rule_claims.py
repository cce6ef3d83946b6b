"""Every R claim: with its mechanism the outcome moves as the claim says, beyond doubt by luck.

A row names the claim, what is switched off (overrides, or a policy file beside the scenario or
this test), what is measured, and whether it is more (+1) or less (-1) with the mechanism than
without. `under` holds for both arms: a world made for the row, where the scenario leaves the
mechanism little to do; docs/claims.md counts such rows apart. It verifies that the rule carries the
sentence; it validates nothing.
"""

from dataclasses import dataclass, field

import pytest

from .pairs import POLICIES, Measure, Pairs, interval

pytestmark = pytest.mark.slow

LATE = ("2016-07-01", "2016-11-30")
TOTAL = ("2015-01-01", "2016-11-30")
FOUNDED = "2015-02-01"  # the end of the week of the founding


@dataclass(frozen=True)
class Row:
    claim: str
    says: str
    measure: Measure
    sign: int
    off: dict[str, object] = field(default_factory=dict)
    policy: str | None = None
    weeks: int = 165
    under: dict[str, object] = field(default_factory=dict)


def _off(*rules: str) -> dict[str, object]:
    return {f"rules.{rule}.on": False for rule in rules}


def _intake(start: str, stop: str) -> Measure:
    """Locals who join between two dates."""
    return lambda lived: sum(
        lived.sum(f"entries_{kind}", start, stop) for kind in ("local_poor", "like_minded")
    )


_lost = _intake("2016-02-01", "2016-11-30")


ROWS = [
    Row("launch", "without the founding there is none", lambda m: m.at("fighters", "2015-06-30"), 1,
        _off("founding")),
    Row("inattention", "full attention from the first day lowers the peak",
        lambda m: m.peak("fighters"), 1, _off("attention")),
    Row("magnets", "sympathy draws men in", lambda m: m.sum("entries_like_minded", *TOTAL), 1,
        {"rules.recruitment.pool_like_minded": 0}),
    Row("magnets", "terrain and tribal order hide recruiters",
        lambda m: m.sum("entries_local_poor", *TOTAL), -1,
        {"rules.recruitment.least_freedom": 1}),
    Row("magnets", "easy borders let men through",
        lambda m: m.sum("displaced_across_borders", "2014-06-01", "2016-11-30", "ttp"), 1,
        policy="closed-borders.toml"),
    Row("poach-ttp", "frustrated men of a declining rival come over",
        lambda m: m.came_over("iskp", "ttp", since=FOUNDED), 1, _off("switching")),
    Row("poach-ttp", "discontent of its factions drives them",
        lambda m: m.came_over("iskp", "ttp", since=FOUNDED)
        / m.sum("fighters", FOUNDED, "2016-11-30", "ttp"), 1,
        {"rules.switching.discontent_weight": 0}),
    Row("poach-ttp", "the founders are its men", lambda m: m.came_over("iskp", "ttp"), 1,
        {"events.iskp-founded.seed.ttp.orakzai": 0}),
    Row("poach-others", "some of the Taliban and al-Qaeda too",
        lambda m: m.came_over("iskp", "afghan_taliban", "al_qaeda"), 1, _off("switching")),
    Row("poach-others", "fewer than of the TTP",
        lambda m: m.came_over("iskp", "ttp") - m.came_over("iskp", "afghan_taliban", "al_qaeda"),
        1, _off("founding", "switching")),
    Row("displacement", "an offensive drives men over the border",
        lambda m: m.sum("displaced_across_borders", "2014-06-01", "2015-01-25", "ttp"), 1,
        _off("displacement")),
    Row("displacement", "without it the new group starts smaller",
        lambda m: m.at("fighters", "2015-02-08"), 1, _off("displacement")),
    Row("decapitated-rival", "a disputed succession makes men leave",
        lambda m: m.sum("exits_switched", "2013-11-01", "2014-12-31", "ttp"), 1, _off("cohesion")),
    Row("decapitated-rival", "losing the leader lowers cohesion",
        lambda m: m.at("cohesion", "2013-12-01", "ttp"), -1, policy="nothing"),
    Row("wealth", "the centre's money pays the men",
        lambda m: m.mean("pay_share", "2015-02-01", "2016-01-31"), 1,
        {"groups.iskp.centre_money": 0}),
    Row("wealth", "pay keeps strength up", lambda m: m.at("fighters", "2016-01-31"), 1,
        {"groups.iskp.centre_money": 0, "groups.iskp.crime": 0}),
    Row("lean-allies", "money goes to lean allies",
        lambda m: m.sum("income_allies", "2015-02-01", "2016-11-30", "eastern_networks"), 1,
        _off("alliances")),
    Row("lean-allies", "men come from allies", lambda m: m.sum("entries_allies", *TOTAL), 1,
        _off("alliances")),
    Row("lifeline", "cutting it speeds the decline",
        lambda m: m.mean("fighters", "2016-07-01", "2018-12-30"), 1,
        policy="lifeline-cut.toml", weeks=273),
    Row("pakistan", "through allies it is in Pakistan within a year",
        lambda m: m.men_in(("PK-PB", "PK-BA", "PK-SD"), "2016-01-31"), 1, _off("alliances")),
    Row("pledges", "a pledge brings men over", lambda m: m.came_over("iskp", "imu"), 1,
        _off("pledges")),
    Row("foreign", "foreigners follow the brand and the centre",
        lambda m: m.sum("entries_foreign", *TOTAL), 1, {"centres.is.brand": 0}),
    Row("media", "media reach raises recruitment",
        lambda m: m.sum("entries_like_minded", *TOTAL), 1, _off("media")),
    Row("media", "want of money cuts reach", lambda m: m.at("media", "2016-11-30"), -1,
        _off("finance")),
    Row("brutality-draws", "violence draws recruits of like mind",
        lambda m: m.sum("entries_like_minded", *TOTAL), 1, _off("violence")),
    Row("strikes", "strikes kill", lambda m: m.sum("exits_killed", *TOTAL), 1, policy="nothing"),
    Row("strikes", "strikes need intelligence",
        lambda m: m.sum("exits_killed", *TOTAL), -1, _off("intelligence")),
    Row("strikes", "strikes on media cut its reach", lambda m: m.at("media", "2016-06-30"), -1,
        policy="nothing"),
    Row("leaders-lost", "its command falls", lambda m: m.at("command", "2016-11-30"), -1,
        policy="nothing"),
    Row("leaders-lost", "successors have lower standing",
        lambda m: m.at("command", "2016-11-30"), -1, _off("succession")),
    Row("recruits-lost", "capability", _lost, -1, {"rules.recruitment.cohesion_weight": 0},
        under={"groups.iskp.cohesion": 0.1}),
    Row("recruits-lost", "leaders", _lost, -1, {"rules.recruitment.command_weight": 0},
        under={"groups.iskp.standing": 0.1}),
    Row("recruits-lost", "places", _intake("2015-02-02", "2015-08-31"), 1,
        {"rules.recruitment.ground_weight": 0}, weeks=100,
        under={"rules.territory.men_a_district": 1, "rules.territory.police": 0,
               "groups.afghan_taliban.dynamics": "simple", "groups.ttp.dynamics": "simple"}),
    Row("recruits-lost", "money", _lost, -1, {"rules.recruitment.money_weight": 0},
        under={"groups.iskp.centre_money": 0}),
    Row("recruits-lost", "winning mood", _lost, -1, {"rules.recruitment.momentum_weight": 0},
        under={"rules.switching.on": False, "groups.iskp.recruitment": 0.3}),
    Row("soft-targets", "a weaker group turns to civilians",
        lambda m: m.sum("attacks_civilians", *LATE)
        / max(1, m.sum("attacks_civilians", *LATE) + m.sum("attacks_state", *LATE)), 1,
        {"rules.attacks.soft_weight": 0}),
    Row("reach", "it strikes cities that it does not hold",
        lambda m: m.model.places().query("group == 'iskp' and place == 'AF-KAB'")["attacks"].sum(),
        1, {"rules.attacks.reach": 0}),
    Row("reach", "at a cost in men", lambda m: m.sum("exits_killed", *TOTAL), 1,
        {"rules.attacks.men_lost": 0}),
    Row("backlash", "its own harm and rule cost it support",
        lambda m: m.at("support", "2016-11-30"), -1,
        {"rules.support.own_harm_weight": 0, "rules.support.outsider_weight": 0}),
    Row("backlash", "tribal resistance gives intelligence",
        lambda m: m.mean("intelligence", "2015-07-01", "2016-11-30"), 1, _off("resistance")),
    Row("backlash", "tribal resistance costs men",
        lambda m: m.sum("exits_killed", *TOTAL), 1, _off("resistance")),
    Row("state-harm", "harm by forces moves support towards it",
        lambda m: m.at("support", "2016-11-30"), 1, {"rules.support.state_harm_weight": 0}),
    Row("local-need", "without local support men are exposed",
        lambda m: m.sum("exits_killed", *TOTAL), 1, {"rules.targeting.outsider_weight": 0}),
    Row("no-friends", "rivals fight it where they meet",
        lambda m: m.sum("exits_killed_by_rivals", *TOTAL), 1, _off("rivalry")),
    Row("no-friends", "a truce with the Taliban slows the decline",
        lambda m: m.at("fighters", "2018-12-30"), -1, policy="truce", weeks=273),
    Row("morale", "low morale makes men leave", lambda m: m.sum("exits_deserted", *LATE), 1,
        {"rules.leaving.morale_weight": 0}),
    Row("morale", "losses and want of pay lower it", lambda m: m.at("morale", "2016-11-30"), -1,
        {"rules.morale.losses_weight": 0, "rules.morale.pay_weight": 0}),
    Row("money-crisis", "arrears make men leave", lambda m: m.sum("exits_deserted", *LATE), 1,
        {"rules.leaving.arrears_weight": 0}),
    Row("poor-recruits", "pay hires the poor", lambda m: m.sum("entries_local_poor", *LATE), 1,
        {"groups.iskp.pay": 50}),
    Row("local-levers", "breaking its finance weakens it",
        lambda m: m.at("fighters", "2018-12-30"), 1, policy="finance-interdiction", weeks=273),
    Row("local-levers", "engaging tribes finds and kills its men",
        lambda m: m.sum("exits_killed", "2017-01-01", "2018-12-30")
        / m.sum("fighters", "2017-01-01", "2018-12-30"), -1,
        policy="tribal-engagement", weeks=273),
    Row("centre-falls", "a healthy centre would keep it up",
        lambda m: m.at("fighters", "2018-12-30"), -1,
        {f"centres.is.health.{date}": 0.9
         for date in ("2016-11-30", "2017-06-30", "2017-12-31", "2018-12-30")},
        weeks=273),
]  # fmt: skip


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.claim}: {row.says}")
def test_the_mechanism_carries_the_claim(pairs: Pairs, row: Row) -> None:
    policy = row.policy
    if policy and (POLICIES / policy).exists():
        policy = str(POLICIES / policy)
    differences = pairs.differences(row.measure, row.off, policy, row.weeks, row.under)
    low, high = interval(differences)
    assert (low > 0) if row.sign > 0 else (high < 0), (
        f"{row.claim}: with less without lies in {low:.4g} to {high:.4g}"
    )
