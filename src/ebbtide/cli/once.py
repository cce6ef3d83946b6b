"""An option that takes one value is given once: of two, the last would win without a word."""

from __future__ import annotations

from collections import Counter
from typing import Any, override

from typer.core import TyperCommand, TyperOption


class EachOptionOnce(TyperCommand):
    """A command that refuses an option given twice, but for switches and those that may be repeated."""

    @override
    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        _, _, given = self.make_parser(ctx).parse_args(args=[*args])
        values = Counter(each.name for each in given if _takes_one(each))
        twice = {each.name: each.opts[0] for each in given if values[each.name] > 1}
        if twice:
            from ebbtide.scenario import Fault, Faults

            raise Faults(
                Fault(option, None, f"{values[name]} values", "one")
                for name, option in twice.items()
            )
        return super().parse_args(ctx, args)


def _takes_one(parameter: object) -> bool:
    return isinstance(parameter, TyperOption) and not (
        parameter.is_flag or parameter.multiple or parameter.count
    )
