"""A daily report: its figures are kept when it is handed in, and it is its author's until somebody has read it."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from genjin.core.audit.models import Entry
from genjin.core.reasons import NotPermitted, Refused
from genjin.followups.models import Payment, Report, ReportComment, Workday
from genjin.followups.reports.reading import own_lines, sheet_of, strip_of, team_page
from genjin.followups.reports.services import (
    Words,
    comment_on,
    keep_draft,
    mark_read,
    note_seen,
    submit_report,
    withdraw_report,
)
from genjin.followups.services.corrections import undo_touch
from genjin.organization.absences.services import add_absence

pytestmark = pytest.mark.django_db
EVENING = datetime(2026, 11, 24, 18, 5, tzinfo=ZoneInfo("Asia/Shanghai"))
SAID = Words(answer="跑了 12 家新店", words="上午顺，下午难", ahead="把阿里的两家约下来")


@pytest.fixture
def worked(lin, customer_of, save):
    """Two effective talks, one of which ripened into class 3, and one that was not answered."""
    ripe, known, gone = customer_of(lin, "4"), customer_of(lin, "4"), customer_of(lin, "4")
    ready = {"services": ["member"], "objections": ["price"], "interests": ["brand"], "next_on": date(2026, 11, 30)}
    saved = save(lin, ripe, class_wanted="3", **ready)
    assert saved.customer.class_code == "3"
    save(lin, known, interests=["brand"])
    save(lin, gone, miss_reason="no_answer")
    return saved


def hand_in(lin, today, words=SAID, at=EVENING):
    return submit_report(kind="day", on=today, words=words, by=lin, at=at)


def test_it_is_drafted_from_what_was_done(worked, lin, today):
    sheet = sheet_of(Report(person=lin, kind="day", on=today), at=EVENING)
    assert sheet.figures["attempts"] == 3
    assert [(line.family, line.wanted, line.done) for line in sheet.asked] == [("", 30, 2), ("3", 3, 1)]
    assert [(move.before.value, move.after.value, move.direction, move.n) for move in sheet.moves] == [
        ("4", "3", "up", 1)
    ]
    assert sheet.ahead[0]["on"] == date(2026, 11, 25)
    assert not sheet.is_sold
    assert Report.objects.count() == 0


def test_handed_in_it_keeps_its_figures_and_says_what_was_corrected(worked, lin, today, at):
    report = hand_in(lin, today)
    undo_touch(touch=worked.touch, by=lin, at=at + timedelta(hours=9))
    sheet = sheet_of(Report.objects.get(pk=report.pk), at=EVENING + timedelta(hours=1))
    assert sheet.figures["effective"] == 2
    said = {(reason.code, reason.figures["was"], reason.figures["now"]) for reason in sheet.corrected}
    assert ("report_corrected_effective", 2, 1) in said
    assert ("report_corrected_standard", 1, 0) in said


def test_where_nothing_was_sold_an_answer_is_wanted(worked, lin, today):
    with pytest.raises(Refused) as refused:
        hand_in(lin, today, Words(words="就这样"))
    assert refused.value.reason.code == "report_wants_an_answer"
    assert not Report.objects.submitted().exists()
    assert not Workday.objects.exists()


def test_who_sold_is_not_asked_what_was_done_instead(worked, lin, today):
    Payment.objects.create(customer=worked.customer, touch=worked.touch, by=lin, amount=Decimal("7200"), paid_on=today)
    assert hand_in(lin, today, Words()).figures["paid_total"] == "7200.00"


def test_a_day_to_come_is_refused(lin, today):
    with pytest.raises(Refused) as refused:
        submit_report(kind="day", on=today + timedelta(days=1), words=SAID, by=lin, at=EVENING)
    assert refused.value.reason.code == "report_of_days_to_come"


def test_handing_in_ends_the_day_and_is_recorded(worked, lin, today):
    report = hand_in(lin, today)
    assert Workday.objects.get(person=lin, on=today).ended_at == EVENING
    assert Entry.objects.get(kind="report", verb="report.submitted").subject == report.pk


def test_a_draft_is_kept_as_typed_and_nobody_elses(worked, lin, liang, today, at):
    keep_draft(kind="day", on=today, words=Words(words="写一半"), by=lin, at=at)
    assert Report.objects.visible_to(lin).get().words == "写一半"
    assert not Report.objects.visible_to(liang).exists()


def test_it_is_taken_back_until_it_has_been_read(worked, lin, liang, today, at):
    report = hand_in(lin, today)
    assert withdraw_report(report=report, by=lin, at=EVENING).words == SAID.words
    assert not Report.objects.visible_to(liang).exists()
    report = hand_in(lin, today)
    mark_read(report=report, by=liang, at=EVENING)
    with pytest.raises(Refused) as refused:
        withdraw_report(report=report, by=lin, at=EVENING)
    assert refused.value.reason.figures == {"by": liang.name}
    assert Report.objects.get().submitted_at is not None


def test_nobody_changes_what_is_handed_in(worked, lin, today):
    hand_in(lin, today)
    with pytest.raises(Refused):
        hand_in(lin, today, Words(answer="别的"))
    assert Report.objects.get().answer == SAID.answer


def test_nobody_takes_back_anothers_report_or_reads_ones_own(worked, lin, liang, zhou, today):
    report = hand_in(lin, today)
    with pytest.raises(NotPermitted):
        withdraw_report(report=report, by=liang, at=EVENING)
    with pytest.raises(NotPermitted):
        mark_read(report=report, by=lin, at=EVENING)
    with pytest.raises(NotPermitted):
        comment_on(report=report, text="不错", by=zhou, at=EVENING)
    assert not ReportComment.objects.exists()


def test_a_comment_means_read_and_stands_on_today_until_it_is_seen(worked, lin, liang, today):
    report = hand_in(lin, today)
    comment_on(report=report, text="明天先打 2 类", by=liang, at=EVENING)
    assert Report.objects.get().read_by == liang
    assert [each.text for each in strip_of(lin, at=EVENING).said] == ["明天先打 2 类"]
    assert note_seen(report=report, by=lin, at=EVENING) == 1
    assert strip_of(lin, at=EVENING).said == []


def test_an_empty_comment_is_refused(worked, lin, liang, today):
    report = hand_in(lin, today)
    with pytest.raises(Refused):
        comment_on(report=report, text="  ", by=liang, at=EVENING)
    assert Report.objects.get().read_at is None


def test_the_manager_sees_who_has_handed_in_and_who_has_not(worked, lin, zhou, liang, today):
    hand_in(lin, today)
    page = team_page([lin, zhou], "day", today, today=today + timedelta(days=1))
    assert [(line.person, line.state) for line in page.lines] == [(zhou, "missing"), (lin, "submitted")]
    assert (page.owed, page.handed_in, page.unread) == (2, 1, 1)


def test_one_that_comes_the_day_after_is_late(worked, lin, today):
    report = hand_in(lin, today, at=EVENING + timedelta(days=1))
    assert team_page([lin], "day", today, today=today + timedelta(days=1)).lines[0].state == "late"
    assert Workday.objects.filter(person=lin).count() == 0
    assert report.on == today


def test_a_sunday_is_owed_by_nobody(lin, today):
    sunday = date(2026, 11, 22)
    assert team_page([lin], "day", sunday, today=today).lines[0].state == "free"
    assert sunday not in {line.on for line in own_lines(lin, today=today) if line.kind == "day"}


def test_before_anybody_handed_one_in_none_is_missing(worked, lin, zhou, today):
    tomorrow, before = today + timedelta(days=1), date(2026, 11, 23)
    assert [line.state for line in team_page([lin, zhou], "day", before, today=tomorrow).lines] == ["before"] * 2
    hand_in(lin, today)
    page = team_page([lin, zhou], "day", before, today=tomorrow)
    assert [line.state for line in page.lines] == ["before"] * 2
    assert page.owed == 0
    assert {line.state for line in own_lines(zhou, today=tomorrow) if line.on < today} == {"before"}


def test_who_came_later_owes_none_of_the_days_before(worked, lin, zhou, today):
    hand_in(lin, today)
    zhou.joined_on = today + timedelta(days=1)
    states = {line.person: line.state for line in team_page([lin, zhou], "day", today, today=date(2026, 11, 26)).lines}
    assert states == {lin: "submitted", zhou: "before"}


def test_who_left_stands_where_a_report_was_handed_in(han, lin, worked, today):
    Report.objects.create(person=han, kind="day", on=today, submitted_at=EVENING)
    people = {line.person for line in team_page([han, lin], "day", today, today=today).lines}
    assert people == {han, lin}


def test_a_day_of_leave_is_owed_by_nobody_and_asks_for_nothing(lin, liang, today, at):
    add_absence(person=lin, first=today, by=liang, at=at, today=today)
    line = team_page([lin], "day", today, today=today + timedelta(days=1)).lines[0]
    assert (line.state, line.asked[0].wanted) == ("away", 0)
    assert today not in {each.on for each in own_lines(lin, today=today) if each.kind == "day"}
