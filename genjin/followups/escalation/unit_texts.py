"""The text a unit's robot says once a working day: how many slipped how far, and at whom most.

No customer's name leaves the house this way."""

from collections.abc import Iterable
from datetime import date, datetime

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from genjin.followups.escalation.models import Delivery, Robot
from genjin.followups.escalation.reading import Slipped, slipped
from genjin.organization.calendars import calendars_for
from genjin.organization.models import Person, Unit
from genjin.web.formats import long_day

NAMED = 8  # people in a text (ours)


def announce(*, at: datetime) -> list[Delivery]:
    """Put today's text of every robot on its way whose unit has begun to work; once a day, however often it is run."""
    now, today = timezone.localtime(at), timezone.localdate(at)
    told = Delivery.objects.filter(on=today, robot__isnull=False, is_test=False).values("robot")
    waiting = Robot.objects.filter(is_active=True, unit__shift_from__lte=now.time(), unit__shift_to__gt=now.time())
    robots = list(waiting.exclude(pk__in=told).select_related("unit"))
    calendars = calendars_for(robot.unit for robot in robots)
    made = []
    for robot in robots:
        if not calendars[robot.unit_id].is_working(today):
            continue
        units = list(Unit.objects.filter(pk__in=Unit.tree().below(robot.unit_id)))
        text = text_of(robot.unit, slipped(units, today=today), today=today)
        state = Delivery.State.WAITING if text else Delivery.State.QUIET
        try:
            with transaction.atomic():
                made.append(Delivery.objects.create(robot=robot, on=today, text=text, state=state, next_at=at))
        except IntegrityError:
            continue  # another process was first
    return made


def text_of(unit: Unit, found: Iterable[Slipped], *, today: date) -> str:
    """In the language of the installation; "" when nobody is overdue."""
    found = sorted(found, key=lambda each: (-each.reached[0], each.owner))
    if not found:
        return ""
    names = dict(Person.objects.filter(pk__in=[each.owner for each in found]).values_list("pk", "name"))
    with translation.override(settings.LANGUAGE_CODE):
        most = pgettext("between names", ", ").join(f"{names[each.owner]} {each.reached[0]}" for each in found[:NAMED])
        lines = [
            _("Genjin, %(unit)s, %(day)s") % {"unit": unit.name, "day": long_day(today)},
            _("%(count)s overdue, the longest for %(longest)s working days.")
            % {"count": sum(each.reached[0] for each in found), "longest": max(each.longest for each in found)},
            _("At whom: %(named)s") % {"named": most}
            + (_(" and %(more)s more people") % {"more": len(found) - NAMED} if len(found) > NAMED else ""),
        ]
        late = sum(each.on("region") for each in found)
        if late:
            lines.append(_("With the region's manager: %(count)s") % {"count": late})
        if settings.ADDRESS:
            lines.append(f"{settings.ADDRESS}{reverse('escalation')}?unit={unit.pk}")
    return "\n".join(lines)


def trial_text(unit: Unit) -> str:
    with translation.override(settings.LANGUAGE_CODE):
        return _("Genjin: this is a trial message for %(unit)s. What slipped is told here once a working day.") % {
            "unit": unit.name
        }
