"""What makes two results folders one study: all that a manifest says, but for what is named."""

from __future__ import annotations

import pytest

from ebbtide.study.manifest import NO_IDENTITY, differences
from ebbtide.study.manifest_file import LATER, ManifestFile

from .worlds import MANIFEST


def test_whatever_a_manifest_comes_to_say_makes_another_study() -> None:
    """Also a key that nobody has thought of: a folder must not go on with other runs."""
    one, other = ({**MANIFEST, "of_tomorrow": value} for value in (1, 2))
    assert differences(one, other) == ["of_tomorrow: the folder has 1, asked is 2"]
    assert differences(one, one) == []


@pytest.mark.parametrize(
    ("key", "other"),
    [("weekly_places", True), ("weeks_of_parts", ["2016-11-27"]), ("posterior", "of another draw")],
)
def test_a_folder_from_before_a_key_came_means_by_it_what_it_could_not_say(key, other) -> None:
    before = {name: said for name, said in MANIFEST.items() if name != key}
    assert differences(before, {**before, key: LATER[key]}) == []
    assert [line.partition(":")[0] for line in differences(before, {**before, key: other})] == [key]


@pytest.mark.parametrize("key", sorted(NO_IDENTITY))
def test_how_it_was_asked_for_makes_none(key: str) -> None:
    assert key in ManifestFile.model_fields
    assert differences(MANIFEST, {**MANIFEST, key: "another"}) == []
