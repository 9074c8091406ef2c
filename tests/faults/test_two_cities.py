"""One city after another in the same project: nothing of the first is in the second."""

import pytest
from conftest import EMBEDDED, compendium


@pytest.mark.slow("builds a city twice; each city has its own folders, which is tested always")
def test_a_city_built_after_another_has_the_same_bytes_as_built_alone(rebuilt, sample):
    assert compendium(rebuilt, "build", "contoh", *EMBEDDED).returncode == 0
    for folder in ("data/processed/contoh", "build/contoh/paper", "build/contoh/figures"):
        for path in sorted((sample / folder).iterdir()):
            assert (rebuilt / folder / path.name).read_bytes() == path.read_bytes(), path.name
