"""Entering a mailbox. What is written down names the server and the user, never the password."""

from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from genjin.core.audit.services import changes_between, plain, record
from genjin.core.permissions import require
from genjin.core.reasons import Refused
from genjin.core.sealing import seal
from genjin.leads.mail.models import Mailbox
from genjin.organization.models import Person, Unit
from genjin.organization.services.reach import require_leading

PERMISSION = "leads.change_mailboxes"


@dataclass(frozen=True, slots=True)
class Entered:
    """What a person entered. A password left empty stays as it is."""

    unit: Unit
    name: str
    host: str
    user: str
    port: int = 993
    security: str = Mailbox.Security.TLS
    folder: str = "INBOX"
    queue: Any = None
    source: Any = None
    is_on: bool = True
    password: str = field(default="", repr=False)


@transaction.atomic
def save_mailbox(mailbox: Mailbox | None, entered: Entered, *, by: Person, at: datetime, version: int = 0) -> Mailbox:
    """Enter a mailbox or change one. Another server, user or folder is read from today on, as a new one is."""
    require(by, PERMISSION)
    row = Mailbox.objects.select_for_update().get(pk=mailbox.pk) if mailbox else Mailbox(since=timezone.localdate(at))
    for unit in {entered.unit.pk, row.unit_id} - {None}:
        require_leading(by, unit)
    if mailbox is not None and row.version != version:
        raise Refused("mailbox_was_changed")
    if entered.queue is not None and entered.queue.unit_id != entered.unit.pk:
        raise Refused("form_queue_elsewhere")
    host = entered.host.strip().lower()
    if not host or any(sign.isspace() or sign in "/@:" for sign in host):
        raise Refused("mailbox_no_host")
    is_inside = host in settings.INSIDE_HOSTS or f"{host}:{entered.port}" in settings.INSIDE_HOSTS
    if entered.security == Mailbox.Security.PLAIN and not is_inside:
        raise Refused("mailbox_not_plain")
    values = {each.name: getattr(entered, each.name) for each in fields(Entered) if each.name != "password"}
    values["host"] = host
    before = {name: plain(getattr(row, name)) for name in values if name not in ("unit",)} if mailbox else {}
    if mailbox and any(before[name] != plain(values[name]) for name in ("host", "user", "folder")):
        row.uid_validity = row.last_uid = 0
        row.since = timezone.localdate(at)
        if not entered.password and before["host"] != host:
            raise Refused("mailbox_needs_password")  # a password is not sent to another server unasked
    if entered.password:
        row.password_sealed = seal(entered.password)
    elif not row.password_sealed:
        raise Refused("mailbox_needs_password")
    for name, value in values.items():
        setattr(row, name, value)
    row.trouble = {}
    row.version += 1 if mailbox else 0
    row.save()
    changes = changes_between(before, {name: plain(value) for name, value in values.items()})
    if entered.password:
        changes["password"] = [None, "entered"]
    record(by=by, at=at, verb="mailbox.saved", kind="mailbox", subject=row.pk, changes=changes)
    return row
