"""What the ODD document says of one case alone: sections of the file that the scenario names."""

from __future__ import annotations

from ebbtide.explain.odd.sections import by_heading
from ebbtide.scenario import Fault, Faults, Scenario
from ebbtide.scenario.faults import listed, nearest
from ebbtide.scenario.project import label, read_text

SECTIONS = ("Patterns and figures", "References")

_WITH_LEDGER = """\
The scenario retells a text, claim by claim. Patterns to which no number was fitted:

{{patterns}}

Figures that numbers may be fitted to:

{{figures}}

Beside them stand {{rule_claims}} claims that name a mechanism. `ebbtide claims {{id}}` tells how all
of them fare."""
_WITHOUT = "The scenario names no claims: no pattern and no figure is asked of it."


def sections(scenario: Scenario) -> dict[str, str]:
    """The case's text by section, in which the template's marks may stand too.

    The file has a heading `## ` for each section; where it has none, what any scenario says.
    Raises Faults for another heading, and for text before the first.
    """
    stated = _stated(scenario) if scenario.odd else {}
    usual = _WITH_LEDGER if scenario.claims else _WITHOUT
    return {"Patterns and figures": usual, "References": ""} | stated


def _stated(scenario: Scenario) -> dict[str, str]:
    assert scenario.odd is not None
    before, found = by_heading(read_text(scenario.odd))
    file = label(scenario.odd)
    faults = [
        Fault(file, None, f'the heading "{heading}"', listed(SECTIONS), nearest(heading, SECTIONS))
        for heading in found
        if heading not in SECTIONS
    ]
    if before:
        faults.append(Fault(file, None, "text before the first heading", listed(SECTIONS)))
    if faults:
        raise Faults(faults)
    return found
