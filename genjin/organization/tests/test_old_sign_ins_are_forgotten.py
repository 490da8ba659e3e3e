from datetime import timedelta

import pytest
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib.sessions.models import Session

from genjin.organization.jobs import forget_old_sign_ins

pytestmark = pytest.mark.django_db


def written(model, when, **more):
    row = model.objects.create(username="lin", ip_address="127.0.0.1", user_agent=str(when), **more)
    model.objects.filter(pk=row.pk).update(attempt_time=when)
    return row


def test_what_is_over_goes_and_what_counts_stays(clock, at):
    Session.objects.create(session_key="over", session_data="", expire_date=at - timedelta(seconds=1))
    Session.objects.create(session_key="runs", session_data="", expire_date=at + timedelta(days=1))
    long_ago, lately = at - timedelta(days=200), at - timedelta(minutes=5)
    for when in (long_ago, lately):
        written(AccessAttempt, when, failures_since_start=1, get_data=str(when), post_data="")
        written(AccessFailureLog, when)
        written(AccessLog, when)
    forget_old_sign_ins()
    assert [session.session_key for session in Session.objects.all()] == ["runs"]
    for model in (AccessAttempt, AccessFailureLog, AccessLog):
        assert [row.attempt_time for row in model.objects.all()] == [lately]
