"""Which replies a lead gets, written in the transaction in which it arrives; whoever wants none gets none."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone

from genjin.customers.models import ContactPerson, Customer, Phone
from genjin.leads.capture.models import CaptureForm
from genjin.leads.events import LeadArrived
from genjin.leads.models import Arrival, Channel, Lead, Outcome
from genjin.leads.replies import rules
from genjin.leads.replies.models import OptOut, Reply, ReplyRule, SmsGateway, Way
from genjin.organization.hours import hours_of
from genjin.organization.models import Unit

ANSWERED = (Channel.FORM, Channel.MAIL)  # whoever comes by hand or in a file has not asked for an answer


def make_replies(event: LeadArrived) -> None:
    """For each way the first rule that holds, once by each rule."""
    lead, arrival = event.lead, event.arrival
    addresses = {Way.MAIL: lead.email, Way.SMS: lead.phone if _is_mobile(lead.phone) else ""}
    ways = [way for way, address in addresses.items() if address]
    if arrival.channel not in ANSWERED or not lead.is_open or not ways:
        return
    there = list(ReplyRule.objects.filter(is_on=True, way__in=ways))
    if not there or is_unwanted(lead):
        return
    case = case_of(lead, arrival)
    for way in ways:
        key = rules.first_match([condition_of(rule) for rule in there if rule.way == way], case)
        for rule in there:
            if rule.pk == key:
                _make(lead, arrival, rule, addresses[way], at=event.at)


def _make(lead: Lead, arrival: Arrival, rule: ReplyRule, to: str, *, at: datetime) -> None:
    values = values_of(lead, arrival)
    Reply.objects.get_or_create(
        lead=lead,
        rule=rule,
        defaults={
            "way": rule.way,
            "to": to,
            "subject": " ".join(rules.filled(rule.subject, values).split())[:400],
            "text": rules.filled(rule.text, values),
            "parameters": rules.parameters(rule.text, values),
            "language": lead.language or CaptureForm.Language.CHINESE,
            "token": uuid4(),
            "made_at": at,
            "next_at": may_go_at(rule.way, at),
        },
    )


def may_go_at(way: str, at: datetime) -> datetime:
    """By the quiet hours that the company set."""
    gateway = SmsGateway.objects.first() if way == Way.SMS else None
    quiet = {"quiet_from": gateway.quiet_from, "quiet_to": gateway.quiet_to} if gateway else {}
    return rules.may_go_at(way, timezone.localtime(at), **quiet)


def case_of(lead: Lead, arrival: Arrival) -> rules.Case:
    """The lead as rules of replies see it; its unit is the one that it arrived at."""
    return rules.Case(
        form=arrival.form_id,
        product=lead.product,
        language=lead.language or CaptureForm.Language.CHINESE,
        in_working_hours=hours_of(arrival.unit).is_working(arrival.at),
        units=tuple(Unit.tree().upward(arrival.unit_id)),
    )


def condition_of(rule: ReplyRule) -> rules.Condition:
    return rules.Condition(rule.pk, rule.unit_id, rule.form_id, rule.product, rule.language, rule.hours)


def values_of(lead: Lead, arrival: Arrival) -> dict[str, str]:
    """What a template may name of a lead."""
    return {
        "person": lead.person_name, "company": lead.company, "phone": lead.phone, "email": lead.email,
        "city": lead.city, "product": lead.product, "wants": lead.wants,
        "form": arrival.form.title if arrival.form else "", "unit": arrival.unit.name,
        "owner": lead.owner.name if lead.owner else "",
    }  # fmt: skip


def is_unwanted(lead: Any) -> bool:
    """Whether somebody with this phone or e-mail asked not to be written to, or not to be contacted at all."""
    contacts = [contact for contact in (lead.phone, lead.email) if contact]
    if OptOut.objects.filter(contact__in=contacts).exists():
        return True
    phone, email = lead.phone or None, lead.email or None
    if Lead.objects.filter(Q(phone=phone) | Q(email=email), outcome=Outcome.BLOCKED).exists():
        return True
    phones = Phone.objects.filter(number__in=contacts).values("customer")
    addressed = ContactPerson.objects.exclude(email="").alias(address=Lower("email"))
    people = addressed.filter(address=lead.email.lower()).values("customer")
    blocked = Customer.objects.filter(closed_kind=Customer.Closed.BLOCKED)
    return blocked.filter(Q(pk__in=phones) | Q(pk__in=people)).exists()


def _is_mobile(phone: str) -> bool:
    """A landline gets no text."""
    return (len(phone) == 11 and phone.startswith("1")) or phone.startswith("+")
