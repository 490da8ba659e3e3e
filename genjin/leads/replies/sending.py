"""Sending replies: each attempt claimed first, tried again with pauses, given up in sight of everybody."""

import logging
import smtplib
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import F
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from genjin.core import outside
from genjin.core.reasons import Reason, Refused
from genjin.core.sealing import unseal
from genjin.leads.replies import gateways
from genjin.leads.replies.making import is_unwanted, may_go_at
from genjin.leads.replies.models import Reply, SmsGateway, Way

log = logging.getLogger(__name__)

# After each failed attempt (ours). After that the answer would come too late to be one.
PAUSES = (timedelta(minutes=2), timedelta(minutes=10), timedelta(hours=1), timedelta(hours=4))
LOST_AFTER = timedelta(minutes=10)  # longer than any attempt lasts
BATCH = 100
LONGEST_SAID = 200
# Trying again would change nothing.
FOR_GOOD = {
    "outside_no_address", "outside_not_https", "outside_private", "sealed_with_another_key", "mail_is_off",
    "sms_no_gateway", "sms_needs_a_template",
}  # fmt: skip

State = Reply.State


def send_due(*, at: datetime) -> int:
    """Whatever is due, the oldest first; how many attempts were made."""
    due = Reply.objects.due(at).order_by("next_at", "pk").values_list("pk", flat=True)[:BATCH]
    return sum(send(pk, at=at) for pk in list(due))


def send(pk: int, *, at: datetime) -> bool:
    """Make one attempt. Whoever comes second finds it claimed and does nothing; a text that is due at night waits."""
    reply = Reply.objects.select_related("lead", "rule").filter(pk=pk).first()
    if reply is None:
        return False
    if (later := may_go_at(reply.way, at)) > at:
        Reply.objects.due(at).filter(pk=pk).update(next_at=later)
        return False
    claimed = Reply.objects.due(at).filter(pk=pk)
    if not claimed.update(state=State.SENDING, tried_at=at, attempts=F("attempts") + 1):
        return False
    reply.attempts += 1
    if is_unwanted(reply.lead):
        Reply.objects.filter(pk=pk).update(state=State.UNWANTED, answer=Reason("reply_unwanted").as_json())
        return True
    try:
        answer = _letter(reply) if reply.way == Way.MAIL else _text(reply, at=at)
    except Refused as refused:
        _not_sent(reply, refused.reason, at=at)
    else:
        Reply.objects.filter(pk=pk).update(state=State.SENT, answer=answer.as_json() if answer else {})
    return True


def give_up_lost(*, at: datetime) -> int:
    """What a process was sending when it died may have arrived: unsure, not sent again. How many."""
    lost = Reply.objects.filter(state=State.SENDING, tried_at__lt=at - LOST_AFTER)
    return lost.update(state=State.UNSURE, answer=Reason("reply_unsure").as_json())


def _not_sent(reply: Reply, why: Reason, *, at: datetime) -> None:
    again = None
    if why.code not in FOR_GOOD and reply.attempts <= len(PAUSES):
        again = at + PAUSES[reply.attempts - 1]
    state = State.FAILED if again is None else State.WAITING
    Reply.objects.filter(pk=reply.pk).update(state=state, next_at=again or at, answer=why.as_json())
    log.warning("reply %s, attempt %s: %s", reply.pk, reply.attempts, why.code)


def message_id(reply: Reply) -> str:
    """By which an answer or a bounce names the letter."""
    host = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ") or "localhost"
    return f"<reply-{reply.token.hex}@{host}>"


def _letter(reply: Reply) -> Reason | None:
    """A letter that says of itself that no person wrote it, so that no other machine answers it."""
    if settings.MAIL == "off":
        raise Refused("mail_is_off")
    headers = {"Auto-Submitted": "auto-replied", "X-Auto-Response-Suppress": "All", "Message-ID": message_id(reply)}
    text = reply.text
    if settings.ADDRESS:
        link = settings.ADDRESS + reverse("reply_unwanted", args=[reply.token])
        headers["List-Unsubscribe"] = f"<{link}>"
        with translation.override(reply.language):
            text += "\n\n-- \n" + _("No more letters like this one: %(link)s") % {"link": link}
    letter = EmailMessage(reply.subject, text, to=[reply.to], headers=headers)
    try:
        letter.send()
    except (smtplib.SMTPException, OSError, ValueError) as fault:
        raise Refused("mail_not_taken", said=type(fault).__name__) from None
    return None


def _text(reply: Reply, *, at: datetime) -> Reason:
    gateway = SmsGateway.objects.filter(is_on=True).first()
    if gateway is None:
        raise Refused("sms_no_gateway")
    if gateway.kind == SmsGateway.Kind.CONSOLE:
        log.info("SMS to …%s: %s", reply.to[-4:], reply.text)
        return Reason("sms_only_logged")
    if gateway.kind == SmsGateway.Kind.ALIYUN and not reply.rule.template_code:
        raise Refused("sms_needs_a_template")
    secret = unseal(gateway.secret_sealed)
    account = gateways.Account(gateway.kind, unseal(gateway.address_sealed), gateway.key_id, secret, gateway.sign_name)
    text = gateways.Text(reply.to, reply.text, reply.token.hex, reply.rule.template_code, reply.parameters)
    asked = gateways.request_of(account, text, at=at)
    answer = outside.post(asked.url, asked.content, headers=asked.headers, inside=settings.INSIDE_HOSTS)
    said = " ".join((answer.text.replace(secret, "…") if secret else answer.text).split())[:LONGEST_SAID]
    if not gateways.is_accepted(gateway.kind, answer.status, answer.text):
        raise Refused("sms_refused", status=answer.status, said=said)
    return Reason("sms_taken", {"said": said})
