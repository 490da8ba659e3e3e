"""From the web form to the first call in ten minutes: a stranger asks, a rule gives, one is busy, the next calls."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from genjin.insights.first_contact import first_contacts
from genjin.insights.rules.period import period
from genjin.leads.assigning.clock import pass_on_lapsed
from genjin.leads.models import Lead
from genjin.leads.tests.conftest import fill_in, form, no_limit  # noqa: F401  fixtures
from genjin.leads.tests.ruling import among, made

pytestmark = [pytest.mark.scenario, pytest.mark.django_db]


def test_from_the_form_to_the_first_call(
    form, fill_in, client_of, clock, east_one, lin, zhou, liang, at, today  # noqa: F811
):  # fmt: skip
    # Yesterday the manager wrote a rule: who asks for a price goes to the two sellers in turn, for five minutes each.
    price = among(lin, zhou, name="问价的", where=[("wants", "has", "价")], accept_minutes=5)
    made(east_one, price, by=liang, at=at - timedelta(days=1))

    # 10:00: a stranger fills in the form, and the lead lies with Lin within the minute.
    fill_in(form(), person_name="徐建国", phone="13812345678", wants="一年多少价")
    lead = Lead.objects.get()
    came = lead.arrived_at
    assert lead.owner == lin
    assert "问价的" in client_of(lin).get(reverse("lead", args=[lead.pk])).content.decode()

    # 10:05: Lin is at the telephone with somebody else; it goes on to Zhou, who is told why.
    clock.shift(timedelta(minutes=5))
    assert pass_on_lapsed(at=timezone.now()) == 1
    lead.refresh_from_db()
    assert (lead.owner, lead.assigned_why["code"]) == (zhou, "lead_passed_on")

    # 10:08: Zhou accepts, calls, and notes what came of it.
    clock.shift(timedelta(minutes=3))
    browser = client_of(zhou)
    browser.post(reverse("lead_accept", args=[lead.pk]))
    given = {"key": uuid4(), "version": Lead.objects.get().version, "judgement": "need_now", "channel": "phone"}
    browser.post(reverse("lead_push", args=[lead.pk]), {**given, "remarks": "今天就要报价"})
    lead.refresh_from_db()
    assert (lead.pushes, lead.judgement, lead.accept_by) == (1, "need_now", None)
    assert lead.first_push_at - came < timedelta(minutes=10)

    # In the evening the manager reads that who asked was called within ten minutes.
    total = first_contacts(liang, {east_one.pk}, period("month", today=today), by="unit").total
    assert (total.arrived, total.share_within(10)) == (1, 1.0)
