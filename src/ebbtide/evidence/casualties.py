"""How many civilians a group's attacks harmed in a period: few attacks make most of the sum.

Whom the attacks of a run happened to harm says little of its parameters, so the number is integrated
out: given the run's attacks of each kind, as many as it had, and the chance of each that it goes at
civilians, attacks on civilians are taken as Poisson (they are binomial, which spreads less where most go
there), and their harm is drawn from the rule `attacks.harmed`; the sum is compound
Poisson, its distribution had from the discrete Fourier transform. What is said is that sum * bias *
error; log bias ~ normal(0, casualty_bias), one for a publisher and all who depend on him, log error ~
normal(0, casualty_error). How likely a number is to be said at another bias is had from how likely its
quotient is without any, between numbers of which a run was asked (monotone cubics in logs).
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, override

import numpy as np
from scipy import interpolate

from ebbtide.evidence.integrated import Integrated
from ebbtide.evidence.interval import NONE_IN_LOGS
from ebbtide.evidence.statement import POOLED, TOLD_APART, StatementOfPeriod
from ebbtide.rules import attacks
from ebbtide.scenario.schema.evidence import CIVILIANS_HARMED

if TYPE_CHECKING:
    from ebbtide.evidence.lived import Lived
    from ebbtide.evidence.statement import Seen

GRID = 1 << 14  # people: three times what one attack can harm
ONE_ATTACK = 1.0  # guess, in logs: one attack makes half of a period's sum
# Numbers harmed are taken together where they differ by less than the error that is told of them.
FROM = np.unique(np.round(np.geomspace(1, GRID - 1, 400)).astype(int))
HARMED = np.sqrt(FROM * (np.append(FROM[1:], GRID) - 1.0))
SQRT_TWO_PI = math.sqrt(2.0 * math.pi)


@dataclass(frozen=True, kw_only=True)
class Casualties(Integrated, StatementOfPeriod):
    """Civilians killed or injured by the group in `places` from `first` to `last`."""

    places: tuple[str, ...] = field(metadata=TOLD_APART)
    casualty_error: float = field(metadata=POOLED)

    @property
    @override
    def counts(self) -> str:
        return CIVILIANS_HARMED

    @property
    @override
    def log_error(self) -> float:
        return ONE_ATTACK

    @property
    @override
    def may_be_said(self) -> np.ndarray:
        return np.array([0.0, *np.unique(np.round(np.geomspace(1, GRID - 1, 60)))])

    @property
    @override
    def widths(self) -> np.ndarray:
        return np.asarray(np.gradient(self.may_be_said))

    @override
    def log_likelihood(self, seen: Seen, node: np.ndarray) -> np.ndarray:
        asked, known = self.may_be_said, [seen[self.column(f"{n:.6g}")] for n in self.may_be_said]
        if self.middle < 1.0:  # none harmed is none at any bias
            return np.repeat(known[0][:, None], node.size, axis=1)
        at = interpolate.PchipInterpolator(np.log(asked[1:]), np.stack(known[1:]))
        unbiased = np.clip(self.middle / node, 1.0, asked[-1])
        return np.asarray((at(np.log(unbiased)) - np.log(node)[:, None]).T)

    @override
    def said(self, seen: Seen, node: np.ndarray, random: np.random.Generator) -> np.ndarray:
        return np.asarray(super().said(seen, node, random) * node)

    @override
    def likely(self, lived: Lived, said: np.ndarray) -> np.ndarray:
        sums = np.zeros(GRID // 2 + 1, complex)
        for expected, severity in attacks_on_civilians(lived, self.places, self.first, self.last):
            sums += expected * (np.fft.rfft(severity) - 1.0)
        mass = np.maximum(np.fft.irfft(np.exp(sums), GRID), 0.0)
        told = np.maximum(said, NONE_IN_LOGS)[:, None]
        error = np.log(told / HARMED) / self.casualty_error
        density = np.exp(-0.5 * error * error) / (told * self.casualty_error * SQRT_TWO_PI)
        return np.asarray(density @ np.add.reduceat(mass, FROM) + np.where(said < 1, mass[0], 0.0))


def attacks_on_civilians(
    lived: Lived, places: Sequence[str], first: dt.date, last: dt.date
) -> Iterator[tuple[float, np.ndarray]]:
    """Attacks on civilians to be expected in a period, by group and kind, and how bad each is.

    Of the attacks that the run had, each goes at civilians by the chance of its week (`soft_share`).
    """
    world, numbers = lived.model.world, lived.model.parameters
    days = slice(first.isoformat(), last.isoformat())
    for group in lived.focus:
        g = lived.model.group_names.index(group)
        in_cities, all_of = (
            lived.of_places([outcome], [group], places).loc[days].to_numpy()
            for outcome in ("attacks_in_cities", "attacks")
        )
        capability = lived.of_groups(["capability"], [group]).loc[days].to_numpy()
        for count, in_city, least, exponent in (
            (
                all_of - in_cities,
                0.0,
                numbers.attacks_mounted_least,
                numbers.attacks_mounted_exponent,
            ),
            (in_cities, 1.0, numbers.attacks_carried_least, numbers.attacks_carried_exponent),
        ):
            soft = [
                attacks.soft_share(
                    able, in_city, world.civilian_targeting[g], numbers.attacks_soft_tendency,
                    numbers.attacks_soft_weight, numbers.attacks_city_softness,
                )
                for able in capability
            ]  # fmt: skip
            severity = severity_of(world.attack_severity[g] * least, exponent)
            yield float((count * np.array(soft)).sum()), severity


def severity_of(least: float, exponent: float) -> np.ndarray:
    """How likely an attack harms 0, 1, 2 ... people, by the rule `attacks.harmed`: by its inversion.

    `least` is the scale of its kind, stretched by the group's severity.
    """
    people = np.arange(1, round(attacks.LARGEST_HARM) + 1)
    at_least = np.minimum(1.0, (people / least) ** (1.0 - exponent))
    severity = np.zeros(GRID)
    severity[: people.size + 1] = -np.diff([1.0, *at_least, 0.0])
    return severity
