"""Taking letters out of mailboxes: each one kept as an arrival, once, whatever is in it."""

import logging
from datetime import datetime
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from django.db import transaction
from django.db.models import F

from genjin.core import outside
from genjin.core.reasons import Reason, Refused
from genjin.core.sealing import unseal
from genjin.leads.mail.imap import Account, Folder
from genjin.leads.mail.models import Mailbox
from genjin.leads.mail.parsing import Letter, read_letter
from genjin.leads.models import Channel
from genjin.leads.replies.models import OptOut, Reply
from genjin.leads.replies.rules import asks_to_stop
from genjin.leads.replies.services import want_no_more
from genjin.leads.services.arriving import Coming, write_arrival

log = logging.getLogger(__name__)
AT_ONCE = 200  # letters of one mailbox in one go (ours)


def collect(mailbox: Mailbox, *, at: datetime) -> int:
    """Take what is new; how many arrived. What goes wrong stands at the mailbox, and what was taken stays taken."""
    try:
        arrived = _collect(mailbox, at=at)
    except Refused as refused:
        Mailbox.objects.filter(pk=mailbox.pk).update(trouble=refused.reason.as_json())
        log.warning("mailbox %s: %s", mailbox.pk, refused.reason.code)
        return 0
    Mailbox.objects.filter(pk=mailbox.pk).update(trouble={}, read_at=at)
    return arrived


def _collect(mailbox: Mailbox, *, at: datetime) -> int:
    arrived = 0
    with Folder(account_of(mailbox), mailbox.folder) as folder:
        if folder.uid_validity != mailbox.uid_validity:  # numbered anew: what was taken is known by its own name
            mailbox.uid_validity, mailbox.last_uid = folder.uid_validity, 0
        new = folder.newer_than(mailbox.last_uid, since=mailbox.since)[:AT_ONCE]
        for uid, raw in folder.letters(new):
            arrived += _take(mailbox, uid, raw, at=at)
            mailbox.last_uid = uid
    return arrived


def account_of(mailbox: Mailbox) -> Account:
    """Where and as whom. Refused where the address may not be asked."""
    number = outside.number_of(mailbox.host, mailbox.port, inside=settings.INSIDE_HOSTS)
    return Account(mailbox.host, mailbox.port, number, mailbox.security, mailbox.user, unseal(mailbox.password_sealed))


@transaction.atomic
def _take(mailbox: Mailbox, uid: int, raw: bytes | None, *, at: datetime) -> bool:
    """Keep one letter and that it was kept, in one transaction; whether it arrived as a lead or at one."""
    unread = Letter("", "", "", "", {"wants": f"{mailbox.name}: UID {uid}"})
    letter = unread if raw is None else read_letter(raw)
    reply = Reply.objects.select_related("lead").filter(token=letter.answers).first() if letter.answers else None
    stood = Mailbox.objects.filter(pk=mailbox.pk)
    if letter.is_machine:
        if reply is not None:
            why = Reason("mail_came_back", {"said": letter.subject[:120]})
            Reply.objects.filter(pk=reply.pk).update(state=Reply.State.FAILED, answer=why.as_json())
        stood.update(uid_validity=mailbox.uid_validity, last_uid=uid, skipped=F("skipped") + 1)
        return False
    given = dict(letter.given)
    if reply is not None:
        _heed(reply, letter, at=at)
        if reply.lead.is_open and reply.lead.email:
            given["email"] = reply.lead.email  # an answer to our own letter is no lead: it comes to the one it is about
    came_from = {"mailbox": mailbox.name, "from": letter.sender, "subject": letter.subject}
    name = letter.message_id or f"{mailbox.uid_validity} {uid}"
    write_arrival(
        Coming(
            Channel.MAIL, mailbox.unit_id, given, came_from, source=mailbox.source_id,
            key=uuid5(NAMESPACE_URL, f"mailbox {mailbox.pk} {name}"), queue=mailbox.queue_id,
        ),
        by=None, at=at,
    )  # fmt: skip
    stood.update(uid_validity=mailbox.uid_validity, last_uid=uid, taken=F("taken") + 1)
    return True


def _heed(reply: Reply, letter: Letter, *, at: datetime) -> None:
    """Whoever answers an automatic letter with “unsubscribe” gets no other."""
    if asks_to_stop(letter.text) or asks_to_stop(letter.subject):
        want_no_more(reply.token, at=at, how=OptOut.How.MAIL)


def collect_all(*, at: datetime) -> int:
    """Every mailbox that is switched on; one that fails does not keep the others waiting for good."""
    return sum(collect(mailbox, at=at) for mailbox in Mailbox.objects.filter(is_on=True).order_by("read_at", "pk"))
