"""A team that lived in a spreadsheet: on Monday it imports its customers, and every seller works a week's lists."""

from datetime import date, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from genjin.config.checking import untruths
from genjin.core.calendar.services import fill_known_years
from genjin.core.transfer import runs
from genjin.customers.models import Customer
from genjin.followups.day import day_of
from genjin.followups.models import Touch
from genjin.followups.services.notes import Note
from genjin.followups.services.touches import save_touch
from genjin.organization.models import Person, Role
from genjin.organization.services.first_run import first_owner
from genjin.organization.services.people import add_person
from genjin.organization.services.sign_in_links import use_sign_in_link
from genjin.organization.services.units import make_unit
from genjin.playbooks.services import adopt_playbook

pytestmark = [pytest.mark.django_db, pytest.mark.scenario]

MONDAY = date(2026, 11, 23)


def hour(day: date, clock: float) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=ZoneInfo("Asia/Shanghai")) + timedelta(hours=clock)


def spreadsheet() -> bytes:
    """Sixty customers as a team keeps them: some without an owner, a double number, a day that does not exist."""
    lines = ["公司名称,联系人,手机,负责人,类别,最后跟进时间,下次联系时间"]
    for number in range(60):
        owner = ("小陈", "小许", "")[number % 3]
        code = ("0", "4", "普3")[number // 3 % 3] if owner else "0"
        last = (MONDAY - timedelta(days=3 + number % 9)).isoformat() if code != "0" else ""
        lines.append(f"梁溪第{number}家店,老板{number},139{number:08d},{owner},{code},{last},")
    lines.append("重复的店,老板,13900000001,小陈,0,,")
    lines.append("日子不对的店,老板,13899990000,小陈,4,2026-02-30,")
    return ("\r\n".join(lines) + "\r\n").encode("gb18030")


@pytest.fixture
def team(db):
    """Sunday evening: the owner begins, makes a telesales team of two, and hands each a way in."""
    at = hour(MONDAY - timedelta(days=1), 20)
    today = timezone.localdate(at)
    fill_known_years(at=at)
    owner = first_owner(at=at, today=today, company="梁溪云", name="钱立", sign_in="qian", password="a long way home")
    unit = make_unit(by=owner, at=at, name="电销一部", parent=owner.unit, week="six")
    adopt_playbook(unit=unit, playbook="telesales", by=owner, at=at)
    sellers = []
    for sign_in, name in (("chen", "小陈"), ("xu", "小许")):
        _person, secret = add_person(
            by=owner, at=at, today=today, name=name, sign_in=sign_in, role=Role.SELLER, unit=unit
        )
        sellers.append(use_sign_in_link(secret, password="a long way home", at=at))
    return owner, unit, sellers


@pytest.fixture
def imported(team):
    owner, unit, _sellers = team
    at = hour(MONDAY, 8)
    run = runs.receive(kind="customer", pieces=[spreadsheet()], file_name="客户表.csv", by=owner, at=at)
    runs.choose(run=run, mapping=run.mapping, options={"pool": unit.pool.pk}, by=owner, at=at)
    run.refresh_from_db()
    runs.check(run, at=at)
    run.refresh_from_db()
    runs.start(run=run, by=owner, at=at)
    runs.carry_out(run, at=at)
    run.refresh_from_db()
    return run


def work(seller: Person, day: date) -> int:
    """One seller's day: the list from the top, at most forty; two of three are reached."""
    done = 0
    while done < 40:
        at = hour(day, 8.6 + done * 0.22)
        first = day_of(seller, at=at).first()
        if first is None:
            break
        customer = Customer.objects.get(pk=first)
        reached = done % 3 < 2
        wanted = "4" if reached and customer.class_code == "0" else ""
        note = Note(
            key=uuid4(), interests=["customers"] if reached else [], miss_reason="" if reached else "no_answer",
            class_wanted=wanted,
        )  # fmt: skip
        save_touch(customer=customer, note=note, by=seller, at=at)
        done += 1
    return done


def test_the_spreadsheet_is_in_and_what_was_wrong_is_named(imported, team):
    _owner, unit, (chen, xu) = team
    assert (imported.rows, imported.created, imported.skipped, imported.failed) == (62, 60, 1, 1)
    assert Customer.objects.owned_by(chen).count() == Customer.objects.owned_by(xu).count() == 20
    assert Customer.objects.in_pool().filter(pool=unit.pool).count() == 20
    assert Touch.objects.count() == 0, "no contact is invented"
    assert {problem.reason["code"] for problem in imported.problems.all()} >= {
        "phone_exists"
    } or imported.problems.count() == 2


def test_on_monday_every_seller_has_a_list_that_says_why(imported, team):
    _owner, _unit, sellers = team
    for seller in sellers:
        day = day_of(seller, at=hour(MONDAY, 8.5))
        rows = [row for block in day.blocks for row in block.rows]
        assert 0 < len(rows) <= 40
        assert all(row.reasons for row in rows)


def test_after_the_week_nobody_was_dropped(imported, team):
    _owner, _unit, sellers = team
    worked = 0
    for number in range(6):
        for seller in sellers:
            worked += work(seller, MONDAY + timedelta(days=number))
    saturday = MONDAY + timedelta(days=5)
    assert worked == Touch.objects.standing().count() > 60
    owned = Customer.objects.open().filter(owner__isnull=False)
    assert owned.filter(due_on=None).count() == 0
    assert owned.filter(class_code="0", attempts=0).count() == 0, "every new customer was called"
    late = owned.overdue(saturday).exclude(missed_in_row__gt=0)
    assert late.count() == 0, "only who could not be reached is overdue"
    assert list(untruths()) == []
