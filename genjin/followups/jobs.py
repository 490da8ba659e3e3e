"""What follow-up does by the clock."""

import logging

from django.utils import timezone

from genjin.core.jobs.queue import periodic
from genjin.followups.services.replanning import replan_until_yesterday

log = logging.getLogger(__name__)


@periodic(minute="5")
def replan_what_was_not_done() -> None:
    """Five past every hour, so that the night's run is made up for by a machine that was off. Moves no due date."""
    moved = replan_until_yesterday(at=timezone.now())
    if moved:
        log.info("%d customers that were not done have a new day", moved)
