"""What the organisation's tables need at night."""

from datetime import datetime, timedelta

from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib.sessions.models import Session
from django.utils import timezone

from genjin.core.jobs.queue import periodic

GUESSES_KEPT = timedelta(days=1)  # they count for a quarter of an hour
SIGN_INS_KEPT = timedelta(days=180)  # ours: long enough to look into something that was noticed late


@periodic(hour="3", minute="40")
def forget_old_sign_ins() -> None:
    """Sessions that are over and the log of sign-ins do not grow for ever."""
    forget(at=timezone.now())


def forget(*, at: datetime) -> None:
    Session.objects.filter(expire_date__lt=at).delete()
    AccessAttempt.objects.filter(attempt_time__lt=at - GUESSES_KEPT).delete()
    for log in (AccessLog, AccessFailureLog):
        log.objects.filter(attempt_time__lt=at - SIGN_INS_KEPT).delete()
