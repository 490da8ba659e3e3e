"""febrl's people, whose true pairs are known, are found by configuration alone."""

from pathlib import Path

import pytest

from bench.linkage import SCHEME, measure
from genjin.core.linkage.schemes import read_scheme

FOLDER = Path(__file__).parents[3] / "shared/data/febrl"

pytestmark = pytest.mark.skipif(
    not FOLDER.exists(), reason="the public files stand beside the checkout, in ../shared/data"
)


@pytest.mark.parametrize(
    ("file", "records", "pairs", "precision", "recall"),
    [("dataset1.csv", 1000, 500, 0.98, 0.95), ("dataset2.csv", 5000, 1934, 0.98, 0.95)],
)
def test_nearly_all_true_pairs_are_found_and_nearly_no_others(file, records, pairs, precision, recall):
    scheme = read_scheme(SCHEME.read_text("utf-8"))
    found = measure(FOLDER / file, scheme)
    assert (found["records"], found["true_pairs"]) == (records, pairs)  # the README of the data
    assert found["found"][scheme.alert]["precision"] >= precision
    assert found["found"][scheme.alert]["recall"] >= recall
