"""What happens to leads by itself."""

from django.utils import timezone

from genjin.core.jobs.queue import job, periodic
from genjin.leads.assigning import clock
from genjin.leads.services import arriving


@job
def settle_arrivals() -> None:
    """What has come in becomes leads."""
    arriving.settle_arrivals()


@periodic(minute="*")
def settle_what_waits() -> None:
    """Whatever a job that failed has left."""
    arriving.settle_arrivals()


@periodic(minute="*")
def pass_on_what_lapsed() -> None:
    """What was given and not accepted in time goes to the next, or back into the queue."""
    clock.pass_on_lapsed(at=timezone.now())
