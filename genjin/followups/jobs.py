"""What follow-up does by the clock."""

import logging

from django.utils import timezone

from genjin.core.jobs.queue import job, periodic
from genjin.followups.escalation.digests import forget_digests, make_digests
from genjin.followups.escalation.models import Delivery
from genjin.followups.escalation.sending import deliver, give_up_lost
from genjin.followups.escalation.unit_texts import announce
from genjin.followups.plans.services import MADE_FROM, make_plans, settle_plans
from genjin.followups.proposals.morning import propose_what_days_bring
from genjin.followups.proposals.reassigning import propose_others
from genjin.followups.recycling.giving_back import carry_on_giving_back
from genjin.followups.recycling.models import RecycleRun
from genjin.followups.recycling.services import forget_long_ago, recycle_until_yesterday
from genjin.followups.register.services import propose_weekends
from genjin.followups.services.replanning import replan_until_yesterday

log = logging.getLogger(__name__)


@periodic(minute="1")
def take_back_whom_nobody_works() -> None:
    """A minute past every hour, before plans are made: each unit's night after its last working day, once."""
    moved = recycle_until_yesterday(at=timezone.now())
    if moved:
        log.info("%d customers went back to the pool", moved)


@job
def give_back_night(pk: int) -> None:
    """Give back a night's customers, from where it stands."""
    if run := RecycleRun.objects.filter(pk=pk).first():
        carry_on_giving_back(run)


@periodic(minute="*/5")
def go_on_giving_back() -> None:
    """Nights whose giving back was cut off."""
    for run in RecycleRun.objects.filter(undo_at__isnull=False, undone_at=None):
        give_back_night.later(run.pk)


@periodic(hour="3", minute="50")
def forget_whom_nights_took() -> None:
    """After a quarter of a year only the counts of a night are kept; the record of each customer stays."""
    forget_long_ago(at=timezone.now())


@periodic(minute="5")
def go_on_to_the_next_day() -> None:
    """Five past every hour, so that the night's run is made up for by a machine that was off.

    What became of yesterday's plans, a new day for what was not done, and from the early morning on today's plans, in
    this order. Moves no due date.
    """
    at = timezone.now()
    settled = settle_plans(at=at)
    moved = replan_until_yesterday(at=at)
    made = make_plans(at=at) if timezone.localtime(at).time() >= MADE_FROM else 0
    if settled or moved or made:
        log.info(
            "%d plans settled, %d customers that were not done have a new day, %d plans made", settled, moved, made
        )


@periodic(minute="35")
def propose_weekend_messages() -> None:
    """Before noon of each unit's last working day of the week: whom to write to at the weekend, once a week."""
    done = propose_weekends(at=timezone.now())
    if done:
        log.info("%d people have their list for the weekend", done)


@periodic(minute="15")
def propose_what_is_over() -> None:
    """A quarter past every hour: close windows that are over, payments promised and not made. Each is proposed once."""
    at = timezone.now()
    made = propose_what_days_bring(at=at)
    others = propose_others(at=at)
    if made or others:
        log.info("%d class moves proposed, for %d customers somebody else", made, others)


@periodic(minute="*/5")
def tell_everybody() -> None:
    """Every five minutes: who has begun to work since is told what slipped, what is promised and what is agreed."""
    at = timezone.now()
    made = make_digests(at=at)
    if made:
        log.info("%d people were reminded", len(made))
    announce(at=at)
    give_up_lost(at=at)
    for pk in Delivery.objects.due(at).order_by("pk").values_list("pk", flat=True):
        send.later(pk)


@job(retries=0)
def send(delivery: int) -> None:
    """One attempt at one letter or text; the row says when the next one is."""
    deliver(delivery, at=timezone.now())


@periodic(hour="3", minute="20")
def forget_old_reminders() -> None:
    """Reminders do not grow for ever."""
    forget_digests(at=timezone.now())
