"""What every test may ask for: the cast, the day, and somebody's browser."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client
from hypothesis import HealthCheck, settings

from genjin.core.fields import reading as custom_fields
from genjin.customers.models import Pool
from genjin.leads.queues.models import Queue
from genjin.organization.calendars import forget_calendars
from genjin.organization.models import Person, Role, Unit
from genjin.playbooks.editions import current
from genjin.playbooks.models import Adoption

pytest_plugins = ["tests.browsing", "tests.installations"]

# No timed tests: on a busy machine the first example is the slow one. Every run tries the same examples, so that one
# does not fail by luck; `--hypothesis-profile=search` looks for new ones.
settings.register_profile("search", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True)
settings.register_profile("calm", settings.get_profile("search"), derandomize=True, database=None)
settings.load_profile("calm")

PASSWORD = "a horse walks on the Bund"  # noqa: S105  of the cast, nowhere else


@pytest.fixture(autouse=True)
def _no_calendar_of_another_test() -> None:
    """A rolled back table may come back with the same keys and other days."""
    forget_calendars()


@pytest.fixture(autouse=True)
def _no_list_takes_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    """A busy machine may take its time for a list. The tests of the limit set their own."""
    monkeypatch.setattr("genjin.customers.views.lists.SECONDS", 600)


@pytest.fixture(autouse=True)
def _no_playbook_of_another_test(request: pytest.FixtureRequest) -> None:
    """As with the calendar. A test without a database works by the shipped ones."""
    current.forget()
    if not {"db", "transactional_db"} & set(request.fixturenames) and not request.node.get_closest_marker("django_db"):
        current.know(None)


@pytest.fixture(autouse=True)
def _no_field_of_another_test() -> None:
    """A definition that was rolled back is none."""
    custom_fields.ask_again()


@pytest.fixture
def today() -> date:
    """A working Tuesday."""
    return date(2026, 11, 24)


@pytest.fixture
def at(today: date) -> datetime:
    """Ten in the morning of that Tuesday."""
    return datetime(today.year, today.month, today.day, 10, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture
def clock(at: datetime) -> Iterator[time_machine.Traveller]:
    """The process's clock stands at `at`; `clock.move_to(...)` sets it, `clock.shift(...)` moves it on."""
    with time_machine.travel(at, tick=False) as traveller:
        yield traveller


@pytest.fixture
def headquarters(db) -> Unit:
    """The company: five days a week, works by the playbook general."""
    unit = _unit("梁溪云", None, week="five")
    Adoption.objects.create(unit=unit, playbook="general")
    return unit


@pytest.fixture
def east(headquarters: Unit) -> Unit:
    """A region, without a playbook of its own."""
    return _unit("华东大区", headquarters, week="five")


@pytest.fixture
def east_one(east: Unit) -> Unit:
    """A telesales team of the region: six days a week."""
    unit = _unit("华东一组", east, week="six")
    Adoption.objects.create(unit=unit, playbook="telesales", size="standard", rhythm="table")
    return unit


@pytest.fixture
def south(headquarters: Unit) -> Unit:
    """The other region."""
    return _unit("华南大区", headquarters, week="five")


@pytest.fixture
def lin(east_one: Unit) -> Person:
    """A seller of the team."""
    return _person("lin", "林小满", Role.SELLER, east_one)


@pytest.fixture
def zhou(east_one: Unit) -> Person:
    """The other seller of the team."""
    return _person("zhou", "周雨桐", Role.SELLER, east_one)


@pytest.fixture
def liang(east: Unit) -> Person:
    """Their manager: leads the region with the team below it."""
    return _person("liang", "梁静", Role.MANAGER, east)


@pytest.fixture
def fang(south: Unit) -> Person:
    """A manager of the other region."""
    return _person("fang", "方志远", Role.MANAGER, south)


@pytest.fixture
def qian(headquarters: Unit) -> Person:
    """The owner, who sees all."""
    return _person("qian", "钱立群", Role.OWNER, headquarters)


@pytest.fixture
def han(east_one: Unit) -> Person:
    """A seller of the team who left."""
    return _person("han", "韩越", Role.SELLER, east_one, is_active=False, left_on=date(2026, 10, 30))


@pytest.fixture
def client_of(clock) -> Callable[[Person], Client]:
    """A browser in which that person is signed in; the pages' clock stands at `at`."""

    def sign_in(person: Person) -> Client:
        client = Client()
        client.force_login(person, backend="genjin.organization.backend.PersonBackend")
        return client

    return sign_in


def _unit(name: str, parent: Unit | None, *, week: str) -> Unit:
    unit = Unit.objects.create(name=name, parent=parent, week=week)
    Pool.objects.create(unit=unit, home_of=unit, name=f"{name}公海")
    Queue.objects.create(unit=unit, home_of=unit, name=name)
    return unit


def _person(sign_in: str, name: str, role: Role, unit: Unit, **more) -> Person:
    person = Person(sign_in=sign_in, name=name, role=role, unit=unit, joined_on=date(2026, 3, 2), **more)
    person.set_password(PASSWORD)
    person.save()
    return person
