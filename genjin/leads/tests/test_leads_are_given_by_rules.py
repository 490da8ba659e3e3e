"""What arrives is given by the rules of its unit, or of the nearest above that has some; never lost."""

from datetime import timedelta

import pytest

from genjin.core.reasons import Reason
from genjin.leads.assigning.models import EmptyHanded, GivenOfDay
from genjin.leads.assigning.services import follow_parent
from genjin.leads.models import Lead
from genjin.leads.queues.models import Queue
from genjin.leads.services.arriving import Coming, receive, settle_arrivals, write_arrival
from genjin.leads.tests.ruling import among, into, made, team
from genjin.organization.absences.models import Absence
from genjin.organization.models import Role
from genjin.web.wording import word

pytestmark = pytest.mark.django_db


@pytest.fixture
def arrived(coming, at):
    """The owners of so many leads that arrive one after the other."""

    def so_many(number, first=0, **given):
        return [receive(coming(phone=f"1381234{first + n:04}", **given), by=None, at=at).owner for n in range(number)]

    return so_many


def test_in_turn_over_single_arrivals(arrived, east_one, lin, zhou, liang, at):
    made(east_one, among(lin, zhou), by=liang, at=at)
    assert arrived(4) == [lin, zhou, lin, zhou]
    assert dict(GivenOfDay.objects.values_list("person", "number")) == {lin.pk: 2, zhou.pk: 2}


def test_the_lead_says_why_in_one_sentence(coming, east_one, lin, liang, at):
    made(east_one, among(lin, name="无锡的", where=[("city", "is", "无锡", "苏州")]), by=liang, at=at)
    lead = receive(coming(phone="13812345678", city="无锡市"), by=None, at=at)
    assert lead.owner == lin
    assert Reason.from_json(lead.assigned_why).figures["rule"] == "无锡的"
    assert "无锡的" in word(lead.assigned_why)
    assert "苏州" in word(lead.assigned_why)


def test_a_unit_without_rules_goes_by_those_above_and_its_own_come_first(arrived, east, east_one, lin, zhou, liang, at):
    made(east, among(zhou), by=liang, at=at)
    assert arrived(1) == [zhou]
    version = made(east_one, among(lin), by=liang, at=at)
    assert arrived(1, first=10) == [lin]
    follow_parent(unit=east_one, number=version.number, by=liang, at=at)
    assert arrived(1, first=20) == [zhou]


def test_what_meets_no_rule_falls_into_the_units_queue(coming, east_one, lin, liang, at):
    made(east_one, among(lin, where=[("city", "is", "北京")]), by=liang, at=at)
    lead = receive(coming(phone="13812345678", city="无锡"), by=None, at=at)
    assert (lead.owner, lead.queue.home_of, lead.assigned_why) == (None, east_one, {})


def test_a_rule_that_is_off_gives_nothing(arrived, east_one, lin, liang, at):
    made(east_one, among(lin, is_on=False), by=liang, at=at)
    assert arrived(1) == [None]


def test_a_rule_that_has_nobody_passes_on_and_says_so(coming, east_one, lin, zhou, liang, at, today):
    Absence.objects.create(person=lin, first=today, last=today, made_by=lin, made_at=at)
    made(east_one, among(lin, name="只有小满"), by=liang, at=at)
    lead = receive(coming(phone="13812345678"), by=None, at=at)
    assert (lead.owner, lead.queue.home_of) == (None, east_one)
    assert lead.assigned_why == {"code": "lead_nobody_free", "rule": "只有小满", "besides": {"away": 1}}
    note = EmptyHanded.objects.get()
    assert (note.unit, note.rule, note.number, note.besides) == (east_one, 1, 1, {"away": 1})
    made(east_one, among(zhou, name="兜底"), by=liang, at=at)
    assert receive(coming(phone="13812345679"), by=None, at=at).owner == zhou
    assert EmptyHanded.objects.get().number == 2


def test_who_left_or_only_reads_is_passed_over(arrived, east_one, lin, zhou, liang, at):
    made(east_one, among(lin, zhou), by=liang, at=at)
    lin.role = Role.READER
    lin.save()
    assert arrived(2) == [zhou, zhou]


def test_a_whole_team_is_its_sellers_with_those_below(arrived, east, lin, zhou, liang, at):
    made(east, team(east), by=liang, at=at)
    assert arrived(3) == [lin, zhou, lin]


def test_no_more_than_the_cap_of_a_day(arrived, east_one, lin, zhou, liang, at):
    made(east_one, among((lin, 3), (zhou, 1), way="weighted", cap_a_day=2), by=liang, at=at)
    assert arrived(5) == [lin, lin, zhou, zhou, None]


