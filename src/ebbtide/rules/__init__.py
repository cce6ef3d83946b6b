"""What groups, fighters and forces do each week: one mechanism a file, numbers in, numbers out.

Every function here is a pure function of numbers. The compiled phases loop them over columns,
Mesa agents call them for their own row, and tests call them with plain numbers. A new mechanism is a
new file in this folder, which declares itself as `declaration` says; scenarios give its parameters
values, and a phase of the week calls it.
"""

from importlib import import_module
from pkgutil import iter_modules

from ebbtide.rules.declaration import Mechanism

MECHANISMS = {
    name: Mechanism.of(import_module(f"{__name__}.{name}"))
    for name in sorted(module.name for module in iter_modules(__path__))
    if name != "declaration"
}
