"""A statement's SQL is written once; its rows are those of the queryset it came from, for any values."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db.models import QuerySet

from genjin.core.statements import Amount, Keys, Statement
from genjin.organization.models import Person, SignInLink, Unit

pytestmark = pytest.mark.django_db


def test_the_rows_are_those_of_the_queryset(east_one, east, lin, zhou):
    def of_unit(unit: int, name: str) -> QuerySet:
        return Person.objects.filter(unit=unit).exclude(name=name).order_by("pk").values_list("pk", "name", "is_active")

    ask = Statement(of_unit)
    for unit, name in ((east_one.pk, lin.name), (east.pk, ""), (east_one.pk, "")):
        assert ask(unit=unit, name=name) == list(of_unit(unit, name))


def test_a_value_that_is_asked_for_twice_stands_in_both_places(lin, zhou):
    def with_key(key: int) -> QuerySet:
        return Person.objects.filter(pk=key, pk__lte=key).values_list("pk")

    assert Statement(with_key)(key=lin.pk) == [(lin.pk,)]


def test_days_and_instants_come_back_as_python_has_them(lin, qian):
    made, ends = datetime(2026, 11, 24, 1, 2, 3, 400, tzinfo=UTC), datetime(2026, 11, 25, tzinfo=UTC)
    SignInLink.objects.create(person=lin, secret_hash="x", made_by=qian, made_at=made, expires_at=ends)

    def open_at(at: datetime) -> QuerySet:
        return SignInLink.objects.filter(made_at__lte=at, expires_at__gt=at).values_list("made_at", "person__joined_on")

    ask = Statement(open_at)
    assert ask(at=made) == [(made, lin.joined_on)]
    assert ask(at=ends) == []


def test_a_day_is_compared_as_a_day(lin, today):
    Person.objects.filter(pk=lin.pk).update(joined_on=today)

    def joined(day: date) -> QuerySet:
        return Person.objects.filter(joined_on__gte=day, joined_on__lte=day).values_list("pk", "joined_on")

    assert Statement(joined)(day=today) == [(lin.pk, today)]


def test_instances_come_with_what_is_joined(lin, east_one, django_assert_num_queries):
    def of_unit(unit: int) -> QuerySet:
        return Person.objects.filter(unit=unit).select_related("unit__parent").order_by("pk")

    expected = list(Person.objects.filter(unit=east_one).order_by("pk"))
    with django_assert_num_queries(1):
        found = Statement(of_unit)(unit=east_one.pk)
        assert [(each, each.name, each.unit.name, each.unit.parent.pk) for each in found] == [
            (each, each.name, east_one.name, east_one.parent_id) for each in expected
        ]


def test_it_is_one_question_each_time(headquarters, django_assert_num_queries):
    def units() -> QuerySet:
        return Unit.objects.values_list("pk")

    ask = Statement(units)
    with django_assert_num_queries(2):
        assert ask() == ask()


def test_a_value_that_the_question_does_not_hand_on_is_a_mistake(lin):
    def whose(person: int, today: date) -> QuerySet:
        return Person.objects.filter(pk=person).values_list("pk")

    with pytest.raises(TypeError, match="today"):
        Statement(whose)(person=lin.pk, today=date(2026, 11, 24))


def test_days_around_a_day_go_with_it(lin, today):
    Person.objects.filter(pk=lin.pk).update(joined_on=today - timedelta(days=30))

    def joined_a_month_before(day: date, other: date) -> QuerySet:
        since, until = day - timedelta(days=31), other + timedelta(days=1)
        return Person.objects.filter(joined_on__gt=since, joined_on__lt=until).values_list("pk")

    ask = Statement(joined_a_month_before)
    assert ask(day=today, other=today) == [(lin.pk,)]
    assert ask(day=today + timedelta(days=1), other=today) == []


@pytest.mark.parametrize("several", [1, 2, 64, 65, 200])
def test_of_many_keys_each_answers_for_itself(several, headquarters):
    units = Unit.objects.bulk_create([Unit(name=f"{nth}", parent=headquarters) for nth in range(several)])

    def named(keys: Keys) -> QuerySet:
        return Unit.objects.filter(pk__in=keys).order_by("pk").values_list("name")

    ask = Statement(named)
    assert ask(keys=Keys(unit.pk for unit in units)) == [(unit.name,) for unit in units]
    assert ask(keys=Keys()) == []


def test_an_amount_counts_no_further_than_it_was_told(headquarters, east, south):
    def below(unit: int) -> QuerySet:
        return Unit.objects.filter(parent=unit).values_list("pk")[:2]

    Unit.objects.create(name="west", parent=headquarters)
    assert (Amount(below)(unit=headquarters.pk), Amount(below)(unit=south.pk)) == (2, 0)
