"""The rules, compiled: the same names as in `ebbtide.rules`, as machine code.

A phase that reads `switching.hazard(...)` finds the compiled function here; the agents' way swaps
this module's entries for the plain ones.
"""

from __future__ import annotations

import inspect
from types import ModuleType

from ebbtide import rules
from ebbtide.world.compiled import compiled


def _compile(mechanism: ModuleType) -> ModuleType:
    namespace = ModuleType(mechanism.__name__)
    for name, value in vars(mechanism).items():
        if inspect.isfunction(value) and value.__module__ == mechanism.__name__:
            setattr(namespace, name, compiled(value))
    return namespace


alliances = _compile(rules.alliances)
attacks = _compile(rules.attacks)
attention = _compile(rules.attention)
brand = _compile(rules.brand)
cohesion = _compile(rules.cohesion)
displacement = _compile(rules.displacement)
finance = _compile(rules.finance)
founding = _compile(rules.founding)
intelligence = _compile(rules.intelligence)
leaving = _compile(rules.leaving)
media = _compile(rules.media)
morale = _compile(rules.morale)
pledges = _compile(rules.pledges)
recruitment = _compile(rules.recruitment)
resistance = _compile(rules.resistance)
rivalry = _compile(rules.rivalry)
succession = _compile(rules.succession)
support = _compile(rules.support)
switching = _compile(rules.switching)
targeting = _compile(rules.targeting)
territory = _compile(rules.territory)
violence = _compile(rules.violence)
