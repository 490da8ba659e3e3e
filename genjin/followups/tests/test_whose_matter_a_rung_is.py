"""The nearest unit upward in which somebody leads is the team's, the next one the region's."""

import pytest

from genjin.followups.escalation.rules import answerable
from genjin.organization.rules import Tree

# 1 headquarters, 2 region, 3 and 4 its teams
TREE = Tree({1: None, 2: 1, 3: 2, 4: 2})


@pytest.mark.parametrize(
    ("unit", "led", "found"),
    [
        (3, {1, 2, 3}, (3, 2)),
        (3, {1, 2}, (2, 1)),
        (3, {1, 3}, (3, 1)),
        (3, {1}, (1, None)),
        (3, {4}, (None, None)),
        (2, {1, 2, 3}, (2, 1)),
        (1, {1, 2}, (1, None)),
    ],
)
def test_the_leaders_of_the_team_and_of_the_region(unit, led, found):
    assert answerable(unit, led=led, tree=TREE) == found
