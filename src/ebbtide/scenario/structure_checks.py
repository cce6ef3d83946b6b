"""What must hold of the rival views of structure that a scenario states."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from ebbtide.scenario.document import Document, Keys
from ebbtide.scenario.faults import Fault, counted, listed, nearest, shown
from ebbtide.scenario.quantity import Quantity
from ebbtide.scenario.reporting import reporter
from ebbtide.scenario.schema.structures import RivalViews

LEAST_SHARE = 0.01  # of the prior: with less no run would hold a view


def check_structures(
    structures: Mapping[str, RivalViews],
    quantities: Mapping[str, Quantity],
    document: Document,
    faults: list[Fault],
    tried: Collection[Keys] = (),
) -> None:
    """Add to `faults` views of what has no prior, limits in disorder, and views that no run would hold.

    A quantity that is set beside the file, at keys that are `tried`, need not have its prior any more.
    """
    say = reporter(document, faults, ())
    for name, structure in structures.items():
        keys = ("structures", name)
        known = {path for path, each in quantities.items() if each.uncertain}
        path = structure.quantity
        if path not in known:
            if tuple(path.split(".")) not in tried:
                near = nearest(path, known)
                what = "a number without a prior" if path in quantities else shown(path)
                allowed = f"a quantity that has a prior, such as {listed(known, 3)}"
                say((*keys, "quantity"), what, allowed, near)
            continue
        if list(structure.at) != sorted({*structure.at}):
            say((*keys, "at"), shown(list(structure.at)), "limits upwards, each once")
            continue
        if len(structure.views) != len(structure.at) + 1:
            found = f"{counted(len(structure.views), 'view')}"
            limits = counted(len(structure.at), "limit")
            say((*keys, "views"), found, f"{len(structure.at) + 1}, one more than {limits}")
            continue
        for view, share in zip(
            structure.views, structure.prior_shares(quantities[path]), strict=True
        ):
            if share < LEAST_SHARE:
                found = f"{max(0.0, share):.1%} of the prior of {path} for {shown(view)}"
                say((*keys, "at"), found, f"at least {LEAST_SHARE:.0%} for every view")
