"""Giving a unit's group a robot, trying it, taking it away. What is written down names the host, never the address."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from genjin.core.audit.services import record
from genjin.core.outside import checked
from genjin.core.permissions import require
from genjin.core.reasons import Refused
from genjin.core.sealing import seal
from genjin.followups.escalation.models import Delivery, Robot
from genjin.followups.escalation.robots import HOSTS, SIGNED
from genjin.organization.models import Person, Unit
from genjin.organization.services.reach import require_leading

PERMISSION = "followups.change_robots"
TESTS_A_MINUTE = 5  # (ours; the makers take 20 messages a minute)


@transaction.atomic
def save_robot(
    unit: Unit, *, kind: str, address: str = "", secret: str = "", is_active: bool = True, by: Person, at: datetime
) -> Robot:
    """Set what a unit's robot is. An address or secret left empty stays as it is, but for another kind it has to be
    given. Refused: an address that may not be asked or is none of that maker's."""
    require(by, PERMISSION)
    require_leading(by, unit.pk)
    robot = Robot.objects.select_for_update().filter(pk=unit.pk).first()
    before = _seen(robot)
    address, secret = address.strip(), secret.strip()
    is_new = robot is None or robot.kind != kind
    if robot is None:
        robot = Robot(unit=unit)
    if address:
        host = checked(address, inside=settings.INSIDE_HOSTS)
        if not host.is_inside and kind in HOSTS and host.host not in HOSTS[kind]:
            raise Refused("robot_of_another_maker", host=host.host)
        robot.address_sealed, robot.host = seal(address), host.host
    elif is_new:
        raise Refused("robot_needs_an_address")
    if secret and kind in SIGNED:
        robot.secret_sealed = seal(secret)
    elif is_new or address:
        # Another robot has another secret: the old one would only make it refuse every message.
        robot.secret_sealed = ""
    robot.kind, robot.is_active = kind, is_active
    robot.save()
    after = _seen(robot)
    changes = {name: [before.get(name), after[name]] for name in after if before.get(name) != after[name]}
    if address:
        changes["address"] = [None, "entered"]
    if secret:
        changes["secret"] = [None, "entered"]
    record(by=by, at=at, verb="robot_changed", kind="unit", subject=unit.pk, changes=changes)
    return robot


@transaction.atomic
def remove_robot(robot: Robot, *, by: Person, at: datetime) -> None:
    """Take it away with its address and secret."""
    require(by, PERMISSION)
    require_leading(by, robot.unit_id)
    changes = {name: [value, None] for name, value in _seen(robot).items()}
    record(by=by, at=at, verb="robot_removed", kind="unit", subject=robot.pk, changes=changes)
    robot.delete()


@transaction.atomic
def ask_for_test(robot: Robot, *, text: str, by: Person, at: datetime) -> Delivery:
    """Put a trial message on its way. Refused when several were sent just now."""
    require(by, PERMISSION)
    require_leading(by, robot.unit_id)
    just_now = Delivery.objects.filter(robot=robot, is_test=True, tried_at__gte=at - timedelta(minutes=1))
    if just_now.count() >= TESTS_A_MINUTE:
        raise Refused("robot_tried_too_often", most=TESTS_A_MINUTE)
    record(by=by, at=at, verb="robot_tried", kind="unit", subject=robot.pk)
    return Delivery.objects.create(robot=robot, is_test=True, on=timezone.localdate(at), text=text, next_at=at)


def _seen(robot: Robot | None) -> dict[str, object]:
    """What may be written down of it."""
    if robot is None or not robot.host:
        return {}
    return {
        "kind": robot.kind,
        "host": robot.host,
        "is_active": robot.is_active,
        "is_signed": bool(robot.secret_sealed),
    }
