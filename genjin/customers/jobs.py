"""Verbs over many customers run here, away from the request. What was cut off is found by its state and carried on."""

from datetime import timedelta

from django.utils import timezone

from genjin.core.jobs.queue import job, periodic
from genjin.customers.bulk import runs
from genjin.customers.duplicates import searching, services
from genjin.customers.merging import automatic
from genjin.customers.models import BulkRun, StockSearch
from genjin.customers.pools import counting
from genjin.customers.search import reindex_filled

SEARCH_SILENT = timedelta(minutes=5)  # ten thousand customers or two thousand pairs take seconds
SILENT_SECONDS = 45  # a batch takes a fraction of a second: a run silent for so long has lost its worker


@job
def carry_out_bulk_run(pk: int) -> None:
    """A verb over many customers, from where the run stands."""
    if run := BulkRun.objects.filter(pk=pk).first():
        runs.carry_out(run)


@periodic(minute="*")
def carry_on_interrupted_bulk_runs() -> None:
    """Put runs whose worker was killed back into the queue."""
    silent_since = timezone.now() - timedelta(seconds=SILENT_SECONDS)
    for run in BulkRun.objects.filter(state__in=["queued", "running"], progress_at__lt=silent_since):
        carry_out_bulk_run.later(run.pk)


@periodic(hour="3", minute="40")
def forget_what_bulk_runs_did() -> None:
    """After a month nobody takes a run back: only its counts are kept."""
    runs.forget_rows(at=timezone.now())


@periodic(hour="3", minute="40")
def forget_what_was_looked_at_in_pools() -> None:
    """The counts of a day are asked for on that day alone."""
    counting.forget(at=timezone.now())


@job
def search_stock(pk: int) -> None:
    """Customers that are there twice, looked for in the whole stock; asked for twice, looked for once."""
    if services.take_on(pk, silent_since=timezone.now() - SEARCH_SILENT, at=timezone.now()):
        searching.carry_out(StockSearch.objects.get(pk=pk))
        merge_certain_pairs.later()


@job
def merge_certain_pairs() -> None:
    """What is one customer beyond doubt, where the company has it merged by itself."""
    automatic.merge_certain_pairs()


@job
def follow_searched_fields(subject: str) -> None:
    """A custom field is found by search now, or no longer."""
    reindex_filled(subject)


@periodic(hour="2", minute="15")
def search_stock_nightly() -> None:
    """What came since yesterday, by hand, by import, by a changed name or phone."""
    search_stock.later(services.queue_search(by=None, at=timezone.now()).pk)


@periodic(minute="*/5")
def carry_on_interrupted_searches() -> None:
    """Searches whose worker was killed begin again; they come to the same."""
    silent = StockSearch.objects.exclude(state=StockSearch.State.DONE)
    for search in silent.filter(progress_at__lt=timezone.now() - SEARCH_SILENT):
        search_stock.later(search.pk)
