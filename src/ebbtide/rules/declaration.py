"""How a mechanism's file declares itself: its parameters, and what every rule says of itself.

A file says in `WHEN_OFF` what holds without it, lists its free numbers in `PARAMETERS` and puts
`@rule(...)` above every function. Nothing else has to be told: the schema, the compiled code,
`ebbtide explain` and the ODD description read it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

# What a form rests on where no literature gives it: a guess, or that it could not be another.
ASSUMED, BY_DEFINITION = "assumed", "by definition"


@dataclass(frozen=True, slots=True)
class Parameter:
    """A free number of a mechanism; its value or prior, and their source, stand in the scenario."""

    unit: str
    low: float  # the allowed range
    high: float
    meaning: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A pure function of numbers, and what it says of itself."""

    function: Any  # plain Python, as it stands in its file
    form: str
    within: tuple[float, float | str] | None
    source: str
    literature: str
    parameters: Mapping[str, tuple[str, ...]]

    @property
    def meaning(self) -> str:
        """The first paragraph of its docstring."""
        return _paragraphs(self.function)[0]

    @property
    def remarks(self) -> str:
        """The rest of its docstring."""
        return _paragraphs(self.function)[1]

    @property
    def arguments(self) -> list[str]:
        """What it takes, by name; numbers that travel together are named one by one."""
        kinds = {
            name: kind for name, kind in self.function.__annotations__.items() if name != "return"
        }
        return [each for name, kind in kinds.items() for each in getattr(kind, "_fields", (name,))]


def _paragraphs(documented: Any) -> tuple[str, str]:
    """The first paragraph of a docstring and the rest, each as one line."""
    first, _, rest = (documented.__doc__ or "").partition("\n\n")
    return " ".join(first.split()), " ".join(rest.split())


def rule[Function: Callable[..., Any]](
    form: str,
    *,
    within: tuple[float, float | str] | None = None,
    source: str = ASSUMED,
    literature: str = "",
    parameters: Mapping[str, tuple[str, ...]] | None = None,
) -> Callable[[Function], Function]:
    """Declare a function to be a rule; it stays the plain function that it is.

    `form` is the formula in Python's signs and the arguments' names, with auxiliary ones before it,
    set off by `;`; a test computes it. `within` bounds the result, by numbers or the name of an
    argument. `source` is whose form it is, `literature` what else is known of the matter. `parameters`
    are those that an argument of another name stands for, as `mechanism.parameter` where they are
    another mechanism's.
    """

    def declare(function: Function) -> Function:
        declared = Rule(function, form, within, source, literature, parameters or {})
        function.declared = declared  # type: ignore[attr-defined]
        return function

    return declare


@dataclass(frozen=True, slots=True, eq=False)
class Mechanism:
    """A file of rules: its name and docstring, its parameters and its rules, in the file's order.

    `when_off` is what holds where a scenario switches it off.
    """

    name: str
    file: str
    meaning: str
    remarks: str
    when_off: str
    parameters: Mapping[str, Parameter]
    rules: Mapping[str, Rule]

    @classmethod
    def of(cls, module: Any) -> Mechanism:
        """What a mechanism's file declares.

        Raises TypeError for a file that does not say what holds without it, for a function of it
        that is not declared a rule, and for a name that a rule and a parameter share.
        """
        names = vars(module)
        if "WHEN_OFF" not in names:
            raise TypeError(f"{module.__name__} has no WHEN_OFF: what holds without it")
        parameters = names.get("PARAMETERS", {})
        own = {name: function for name, function in names.items()
               if hasattr(function, "__code__") and function.__module__ == module.__name__}  # fmt: skip
        for name, function in own.items():
            if not hasattr(function, "declared"):
                raise TypeError(f"{module.__name__}.{name} has no @rule above it")
            if name in parameters:
                raise TypeError(f"{module.__name__}.{name} is a rule and a parameter")
        rules = {name: function.declared for name, function in own.items()}
        name = module.__name__.rpartition(".")[2]
        return cls(
            name, module.__file__, *_paragraphs(module), names["WHEN_OFF"], parameters, rules
        )

    def parameters_of(self, rule: Rule) -> list[str]:
        """The parameters that a rule takes, as `mechanism.parameter`."""
        own = {name: (name,) for name in self.parameters}
        taken = own | dict(rule.parameters)
        names = [name for argument in rule.arguments for name in taken.get(argument, ())]
        return [name if "." in name else f"{self.name}.{name}" for name in names]
