"""The forecasts of a text (F), as what is measured of a run: whether each holds in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ebbtide.claims.claim_tests import ClaimTests, ForecastTest
from ebbtide.claims.kind import Measuring
from ebbtide.claims.measures import days_noted

if TYPE_CHECKING:
    import pandas as pd

    from ebbtide.claims.kind import KindOfMeasure
    from ebbtide.claims.reading import CaseTests
    from ebbtide.evidence.lived import Lived

DOUBT = 0.95  # of an interval: how well so many draws tell a probability


@dataclass(frozen=True)
class TextsForecasts:
    """The F tests of a file of claim tests."""

    tests: CaseTests

    @property
    def days(self) -> set[dt.date]:
        """Days on which a run must note where its fighters came from."""
        return days_noted(
            [*forecast_measures(self.tests.file).values(), *self.tests.file.measure.values()]
        )

    def of(self, lived: Lived) -> Mapping[str, float]:
        """Whether each holds in a run, 1 or 0, and whether it is asked there at all."""
        run = Measuring(lived, self.tests.file.measure, self.tests.file.periods)
        return {
            name: measure.value(run) for name, measure in forecast_measures(self.tests.file).items()
        }

    def probabilities(self, seen: pd.DataFrame) -> pd.DataFrame:
        """Of each: the share of the draws in which it holds (a row of `seen` a draw, once or more often).

        Columns: `claim`, `forecast`, `words`, `probability`, `low` and `high`, `draws` (effective).
        The ends are Jeffreys' 95% interval of so many effective draws: they say how well the draws tell
        the share, and nothing of whether model and posterior are right.
        """
        import pandas as pd
        from scipy.stats import beta

        columns = ["claim", "forecast", "words", "probability", "low", "high", "draws"]
        rows = []
        for name, test in self.tests.file.of(ForecastTest):
            asked = seen if test.given is None else seen[seen[given(name)] == 1]
            draws = effective(asked["lived"].to_numpy())
            share = float(asked[held(name)].mean()) if len(asked) else float("nan")
            low, high = beta.interval(DOUBT, share * draws + 0.5, (1 - share) * draws + 0.5)
            rows.append([test.claim, name, test.words, share, float(low), float(high), draws])
        return pd.DataFrame(rows, columns=columns)


def effective(lived: np.ndarray) -> float:
    """How many draws tell as much (Kish 1965), where some are the same run."""
    _, times = np.unique(lived, return_counts=True)
    return float(times.sum() ** 2 / np.square(times).sum()) if times.size else 0.0


def forecast_measures(file: ClaimTests) -> dict[str, KindOfMeasure]:
    """What is measured of a run for the F tests of a file, by name."""
    found: dict[str, KindOfMeasure] = {}
    for name, test in file.of(ForecastTest):
        found[held(name)] = test.holds
        if test.given is not None:
            found[given(name)] = test.given
    return found


def held(name: str) -> str:
    """Under which name it is measured whether a forecast holds."""
    return f"forecast.{name}"


def given(name: str) -> str:
    """Under which name it is measured whether a forecast is asked at all."""
    return f"forecast.{name}: given"
