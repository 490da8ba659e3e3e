"""What happens to leads by itself."""

from genjin.core.jobs.queue import job, periodic
from genjin.leads.services import arriving


@job
def settle_arrivals() -> None:
    """What has come in becomes leads."""
    arriving.settle_arrivals()


@periodic(minute="*")
def settle_what_waits() -> None:
    """Whatever a job that failed has left."""
    arriving.settle_arrivals()
