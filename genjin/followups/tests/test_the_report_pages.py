"""The pages of reports: writing one, reading somebody's, the team's list, the file, and the line on Today."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from genjin.followups.models import Report, ReportComment, Workday

pytestmark = pytest.mark.django_db
DAY = "2026-11-24"


@pytest.fixture
def handed_in(client_of, lin):
    answer = client_of(lin).post(reverse("report_day", args=[DAY]), {"answer": "跑了 12 家新店", "words": "下午难"})
    assert answer.status_code == 303
    return Report.objects.get()


def body(client, name, *args, **query):
    answer = client.get(reverse(name, args=args), query)
    return answer.status_code, answer.content.decode()


def test_without_an_answer_nothing_typed_is_lost(client_of, lin):
    answer = client_of(lin).post(reverse("report_day", args=[DAY]), {"words": "下午难打"})
    assert answer.status_code == 422
    assert "下午难打" in answer.content.decode()
    assert "这天没有成交" in answer.content.decode()
    assert not Report.objects.exists()


def test_a_draft_is_found_again(client_of, lin):
    client = client_of(lin)
    client.post(reverse("report_day", args=[DAY]), {"words": "写一半", "keep": "1"})
    assert "写一半" in body(client, "report_day", DAY)[1]
    assert Report.objects.get().submitted_at is None


@pytest.mark.parametrize("on", ["2026-02-30", "gestern", "1"])
def test_a_day_that_is_none_is_not_found(client_of, lin, on):
    assert body(client_of(lin), "report_day", on)[0] == 404


def test_who_leads_the_author_reads_it_and_nobody_else(handed_in, client_of, lin, zhou, liang, fang, qian):
    assert body(client_of(liang), "report", handed_in.pk)[0] == 200
    assert body(client_of(qian), "report", handed_in.pk)[0] == 200
    assert body(client_of(lin), "report", handed_in.pk)[0] == 200
    assert body(client_of(fang), "report", handed_in.pk)[0] == 404
    assert body(client_of(zhou), "report", handed_in.pk)[0] == 404


def test_the_manager_comments_and_the_author_sees_it_on_today(handed_in, client_of, lin, liang):
    client_of(liang).post(reverse("report_comments", args=[handed_in.pk]), {"text": "明天先打 2 类"})
    assert "明天先打 2 类" in body(client_of(lin), "workday")[1]
    client_of(lin).post(reverse("report_seen", args=[handed_in.pk]))
    assert "明天先打 2 类" not in body(client_of(lin), "workday")[1]
    assert ReportComment.objects.get().seen_at is not None


def test_a_seller_sees_no_list_of_the_team(client_of, zhou):
    assert body(client_of(zhou), "team_reports")[0] == 403


def test_the_list_shows_the_managers_people_only(handed_in, client_of, lin, liang, fang):
    assert lin.name in body(client_of(liang), "team_reports", on=DAY)[1]
    assert lin.name not in body(client_of(fang), "team_reports", on=DAY)[1]


def test_the_week_of_any_of_its_days_is_one_report(client_of, lin):
    client_of(lin).post(reverse("report_week", args=[DAY]), {"words": "一周"})
    report = Report.objects.get()
    assert (report.kind, report.on.isoformat()) == ("week", "2026-11-23")
    assert [day["on"] for day in report.figures["days"]][:2] == ["2026-11-23", "2026-11-24"]
    assert report.figures["standards"][0]["wanted"] == 30 * 6
    assert len(report.figures["ahead"]) == 6


def test_the_file_has_what_was_handed_in_and_is_the_askers_alone(handed_in, client_of, liang, qian, fang):
    asked = {"kind": "day", "from": DAY, "to": DAY, "format": "csv"}
    answer = client_of(liang).post(reverse("report_export"), asked)
    file = client_of(liang).get(answer.headers["Location"])
    text = b"".join(file.streaming_content).decode("utf-8-sig")
    assert "跑了 12 家新店" in text
    assert client_of(qian).get(answer.headers["Location"]).status_code == 404
    nothing = client_of(fang).post(reverse("report_export"), asked)
    assert nothing.headers["Location"].startswith(reverse("team_reports"))


def test_a_seller_exports_nothing(handed_in, client_of, lin):
    assert client_of(lin).post(reverse("report_export"), {"kind": "day"}).status_code == 403


def test_one_click_begins_the_day_and_a_second_changes_nothing(client_of, clock, lin, at):
    client = client_of(lin)
    client.post(reverse("workday_beginning"))
    clock.shift(600)
    client.post(reverse("workday_beginning"))
    assert Workday.objects.get().began_at == at
    assert "10:00 开工" in body(client, "workday")[1]


def test_hours_are_corrected_with_a_reason_by_who_leads(client_of, lin, liang, zhou):
    address = reverse("workday_correction", args=[lin.pk, DAY])
    assert client_of(liang).post(address, {"began": "08:31"}).status_code == 422
    assert not Workday.objects.exists()
    assert client_of(liang).post(address, {"began": "08:31", "reason": "忘了点"}).status_code == 303
    row = Workday.objects.get()
    assert row.began_at == datetime(2026, 11, 24, 8, 31, tzinfo=ZoneInfo("Asia/Shanghai"))
    assert (row.corrected_by, row.correction) == (liang, "忘了点")
    assert client_of(zhou).get(address).status_code == 404


@pytest.mark.parametrize(
    ("began", "ended", "said"),
    [("09:00", "08:00", "收工早于开工"), ("08:00", "23:00", "不能晚于现在")],
)
def test_hours_that_cannot_be_are_refused(client_of, lin, began, ended, said):
    address = reverse("workday_correction", args=[lin.pk, DAY])
    answer = client_of(lin).post(address, {"began": began, "ended": ended, "reason": "忘了点"})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Workday.objects.exists()
