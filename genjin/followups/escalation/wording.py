"""Rungs, what follows, and the lines of a digest in words."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from genjin.web import wording
from genjin.web.formats import day_weekday


def _named(pairs: list[list[Any]], people: int) -> str:
    """林小满 5、周雨桐 3 等 6 人."""
    said = pgettext("between names", ", ").join(f"{name} {count}" for name, count in pairs)
    if people > len(pairs):
        return _("%(named)s and others, %(people)s people in all") % {"named": said, "people": people}
    return said


def _slipped(sentence: Callable[[], str]) -> Callable[..., str]:
    """Due when, overdue how long, and on which rung since when."""

    def said(due: str, days: int, since: str = "") -> str:
        begins = ngettext(
            "Was due on %(due)s, overdue for %(days)s working day",
            "Was due on %(due)s, overdue for %(days)s working days",
            days,
        )
        return (begins + sentence()) % {"due": day_weekday(due), "days": days, "since": day_weekday(since)}

    return said


def _next(sentence: Any) -> Callable[..., str]:
    return lambda on: str(sentence) % {"on": day_weekday(on)}


def _of_others(sentence: Any) -> Callable[..., str]:
    def said(count: int, people: int, days: int, named: list[list[Any]]) -> str:
        return str(sentence) % {"count": count, "days": days, "named": _named(named, people)}

    return said


def _taken_back(count: int, people: int, named: list[list[Any]]) -> str:
    sentence = ngettext(
        "%(count)s customer went back to the pool in the last night: %(named)s.",
        "%(count)s customers went back to the pool in the last night: %(named)s.",
        count,
    )
    return sentence % {"count": count, "named": _named(named, people)}


wording.register(
    {
        "slipped_not_yet": _slipped(lambda: _(".")),
        "slipped_to_seller": _slipped(lambda: _(".")),
        "slipped_to_lead": _slipped(lambda: _("; with the team lead since %(since)s.")),
        "slipped_to_reassign": _slipped(lambda: _("; since %(since)s somebody with room should have it.")),
        "slipped_to_region": _slipped(lambda: _("; with the region's manager since %(since)s.")),
        "next_to_seller": _next(gettext_lazy("Overdue from %(on)s on.")),
        "next_to_lead": _next(gettext_lazy("Goes to the team lead on %(on)s.")),
        "next_to_reassign": _next(gettext_lazy("From %(on)s on somebody with room should have it.")),
        "next_to_region": _next(gettext_lazy("Goes to the region's manager on %(on)s.")),
        "next_to_pool": _next(
            gettext_lazy("Before the next step it goes back to the pool, in the night after %(on)s.")
        ),
        "last_to_pool": _next(gettext_lazy("The last step is reached; back to the pool in the night after %(on)s.")),
        "nothing_follows": gettext_lazy("The last step is reached."),
        "digest_overdue": gettext_lazy("%(count)s overdue, the longest for %(longest)s working days."),
        "digest_may_change_hands": gettext_lazy(
            "%(count)s of them for %(days)s working days or more: the team lead may give them to somebody else."
        ),
        "digest_promises": gettext_lazy("%(count)s promises due by tonight."),
        "digest_appointments": gettext_lazy("%(count)s appointments today."),
        "digest_lead": _of_others(
            gettext_lazy("The team has %(count)s overdue for %(days)s working days or more: %(named)s.")
        ),
        "digest_reassign": _of_others(
            gettext_lazy("%(count)s overdue for %(days)s working days or more, think of somebody else: %(named)s.")
        ),
        "digest_region": _of_others(
            gettext_lazy("Below you %(count)s are overdue for %(days)s working days or more: %(named)s.")
        ),
        "digest_recycled": _taken_back,
        "delivery_unsure": gettext_lazy("Broken off while it was sent: it may have arrived. It is not sent again."),
        "mail_has_no_address": gettext_lazy("No letter: there is no e-mail address."),
        "mail_not_taken": gettext_lazy("The letter did not go: the mail server did not take it (%(said)s)."),
        "robot_is_off": gettext_lazy("The robot is switched off."),
        "robot_took_it": gettext_lazy("Answer: %(said)s"),
        "robot_refused": gettext_lazy("The robot refused it (%(status)s): %(said)s"),
        "robot_of_another_maker": gettext_lazy("%(host)s is no address of this maker. Copy the whole webhook address."),
        "robot_needs_an_address": gettext_lazy("Enter the webhook address of the group's robot."),
        "robot_tried_too_often": gettext_lazy("%(most)s trial messages within a minute are enough. Wait a moment."),
        "sealed_with_another_key": gettext_lazy(
            "Address and secret were kept with another key of this installation. Enter them anew."
        ),
        "outside_no_address": gettext_lazy("This is no web address. It begins with https://."),
        "outside_not_https": gettext_lazy("The address must begin with https://."),
        "outside_private": gettext_lazy(
            "%(host)s stands in a private network. Whoever runs Genjin can allow it (GENJIN_INSIDE_HOSTS)."
        ),
        "outside_unknown_host": gettext_lazy("There is no host %(host)s."),
        "outside_timed_out": gettext_lazy("%(host)s did not answer in time."),
        "outside_not_trusted": gettext_lazy("The certificate of %(host)s is not trusted."),
        "outside_unreachable": gettext_lazy("%(host)s cannot be reached."),
        "digest_of_somebody_else": gettext_lazy("These are somebody else's reminders."),
    }
)
