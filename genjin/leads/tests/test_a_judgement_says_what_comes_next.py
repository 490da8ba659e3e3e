"""Each judgement of E8 and the next push that follows from it, by the playbook and the calendar."""

from datetime import date, datetime, timedelta
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest

from genjin.core.reasons import NotPermitted, Outdated, Refused
from genjin.leads.models import Push
from genjin.leads.services.pushes import Judged, end_lead, push_lead, reopen_lead, undo_push

pytestmark = pytest.mark.django_db
VISIT = datetime(2026, 11, 26, 15, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


def judged(judgement, **more):
    return Judged(uuid4(), judgement, **more)


@pytest.mark.parametrize(
    ("judgement", "more", "push_on", "code", "outcome"),
    [
        ("need_now", {}, date(2026, 11, 24), "lead_needs_now", ""),
        ("need_later", {"push_on": date(2027, 3, 1)}, date(2027, 3, 1), "lead_named_need_later", ""),
        ("visit", {"visit_at": VISIT}, date(2026, 11, 26), "lead_visit_agreed", ""),
        ("again", {}, date(2026, 11, 30), "lead_again", ""),  # the team works six days a week
        ("again", {"push_on": date(2026, 12, 2)}, date(2026, 12, 2), "lead_named_again", ""),
        ("unreachable", {}, date(2026, 11, 25), "lead_missed", ""),
        ("no_need", {}, None, None, "no_need"),
        ("bought", {}, None, None, "bought"),
    ],
)
def test_what_follows(pushed, lin, at, judgement, more, push_on, code, outcome):
    lead = pushed(lin)
    push = push_lead(lead=lead, judged=judged(judgement, remarks="谈过", **more), by=lin, at=at)
    lead.refresh_from_db()
    assert (lead.push_on, lead.push_why.get("code"), lead.outcome) == (push_on, code, outcome)
    assert (lead.judgement, lead.pushes, lead.last_note) == (judgement, 1, "谈过")
    assert (lead.reached, lead.missed_in_row) == ((0, 1) if judgement == "unreachable" else (1, 0))
    assert (push.push_on, lead.first_push_at) == (push_on, at)


@pytest.mark.parametrize(
    ("judgement", "more", "code"),
    [
        ("need_later", {}, "lead_later_needs_a_day"),
        ("need_later", {"push_on": date(2026, 11, 24)}, "lead_later_is_today"),
        ("again", {"push_on": date(2026, 11, 23)}, "date_before_today"),
        ("again", {"push_on": date(2099, 1, 1)}, "lead_day_too_far"),
        ("visit", {}, "lead_visit_needs_a_time"),
        ("visit", {"visit_at": VISIT - timedelta(days=7)}, "time_is_past"),
    ],
)
def test_what_makes_no_sense_is_refused_and_changes_nothing(pushed, lin, at, judgement, more, code):
    lead = pushed(lin)
    with pytest.raises(Refused) as refused:
        push_lead(lead=lead, judged=judged(judgement, **more), by=lin, at=at)
    assert refused.value.reason.code == code
    version = lead.version
    lead.refresh_from_db()
    assert (lead.version, lead.pushes, Push.objects.count()) == (version, 0, 0)


def test_a_push_sent_twice_is_one(pushed, lin, at):
    lead = pushed(lin)
    same = Judged(UUID(int=3), "again")
    assert push_lead(lead=lead, judged=same, by=lin, at=at) == push_lead(lead=lead, judged=same, by=lin, at=at)
    lead.refresh_from_db()
    assert lead.pushes == 1


def test_a_push_can_be_taken_back_whole_until_something_else_happens(pushed, lin, at):
    lead = pushed(lin)
    before = {name: value for name, value in vars(lead).items() if name not in ("_state", "version")}
    push = push_lead(lead=lead, judged=judged("no_need"), by=lin, at=at)
    undo_push(push=push, by=lin, at=at)
    lead.refresh_from_db()
    assert {name: value for name, value in vars(lead).items() if name in before} == before
    later = push_lead(lead=lead, judged=judged("again"), by=lin, at=at)
    push_lead(lead=lead, judged=judged("again"), by=lin, at=at)
    with pytest.raises(Refused) as refused:
        undo_push(push=later, by=lin, at=at)
    assert refused.value.reason.code == "touched_since"


def test_giving_up_needs_the_standards_evidence_or_words(pushed, lin, at):
    lead = pushed(lin)
    with pytest.raises(Refused) as refused:
        end_lead(lead=lead, outcome="unreachable", reason=" ", by=lin, at=at)
    assert refused.value.reason.code == "lead_end_needs_reason"
    for _n in range(5):
        push_lead(lead=lead, judged=judged("unreachable"), by=lin, at=at)
    ended = end_lead(lead=lead, outcome="unreachable", reason="", by=lin, at=at)
    assert (ended.outcome, ended.push_on, ended.missed_in_row) == ("unreachable", None, 5)


def test_opened_again_it_is_to_be_pushed_today(pushed, lin, at, today):
    lead = pushed(lin)
    push_lead(lead=lead, judged=judged("bought"), by=lin, at=at)
    lead = reopen_lead(lead=lead, by=lin, at=at)
    assert (lead.is_open, lead.owner, lead.push_on) == (True, lin, today)


def test_a_colleague_does_not_push_and_who_leads_does(pushed, lin, zhou, liang, fang, at):
    lead = pushed(lin)
    for stranger in (zhou, fang):
        with pytest.raises(NotPermitted):
            push_lead(lead=lead, judged=judged("again"), by=stranger, at=at)
    assert push_lead(lead=lead, judged=judged("again"), by=liang, at=at).author == liang


def test_who_read_an_older_version_is_told(pushed, lin, liang, at):
    lead = pushed(lin)
    push_lead(lead=lead, judged=judged("again"), by=liang, at=at)
    with pytest.raises(Outdated):
        push_lead(lead=lead, judged=judged("again"), by=lin, at=at, version=1)
