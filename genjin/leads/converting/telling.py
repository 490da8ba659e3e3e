"""Telling by e-mail whom a customer was handed to. On their today's list it stands at once, with who handed it over."""

import logging
import smtplib
from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from genjin.followups.escalation.digests import wants_mail
from genjin.leads.converting.models import Conversion

log = logging.getLogger(__name__)


def tell(pk: int, *, at: datetime) -> bool:
    """Send the letter once; whether it went. Who wants no letters gets none. Nothing of the number stands in it."""
    rows = Conversion.objects.filter(pk=pk, mailed_at=None, undone_at=None, told__isnull=False)
    conversion = rows.select_related("told", "customer", "by").first()
    if conversion is None or conversion.told is None or conversion.customer is None:
        return False
    person, customer = conversion.told, conversion.customer
    if settings.MAIL == "off" or not person.email or not person.is_active or not wants_mail(person):
        return False
    if not Conversion.objects.filter(pk=pk, mailed_at=None).update(mailed_at=at):
        return False
    figures = {"person": conversion.by.name, "name": customer.name}
    with translation.override(person.language):
        letter = EmailMessage(
            subject=_("%(person)s handed you %(name)s") % figures,
            body=_("It was a lead and is your customer now: %(name)s. It stands on your list of today.") % figures
            + "\n"
            + settings.ADDRESS
            + reverse("customer", args=[customer.pk]),
            to=[person.email],
        )
    try:
        letter.send()
    except (smtplib.SMTPException, OSError) as fault:
        Conversion.objects.filter(pk=pk).update(mailed_at=None)
        log.warning("conversion %s: no letter, %s", pk, type(fault).__name__)
        raise
    return True
