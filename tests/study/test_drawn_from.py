"""What a folder's runs are draws of follows from its manifest."""

from __future__ import annotations

from typing import Any

import pytest

from ebbtide.show.words import runs_told
from ebbtide.study.drawn_from import DrawnFrom

RUN: dict[str, Any] = {"uncertainties": ["a"], "study": None, "fixed": False, "posterior": None}


@pytest.mark.parametrize(
    ("manifest", "said"),
    [
        (RUN, "3 runs, drawn from the priors"),
        (RUN | {"posterior": "abc"}, "3 runs, drawn from the posterior"),
        (RUN | {"fixed": True}, "3 runs, every uncertain quantity at its median"),
        (RUN | {"study": {"others": "posterior"}}, "3 runs, drawn from the posterior"),
        (RUN | {"uncertainties": []}, "3 runs"),
    ],
)
def test_figures_say_what_runs_are_draws_of(manifest: dict[str, Any], said: str) -> None:
    assert runs_told(3, 0, DrawnFrom.kept(manifest)) == said
