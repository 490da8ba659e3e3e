"""Sending what is on its way: each attempt claimed first, tried again with pauses, given up in sight of everybody."""

import logging
import smtplib
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import F
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from genjin.core import outside
from genjin.core.reasons import Reason, Refused
from genjin.core.sealing import unseal
from genjin.followups.escalation.models import Delivery, Digest
from genjin.followups.escalation.robots import is_accepted, request_of
from genjin.followups.escalation.shown import shown_digests
from genjin.web.formats import long_day
from genjin.web.wording import word

log = logging.getLogger(__name__)

# After each failed attempt (ours): a server that is away for a moment, for a while, for the morning.
PAUSES = (timedelta(minutes=5), timedelta(minutes=15), timedelta(hours=1), timedelta(hours=2))
LOST_AFTER = timedelta(minutes=10)  # longer than any attempt lasts
LONGEST_SAID = 200
# Trying again would change nothing.
FOR_GOOD = {
    "outside_no_address", "outside_not_https", "outside_private", "sealed_with_another_key", "mail_has_no_address",
    "robot_is_off",
}  # fmt: skip

State = Delivery.State


def deliver(pk: int, *, at: datetime) -> None:
    """Make one attempt. Whoever comes second finds it claimed and does nothing."""
    claimed = Delivery.objects.due(at).filter(pk=pk)
    if not claimed.update(state=State.SENDING, tried_at=at, attempts=F("attempts") + 1):
        return
    delivery = Delivery.objects.select_related("digest__person", "robot__unit").get(pk=pk)
    try:
        answer = _send_text(delivery, at=at) if delivery.digest is None else _send_letter(delivery.digest)
    except Refused as refused:
        _not_sent(delivery, refused.reason, at=at)
    else:
        Delivery.objects.filter(pk=pk).update(state=State.SENT, answer=answer.as_json() if answer else {})


def give_up_lost(*, at: datetime) -> int:
    """What a process was sending when it died may have arrived: unsure, not sent again. Returns how many."""
    lost = Delivery.objects.filter(state=State.SENDING, tried_at__lt=at - LOST_AFTER)
    return lost.update(state=State.UNSURE, answer=Reason("delivery_unsure").as_json())


def _not_sent(delivery: Delivery, why: Reason, *, at: datetime) -> None:
    again = None
    if why.code not in FOR_GOOD and not delivery.is_test and delivery.attempts <= len(PAUSES):
        again = at + PAUSES[delivery.attempts - 1]
    if again is not None and timezone.localdate(again) != delivery.on:
        again = None  # tomorrow has its own
    state = State.FAILED if again is None else State.WAITING
    Delivery.objects.filter(pk=delivery.pk).update(state=state, next_at=again or at, answer=why.as_json())
    log.warning("delivery %s, attempt %s: %s", delivery.pk, delivery.attempts, why.code)


def _send_letter(digest: Digest) -> Reason | None:
    person = digest.person
    if not person.email or not person.is_active:
        raise Refused("mail_has_no_address")
    with translation.override(person.language):
        letter = EmailMessage(
            subject=_("Genjin reminds you: %(day)s") % {"day": long_day(digest.on)},
            body=letter_text(digest),
            to=[person.email],
        )
    try:
        letter.send()
    except (smtplib.SMTPException, OSError) as fault:
        raise Refused("mail_not_taken", said=type(fault).__name__) from None
    return None


def letter_text(digest: Digest) -> str:
    """The digest in the language that is spoken now: counts, the first names, and where the lists are."""
    [shown] = shown_digests([digest], digest.person)
    parts = [_("%(name)s, for today:") % {"name": digest.person.name}, ""]
    for line in shown.lines:
        parts.append("· " + word(line.reason))
        if line.first:
            names = translation.pgettext("between names", ", ").join(name for _pk, name in line.first)
            parts.append("  " + names + (" " + _("and more") if line.more else ""))
        if settings.ADDRESS:
            parts.append("  " + settings.ADDRESS + line.address)
    parts += ["", _("You can switch these letters off under Reminders."), settings.ADDRESS + reverse("digest_list")]
    return "\n".join(parts)


def _send_text(delivery: Delivery, *, at: datetime) -> Reason:
    robot = delivery.robot
    assert robot is not None
    if not robot.is_active and not delivery.is_test:
        raise Refused("robot_is_off")
    address, secret = unseal(robot.address_sealed), unseal(robot.secret_sealed)
    link = f"{settings.ADDRESS}{reverse('escalation')}?unit={robot.unit_id}" if settings.ADDRESS else ""
    asked = request_of(robot.kind, address=address, secret=secret, text=delivery.text, at=at, link=link)
    answer = outside.post(asked.url, asked.content, headers=asked.headers, inside=settings.INSIDE_HOSTS)
    said = _without(answer.text, address, secret)
    if not is_accepted(robot.kind, answer.status, answer.text):
        raise Refused("robot_refused", status=answer.status, said=said)
    return Reason("robot_took_it", {"said": said})


def _without(text: str, *secrets: str) -> str:
    """The beginning of an answer, without what a server that repeats its question would give away."""
    for secret in secrets:
        for part in {secret, secret.partition("=")[2], secret.rpartition("/")[2]}:
            if len(part) > 5:
                text = text.replace(part, "…")
    return " ".join(text.split())[:LONGEST_SAID]
