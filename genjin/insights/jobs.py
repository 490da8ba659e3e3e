"""What the boards have counted at night, so that a week can be compared with the one before."""

import logging

from django.utils import timezone

from genjin.core.jobs.queue import job, periodic
from genjin.insights.quality.counting import count_quality
from genjin.organization.models import Unit

log = logging.getLogger(__name__)


@periodic(hour="4", minute="20")
def count_faults() -> None:
    """Every unit for itself: a night that is cut off has counted some, and the next one counts them all."""
    at = timezone.now()
    counted = sum(count_quality(units=[unit], at=at) for unit in Unit.objects.values_list("pk", flat=True))
    log.info("the faults of the customers of %d people counted", counted)


@job
def count_faults_of(units: list[int]) -> None:
    """The same for some units, because somebody asked for it."""
    count_quality(units=units, at=timezone.now())
