"""A night of recycling in a process of its own, that can be killed: `prepare` switches it on for customers whom nobody
has reached for long, `run` is the hour striking."""

import sys
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import django

AT = datetime(2026, 11, 25, 0, 1, tzinfo=ZoneInfo("Asia/Shanghai"))
BATCH = 2
RULES = [{"classes": ["4", "4k"], "no_contact": 42}, {"classes": ["0", "0k"], "no_contact": 16, "not_won": 30}]


def prepare() -> None:
    """Three of four customers of these classes were taken on in summer and not reached since."""
    from django.db.models import F

    from genjin.customers.models import Customer
    from genjin.organization.models import Person
    from genjin.playbooks.editions.services import change_draft, put_into_effect
    from genjin.playbooks.tests.changing import changed

    by = Person.objects.filter(role="owner").order_by("pk")[0]
    at = AT - timedelta(days=7)
    wanted = changed({"recycle.active": True, "recycle.rules": RULES})
    draft = change_draft(playbook="telesales", content=wanted, by=by, at=at)
    put_into_effect(draft=draft, note="打开自动回收", by=by, at=at)
    held = Customer.objects.open().filter(owner__isnull=False, class_code__in=["4", "4k", "0", "0k"])
    old = held.alias(rest=F("pk") % 4).exclude(rest=0)
    old.update(owned_since=date(2026, 6, 1), last_effective_on=None)


def run() -> None:
    from genjin.followups.recycling.services import recycle_until_yesterday

    recycle_until_yesterday(at=AT, batch=BATCH)


if __name__ == "__main__":
    django.setup()
    {"prepare": prepare, "run": run}[sys.argv[1]]()
