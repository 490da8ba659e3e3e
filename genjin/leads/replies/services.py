"""Making rules of replies, choosing how texts are sent, and taking note of who wants no more."""

from dataclasses import dataclass, fields
from datetime import datetime, time
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from genjin.core.audit.services import changes_between, plain, record
from genjin.core.outside import checked
from genjin.core.permissions import require
from genjin.core.reasons import Reason, Refused
from genjin.core.sealing import seal
from genjin.customers.rules import normalised_phone
from genjin.leads.replies import rules
from genjin.leads.replies.gateways import ALIYUN
from genjin.leads.replies.models import OptOut, Reply, ReplyRule, SmsGateway
from genjin.organization.models import Person, Unit
from genjin.organization.services.reach import require_leading

PERMISSION = "leads.change_replies"
GATEWAY = "leads.change_sms"


@dataclass(frozen=True, slots=True)
class Ruled:
    """What a person composed of a rule."""

    unit: Unit
    name: str
    text: str
    way: str = "mail"
    subject: str = ""
    form: Any = None
    product: str = ""
    language: str = ""
    hours: str = "any"
    template_code: str = ""
    position: int = 100
    is_on: bool = True


@transaction.atomic
def save_rule(rule: ReplyRule | None, ruled: Ruled, *, by: Person, at: datetime, version: int = 0) -> ReplyRule:
    """Make a rule, or change one that is still of `version`. What was written by the old text stays as it was."""
    require(by, PERMISSION)
    require_leading(by, ruled.unit.pk)
    _check(ruled)
    values = {each.name: getattr(ruled, each.name) for each in fields(Ruled)}
    if rule is None:
        row = ReplyRule.objects.create(**values)
        changes = {name: [None, plain(value)] for name, value in values.items() if value not in ("", None)}
        record(by=by, at=at, verb="reply_rule.made", kind="reply_rule", subject=row.pk, changes=changes)
        return row
    row = ReplyRule.objects.select_for_update().get(pk=rule.pk)
    require_leading(by, row.unit_id)
    if row.version != version:
        raise Refused("reply_rule_was_changed")
    changes = changes_between({name: plain(getattr(row, name)) for name in values}, _plain(values))
    if changes:
        for name, value in values.items():
            setattr(row, name, value)
        row.version += 1
        row.save()
        record(by=by, at=at, verb="reply_rule.changed", kind="reply_rule", subject=row.pk, changes=changes)
    return row


def _check(ruled: Ruled) -> None:
    for text in (ruled.subject, ruled.text):
        if wrong := rules.refusal_of_template(text):
            raise Refused(wrong.code, **wrong.figures)
    most = rules.LONGEST_TEXT[ruled.way]
    if len(ruled.text) > most:
        raise Refused("reply_too_long", most=most)
    if ruled.way == "mail" and not ruled.subject.strip():
        raise Refused("reply_needs_a_subject")


@dataclass(frozen=True, slots=True)
class Gateway:
    """How texts are sent. An address or secret left empty stays as it is."""

    kind: str
    address: str = ""
    key_id: str = ""
    secret: str = ""
    sign_name: str = ""
    is_on: bool = True
    quiet_from: time = rules.QUIET_FROM
    quiet_to: time = rules.QUIET_TO


@transaction.atomic
def save_gateway(given: Gateway, *, by: Person, at: datetime) -> SmsGateway:
    """Choose the provider. What is written down names the host, never address or secret."""
    require(by, GATEWAY)
    row = SmsGateway.objects.select_for_update().first() or SmsGateway()
    before = _seen(row)
    address, secret = given.address.strip(), given.secret.strip()
    if row.kind != given.kind:
        row.address_sealed = row.host = row.secret_sealed = ""
    if given.kind == SmsGateway.Kind.ALIYUN and not row.host:
        address = address or ALIYUN
    if address and given.kind != SmsGateway.Kind.CONSOLE:
        row.address_sealed, row.host = seal(address), checked(address, inside=settings.INSIDE_HOSTS).host
    if given.kind == SmsGateway.Kind.WEBHOOK and not row.host:
        raise Refused("sms_needs_an_address")
    if secret:
        row.secret_sealed = seal(secret)
    if given.kind == SmsGateway.Kind.ALIYUN and not (row.secret_sealed and given.key_id and given.sign_name):
        raise Refused("sms_needs_keys")
    row.kind, row.key_id, row.sign_name = given.kind, given.key_id, given.sign_name
    row.is_on, row.quiet_from, row.quiet_to = given.is_on, given.quiet_from, given.quiet_to
    row.save()
    changes = changes_between(before, _seen(row))
    if secret:
        changes["secret"] = [None, "entered"]
    record(by=by, at=at, verb="sms_gateway.changed", kind="sms_gateway", subject=row.pk, changes=changes)
    return row


def _seen(row: SmsGateway) -> dict[str, Any]:
    """What may be written down of it."""
    if row.pk is None:
        return {}
    shown = {name: getattr(row, name) for name in ("kind", "host", "key_id", "sign_name", "is_on")}
    return {**shown, "quiet": f"{row.quiet_from:%H:%M}–{row.quiet_to:%H:%M}"}


@transaction.atomic
def want_no_more(token: UUID, *, at: datetime, how: str = OptOut.How.LINK) -> bool:
    """Whoever got this reply wants no other, by letter or text. False for a token of no reply."""
    reply = Reply.objects.select_related("lead").filter(token=token).first()
    if reply is None:
        return False
    for contact in {reply.to, reply.lead.email, reply.lead.phone} - {""}:
        _note(contact, how=how, at=at)
    return True


def _note(contact: str, *, how: str, at: datetime, by: Person | None = None) -> bool:
    """False when that was known."""
    return OptOut.objects.get_or_create(contact=contact, defaults={"at": at, "how": how, "by": by})[1]


@transaction.atomic
def enter_opt_out(text: str, *, by: Person, at: datetime) -> None:
    """By hand, for somebody who said so on the phone. Refused what is neither number nor address."""
    require(by, PERMISSION)
    text = text.strip()
    contact: str | Reason = text.lower() if "@" in text else normalised_phone(text)
    if isinstance(contact, Reason) or len(contact) > 254:
        raise Refused("opt_out_of_nothing")
    if _note(contact, how=OptOut.How.HAND, at=at, by=by):
        record(by=by, at=at, verb="opt_out.entered", kind="reply_rule", subject=0, note=f"…{contact[-4:]}")


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    return {name: plain(value) for name, value in values.items()}
