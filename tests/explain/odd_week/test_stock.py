"""Groups take stock: notoriety, cohesion, disputes, grievances."""

from types import SimpleNamespace

import pytest

from ebbtide.rules import cohesion, switching, violence


def test_take_stock_hears_of_harm(world: SimpleNamespace) -> None:
    rules, before = world.rules, world.before
    for g in range(world.fixed.groups):
        assert world.state.notoriety[g] == pytest.approx(
            violence.next_notoriety(
                before.notoriety[g], before.civilians_harmed[g].sum(),
                rules.violence_memory, rules.violence_harm_scale,
            )
        )  # fmt: skip


def test_take_stock_settles_disputes(world: SimpleNamespace) -> None:
    """In weeks in which no event tells of a leader's death."""
    fixed, state, before, rules = world.fixed, world.state, world.before, world.rules
    for g in range(fixed.groups):
        heads, others, heads_went = (int(lost) for lost in before.leaders_lost[g])
        shock = cohesion.shock(
            heads, others, fixed.group_posts[g],
            rules.cohesion_head_shock, rules.cohesion_leader_shock,
        )  # fmt: skip
        assert state.cohesion[g] == pytest.approx(
            cohesion.next_cohesion(
                before.cohesion[g], fixed.cohesion[g], shock, rules.cohesion_recovery
            )
        )
        dispute = before.dispute[g] * (1 - rules.cohesion_dispute_fade)
        if heads + heads_went > 0:
            dispute = cohesion.disputed(dispute, rules.cohesion_dispute_rise)
        assert state.dispute[g] == pytest.approx(dispute)
        for c in range(fixed.group_start[g], fixed.group_start[g + 1]):
            assert state.grievance[c] == pytest.approx(
                switching.grievance(
                    fixed.discontent[c], dispute, rules.switching_tendency,
                    rules.switching_discontent_weight,
                )
            )  # fmt: skip
    assert state.dispute.max() > 0
    assert before.leaders_lost.sum() > 0
