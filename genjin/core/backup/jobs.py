"""Backups by the clock, and at the press of a button."""

from django.conf import settings
from django.utils import timezone

from genjin.core.backup import rules
from genjin.core.backup.services import backups, make_and_rotate
from genjin.core.jobs.queue import job, periodic
from genjin.core.reasons import Refused


@job(retries=0)
def back_up_now() -> None:
    """Somebody asked for one. Why it failed is kept for the page."""
    _make()


@periodic(minute="*/10")
def back_up_daily() -> None:
    """Today's backup, at its hour or as soon as the machine runs after it."""
    newest = next((timezone.localtime(one.made_at) for one in backups()), None)
    if settings.BACKUP_HOUR is not None and rules.is_due(newest, timezone.localtime(), hour=settings.BACKUP_HOUR):
        _make()


def _make() -> None:
    try:
        make_and_rotate(at=timezone.now())
    except Refused:
        return  # logged, and kept for the page