def test_the_fewest_open_leads(arrived, pushed, east_one, lin, zhou, liang, at):
    pushed(lin, phone="13900000001")
    pushed(lin, phone="13900000002")
    made(east_one, among(lin, zhou, way="least"), by=liang, at=at)
    assert arrived(4) == [zhou, zhou, lin, zhou]


def test_most_room_by_the_stock_of_new_customers(arrived, owned, east_one, lin, zhou, liang, at):
    for n in range(3):
        owned(lin, f"新客户{n}", class_code="0")
    made(east_one, among(lin, zhou, way="room"), by=liang, at=at)
    assert arrived(5) == [zhou, zhou, zhou, lin, zhou]


def test_into_a_queue_of_chosen_people(coming, east_one, lin, liang, at):
    queue = Queue.objects.create(unit=east_one, name="展会")
    made(east_one, into(queue, where=[("channel", "is", "form")]), by=liang, at=at)
    lead = receive(coming(phone="13812345678"), by=None, at=at)
    assert (lead.queue, lead.assigned_why["code"]) == (queue, "lead_by_rule")


@pytest.mark.parametrize(
    ("hour", "minute", "minutes", "due"),
    [(10, 0, 30, (24, 10, 30)), (17, 55, 30, (25, 8, 55)), (22, 0, 30, (25, 9, 0))],
)
def test_until_when_it_is_to_be_accepted(coming, east_one, lin, liang, at, hour, minute, minutes, due):
    made(east_one, among(lin, accept_minutes=minutes), by=liang, at=at)
    when = at.replace(hour=hour, minute=minute)
    lead = receive(coming(phone="13812345678"), by=None, at=when)
    assert lead.accept_by == at.replace(day=due[0], hour=due[1], minute=due[2])


def test_without_minutes_of_its_own_those_of_the_queue_count(coming, east_one, lin, liang, at):
    Queue.objects.filter(home_of=east_one).update(accept_minutes=15)
    made(east_one, among(lin), by=liang, at=at)
    assert receive(coming(phone="13812345678"), by=None, at=at).accept_by == at + timedelta(minutes=15)


def test_working_hours_are_those_of_the_unit_it_arrived_at(coming, east_one, lin, zhou, liang, at):
    rules = [among(lin, name="上班", where=[("working_hours", "yes")]), among(zhou, name="下班")]
    made(east_one, *rules, by=liang, at=at)
    assert receive(coming(phone="13812345678"), by=None, at=at).owner == lin
    assert receive(coming(phone="13812345679"), by=None, at=at.replace(hour=20)).owner == zhou


def test_by_hand_and_known_customers_go_before_the_rules(coming, owned, east_one, lin, zhou, liang, at):
    made(east_one, among(lin), by=liang, at=at)
    owned(zhou, "惠山机械", phones=["13812345678"])
    assert receive(coming(phone="13812345678"), by=None, at=at).owner == zhou
    assert receive(coming(phone="13812345679"), by=zhou, at=at, owner=zhou).owner == zhou


def test_a_person_who_is_gone_from_the_rules_data_loses_no_lead(coming, east_one, lin, liang, at):
    version = made(east_one, among(lin), by=liang, at=at)
    document = version.document
    document["rules"][0]["target"]["shares"][0]["person"] = 10**6
    type(version).objects.filter(pk=version.pk).update(document=document)
    lead = receive(coming(phone="13812345678"), by=None, at=at)
    assert (lead.owner, lead.queue.home_of) == (None, east_one)


def test_settled_in_a_sweep_they_take_turns_too(coming, east_one, lin, zhou, liang, at):
    made(east_one, among(lin, zhou), by=liang, at=at)
    for n in range(6):
        write_arrival(coming(phone=f"1381234{n:04}"), by=None, at=at)
    assert settle_arrivals(clock=lambda: at) == 6
    assert [lead.owner for lead in Lead.objects.order_by("pk")] == [lin, zhou] * 3


def test_arrivals_of_two_units_go_by_their_own_rules(coming, east_one, south, lin, fang, liang, at):
    made(east_one, among(lin), by=liang, at=at)
    made(south, among(fang), by=fang, at=at)
    write_arrival(coming(phone="13812340001"), by=None, at=at)
    write_arrival(Coming("form", south.pk, {"phone": "13812340002"}), by=None, at=at)
    settle_arrivals(clock=lambda: at)
    assert {lead.owner for lead in Lead.objects.all()} == {lin, fang}
