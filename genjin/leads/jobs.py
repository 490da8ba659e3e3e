"""What happens to leads by itself."""

import time

from django.conf import settings
from django.utils import timezone

from genjin.core.jobs.queue import job, periodic
from genjin.leads.assigning import clock
from genjin.leads.capture import taking
from genjin.leads.converting import telling
from genjin.leads.mail import collecting
from genjin.leads.mail.models import Mailbox
from genjin.leads.replies import sending
from genjin.leads.scoring import services as scoring
from genjin.leads.services import arriving

_asked_at = -1.0


@job
def settle_arrivals() -> None:
    """What has come in becomes leads, and who is to be answered is answered."""
    arriving.settle_arrivals()
    send_replies.later()


@job
def send_replies() -> None:
    """Automatic replies that are due."""
    sending.send_due(at=timezone.now())


@periodic(minute="*")
def go_on_sending_replies() -> None:
    """Those that waited for the morning or for another attempt."""
    sending.send_due(at=timezone.now())
    sending.give_up_lost(at=timezone.now())


@job(retries=0)
def read_mailbox(pk: int) -> None:
    """One mailbox, now."""
    if mailbox := Mailbox.objects.filter(pk=pk).first():
        collecting.collect(mailbox, at=timezone.now())
        settle_arrivals.later()


@periodic(minute="*/3")
def read_mailboxes() -> None:
    """All that are switched on."""
    if collecting.collect_all(at=timezone.now()):
        settle_arrivals.later()


@periodic(minute="*")
def settle_what_waits() -> None:
    """Whatever a job that failed has left."""
    arriving.settle_arrivals()


@periodic(minute="*")
def pass_on_what_lapsed() -> None:
    """What was given and not accepted in time goes to the next, or back into the queue."""
    clock.pass_on_lapsed(at=timezone.now())


def settle_soon() -> None:
    """Have what just came in settled within moments: one job for everything of a second, however much that is."""
    global _asked_at
    now = time.monotonic()
    if settings.JOBS_IMMEDIATE or not 0 <= now - _asked_at < taking.GATHER:
        _asked_at = now
        settle_arrivals.soon(seconds=taking.GATHER + 1)


@periodic(hour="3", minute="25")
def forget_what_looked_like_spam() -> None:
    """What was suspected and never asked for goes after its time."""
    taking.forget_suspects(at=timezone.now())


@periodic(hour="3", minute="40", day_of_week="1")
def learn_likeness() -> None:
    """What became of leads and customers, learned anew."""
    scoring.learn(at=timezone.now())


@job
def tell_of_conversion(pk: int) -> None:
    """Whom a customer was handed to hears of it."""
    telling.tell(pk, at=timezone.now())
