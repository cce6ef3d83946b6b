"""What a reader must know of a claim that neither its tests nor its figures tell."""

NOTES = {
    "recruits-lost": "No row of its rule tests runs in the scenario as shipped: each makes a world in "
    "which its cause has much to do. When all five were run in the scenario itself (12 pairs, 95% "
    "interval of men who join, with less without) only money showed its sign (-46 to -12). Capability "
    "(-51 to 28), leaders (-3 to 27) and winning mood (-42 to 30) stayed in doubt, and places had the "
    "wrong sign (-8 to -4, where holding ground should draw men). So the rules hold the five causes, "
    "and the scenario does not show that they worked.",
    "killed": "No test of the model: the strengths of the acts of 2015 and 2016 in "
    "`policies/record.toml` (`acts.afghan-operations-2015`, `acts.afghan-operations-2016`) and "
    "`rules.targeting.highest` (0.03) were set looking at these two figures.",
    "spread": "`sympathy` of some provinces leans on reports of 2015 about the group itself.",
    "pakistan": "By the end of 2016 the model has more of the group in Pakistan than in Afghanistan "
    "by the medians, which no figure here supports.",
}
