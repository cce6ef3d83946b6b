"""Numbers of another case, which the audit tells."""

from pathlib import Path

import pytest

from ebbtide.audit.elsewhere import of_another_case
from ebbtide.scenario import load


@pytest.mark.slow
def test_a_shipped_case_has_none(khorasan, minimal):
    assert of_another_case(khorasan) == {}
    assert of_another_case(minimal) == {}


@pytest.mark.slow
def test_a_variant_of_a_case_is_told_what_it_took_from_it(tmp_path: Path):
    variant = tmp_path / "variant.toml"
    variant.write_text(
        'extends = "ebbtide:minimal"\ntitle = "Variant"\n[groups.league]\npay = 90\n'
    )

    found = of_another_case(load(variant))

    assert list(found) == ["minimal"]
    of_minimal = load("minimal").quantities
    of_league = [path for path in of_minimal if path.startswith("groups.league.")]
    assert found["minimal"]["groups.league"] == len(of_league) - 1  # its pay is its own
    assert "rules.recruitment" not in found["minimal"]  # general numbers are nobody's case
