"""How the cells of a list of contacts are read: times of day, logs line by line, yes and no, channels, lengths."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from genjin.core.transfer.kinds import CellWrong
from genjin.customers.importing.days import DayColumn
from genjin.followups.contacts_made import cells
from genjin.followups.contacts_made.logs import Line, lines_of
from genjin.followups.contacts_made.moments import MomentColumn

HERE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 24, 10, tzinfo=HERE)


def moment(text: str, clock: str = "") -> tuple[str, bool]:
    at, has_time = MomentColumn(DayColumn("contact_at"), HERE, NOW).read(text, clock, 2)
    return f"{at.astimezone(HERE):%Y-%m-%d %H:%M:%S}", has_time


@pytest.mark.parametrize(
    ("text", "clock", "said"),
    [
        ("2026-03-02", "", ("2026-03-02 00:00:00", False)),
        ("2026-03-02 00:00:00", "", ("2026-03-02 00:00:00", False)),
        ("2026/3/2 14:30", "", ("2026-03-02 14:30:00", True)),
        ("2026-03-02 14:30:05", "", ("2026-03-02 14:30:05", True)),
        ("2026-03-02T06:30:00.000Z", "", ("2026-03-02 14:30:00", True)),
        ("2026-03-02T20:30:00+02:00", "", ("2026-03-03 02:30:00", True)),
        ("25/12/2025 2:30 PM", "", ("2025-12-25 14:30:00", True)),
        ("Mar 2, 2026 12:05 AM", "", ("2026-03-02 00:05:00", True)),
        ("2026年3月2日下午3点20分", "", ("2026-03-02 15:20:00", True)),
        ("2026年3月2日 9时5分", "", ("2026-03-02 09:05:00", True)),
        ("2026年3月2日14:30", "", ("2026-03-02 14:30:00", True)),
        ("2026.3.2 晚上8点", "", ("2026-03-02 20:00:00", True)),
        ("2026-03-02", "14:30", ("2026-03-02 14:30:00", True)),
        ("2026-03-02 00:00", "9:05", ("2026-03-02 09:05:00", True)),
        ("２０２６－０３－０２　１４：３０", "", ("2026-03-02 14:30:00", True)),
    ],
)
def test_a_moment(text, clock, said):
    assert moment(text, clock) == said


@pytest.mark.parametrize(
    ("text", "clock", "code"),
    [
        ("", "", "contact_day_missing"),
        ("14:30", "", "contact_day_missing"),
        ("2026-02-30 14:30", "", "date_impossible"),
        ("2026-03-02 24:30", "", "time_impossible"),
        ("2026-03-02", "下午", "time_unreadable"),
        ("2026-11-24 10:01", "", "date_in_future"),
        ("2026-11-25", "", "date_in_future"),
        ("1899-12-30", "", "date_too_far"),
        ("03/04/2026 10:00", "", "date_ambiguous"),
        ("46000.5", "", "date_is_serial"),
    ],
)
def test_no_moment(text, clock, code):
    with pytest.raises(CellWrong) as wrong:
        moment(text, clock)
    assert wrong.value.reason.code == code


def told(log: str) -> list[Line]:
    return lines_of(log, is_known={"林小满", "lin"}.__contains__)


@pytest.mark.parametrize(
    ("log", "lines"),
    [
        ("2026-03-02 张三：要样册", [("2026-03-02", "张三", "要样册")]),
        (
            "2026-03-02 张三:要样册\n2026-03-09 lin: 发了",
            [("2026-03-02", "张三", "要样册"), ("2026-03-09", "lin", "发了")],
        ),
        ("【2026/3/2 14:30】林小满：要样册\n先报价", [("2026/3/2  14:30", "林小满", "要样册\n先报价")]),
        ("2026年3月2日，要样册", [("2026年3月2日", "", "要样册")]),
        ("2026-03-02 回访：还在考虑", [("2026-03-02", "", "回访：还在考虑")]),
        ("2026-03-02 方案：发了两版", [("2026-03-02", "", "方案：发了两版")]),
        ("2026-03-02", [("2026-03-02", "", "")]),
        ("", []),
    ],
    ids=["name", "two", "brackets and going on", "no name", "no name but a colon", "surname, no name", "day", "empty"],
)
def test_the_lines_of_a_log(log, lines):
    assert [(one.at, one.who, one.text) for one in told(log)] == lines


def test_a_log_that_begins_without_a_day_is_refused():
    with pytest.raises(CellWrong, match="log_without_day"):
        told("要样册\n2026-03-02 张三：发了")


@pytest.mark.parametrize(
    ("text", "found"),
    [("是", True), ("Y", True), ("有效", True), ("否", False), ("无效", False), ("0", False), ("", None)],
)
def test_yes_or_no(text, found):
    assert cells.yes_or_no(text) is found


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("电话", "phone"), ("Outbound Call", "phone"), ("上门拜访", "visit"), ("企业微信", "wechat"), ("短信", "sms"),
        ("Email", "email"), ("传真", "fax"), ("托梦", "other"), ("", ""),
    ],
)  # fmt: skip
def test_a_channel(text, code):
    assert cells.channel(text) == code


@pytest.mark.parametrize(
    ("text", "found"), [("252", 252), ("4:12", 252), ("0:04:12", 252), ("4分12秒", 252), ("12秒", 12), ("", None)]
)
def test_a_length(text, found):
    assert cells.seconds(text) == found


@pytest.mark.parametrize("text", ["很久", "-5", "999999", "4:12:9"])
def test_no_length(text):
    with pytest.raises(CellWrong):
        cells.seconds(text)


def test_midnight_in_utc_is_a_day():
    assert MomentColumn(DayColumn("contact_at"), HERE, NOW).read("2026-03-02T00:00:00Z", "", 2) == (
        datetime(2026, 3, 1, 16, tzinfo=UTC),
        False,
    )
