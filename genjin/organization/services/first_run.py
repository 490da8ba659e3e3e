"""The first minute of an empty installation."""

from datetime import date, datetime

from django.core import signing
from django.db import connection, transaction
from django.utils.crypto import constant_time_compare

from genjin.core.audit.services import record
from genjin.core.events import emit
from genjin.core.reasons import Refused
from genjin.organization import rules
from genjin.organization.events import UnitMade
from genjin.organization.models import Person, Role, Unit


@transaction.atomic
def first_owner(
    *, at: datetime, today: date, company: str, name: str, sign_in: str, password: str, language: str = "zh-hans"
) -> Person:
    """Make the root unit and its owner. Refused as soon as anybody is there, also for two who try at once."""
    _stand_alone()
    if Person.objects.exists():
        raise Refused("already_begun")
    root = Unit.objects.filter(parent=None).first() or Unit()
    root.name = company
    root.save()
    owner = Person(
        name=name,
        sign_in=rules.normal_sign_in(sign_in),
        role=Role.OWNER,
        unit=root,
        language=language,
        joined_on=today,
    )
    owner.set_password(password)
    owner.save(force_insert=True)
    record(by=owner, at=at, verb="made", kind="unit", subject=root.pk, changes={"name": [None, company]})
    record(by=owner, at=at, verb="added", kind="person", subject=owner.pk, changes={"role": [None, "owner"]})
    emit(UnitMade(unit=root, by=owner, at=at))
    return owner


def nobody_works_here() -> bool:
    """Whether this installation still waits for its first owner. Asked before anybody is signed in."""
    return not Person.objects.exists()


def company_name() -> str:
    """The topmost unit's name, which stands at the door; "" before the first start."""
    return Unit.objects.filter(parent=None).order_by("pk").values_list("name", flat=True).first() or ""


def first_run_key() -> str:
    """What proves, from another machine, that one started this installation: `genjin serve` prints it."""
    return signing.Signer(salt="genjin.organization.first_run").signature("first run")


def is_first_run_key(text: str) -> bool:
    return constant_time_compare(text, first_run_key())


def _stand_alone() -> None:
    """Nobody else writes people until this transaction ends. SQLite's IMMEDIATE transactions do that anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE organization_person IN SHARE ROW EXCLUSIVE MODE")
