"""Random numbers by key, and the compiled phases that loop the rules over the columns."""

from ebbtide.compilation.compiled import callable_from_compiled
from ebbtide.rules import MECHANISMS

for _mechanism in MECHANISMS.values():
    for _rule in _mechanism.rules.values():
        callable_from_compiled(_rule.function)
