"""Study files on the small scenario."""

from __future__ import annotations

STUDY = """
title = "Pay against the strikes' first day"
scenario = "minimal"
policies = ["minimal"]
replications = 2
until = 2001-12-30

[design]
points = 2

[vary."groups.embers.pay"]
low = 100
high = 400

[vary."policy.acts.strikes.start"]
values = [2001-07-01, 2001-10-07]

[series]
groups = ["embers"]
outcomes = ["fighters"]
every = 4
"""


def written(folder, text=STUDY, name="study.toml", **replaced):
    """A study file in a folder, with parts of its text replaced: `old`, `new`."""
    if replaced:
        assert replaced["old"] in text
        text = text.replace(replaced["old"], replaced["new"])
    path = folder / name
    path.write_text(text)
    return path
