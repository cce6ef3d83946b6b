"""What a user adds, in a file of his own."""

import ebbtide as eb

MANY = 100


@eb.weekly_outcome("share")
def share_of_start(model, group):
    """Fighters as a share of those of the first day.

    The rest of a docstring is a remark.
    """
    at_start = model.state.series.fighters[0, group.row]
    return group.size / at_start if at_start else None


@eb.run_metric("weeks")
def weeks_with_many(trajectory):
    """Weeks with more than 100 fighters."""
    return int((trajectory.fighters > MANY).sum())


@eb.run_metric("date")
def first_with_many(trajectory):
    """First week with more than 100 fighters."""
    weeks = (trajectory.outcomes["fighters"] > MANY).nonzero()[0]
    return trajectory.date(weeks[0]) if weeks.size else None


@eb.rule_override("territory.reported")
def everywhere_reported(affiliates, unseen):
    """Wherever it has anybody it is reported."""
    return 1.0 if affiliates > 0.0 else 0.0
