"""How options are read: one that takes one value is given once, and all that are wrong are told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, override

import typer
from typer.core import TyperCommand, TyperOption


class EachOptionOnce(TyperCommand):
    """A command that refuses an option given twice, but for switches and those that may be repeated.

    Of two the last would win without a word. Of several that are wrong it tells all.
    """

    @override
    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        written, _, given = self.make_parser(ctx).parse_args(args=[*args])
        values = Counter(each.name for each in given if _takes_one(each))
        twice = {each.name: each.opts[0] for each in given if values[each.name] > 1}
        if twice:
            from ebbtide.scenario import Fault, Faults

            raise Faults(
                Fault(option, None, f"{values[name]} values", "one")
                for name, option in twice.items()
            )
        try:
            return super().parse_args(ctx, args)
        except typer.BadParameter as first:
            wrong = dict.fromkeys([first.format_message(), *_all_wrong(ctx, given, written)])
            first.message = "\n".join([first.message, *[*wrong][1:]])
            raise


def _all_wrong(ctx: Any, given: Iterable[Any], written: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with the options that were given, in words, one after the other."""
    for each in dict.fromkeys(given):
        try:
            each.handle_parse_result(ctx, written, [])
        except typer.BadParameter as wrong:
            yield wrong.format_message()


def _takes_one(parameter: object) -> bool:
    return isinstance(parameter, TyperOption) and not (
        parameter.is_flag or parameter.multiple or parameter.count
    )
