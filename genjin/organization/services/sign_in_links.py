"""One-time sign-in links: made by an administrator, handed over by hand, good for one use within three days."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.db import transaction

from genjin.core.audit.services import record
from genjin.core.reasons import Refused
from genjin.organization import rules
from genjin.organization.models import Person, SignInLink
from genjin.organization.services.reach import held_fast, require_reach
from genjin.organization.services.refusing import refuse_for
from genjin.organization.services.sessions import end_links, end_sessions

VALID_FOR = timedelta(hours=72)


@transaction.atomic
def make_sign_in_link(person: Person, *, by: Person, at: datetime) -> str:
    """A fresh one-time secret for somebody's way in; earlier links of theirs end. Only its hash is kept."""
    require_reach(by, person)
    person = held_fast(person)
    if not person.is_active:
        raise Refused("person_has_left")
    end_links(person, at)
    secret = secrets.token_urlsafe(32)
    SignInLink.objects.create(
        person=person, secret_hash=hash_of(secret), made_by=by, made_at=at, expires_at=at + VALID_FOR
    )
    record(by=by, at=at, verb="sign_in_link_made", kind="person", subject=person.pk)
    return secret


@transaction.atomic
def reset_password(person: Person, *, by: Person, at: datetime) -> str:
    """End the password and every session of somebody and give the one-time secret for a new one."""
    require_reach(by, person)
    if person.pk == by.pk:
        raise Refused("own_password_in_own_settings")
    person = held_fast(person)
    person.set_unusable_password()
    person.save(update_fields=["password"])
    end_sessions(person)
    record(by=by, at=at, verb="password_reset", kind="person", subject=person.pk)
    return make_sign_in_link(person, by=by, at=at)


def person_behind(secret: str, *, at: datetime) -> Person | None:
    """Whose link this is; None for an unknown secret. Refused when used or expired. Changes nothing."""
    link = SignInLink.objects.select_related("person").filter(secret_hash=hash_of(secret)).first()
    if link is None:
        return None
    _refuse_dead(link, at)
    return link.person


@transaction.atomic
def use_sign_in_link(secret: str, *, password: str, at: datetime) -> Person:
    """Set the person's own password and burn the link. The password was checked by the form."""
    link = SignInLink.objects.select_for_update(of=("self",)).filter(secret_hash=hash_of(secret)).first()
    if link is None:
        raise Refused("link_unknown")
    person = held_fast(link.person)
    link.person = person
    _refuse_dead(link, at)
    link.used_at = at
    link.save(update_fields=["used_at"])
    end_links(person, at)
    person.set_password(password)
    person.save(update_fields=["password"])
    end_sessions(person)
    record(by=person, at=at, verb="sign_in_link_used", kind="person", subject=person.pk)
    return person


def hash_of(secret: str) -> str:
    """What is kept of a secret. It has 256 random bits, so a plain hash cannot be turned back."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _refuse_dead(link: SignInLink, at: datetime) -> None:
    refuse_for(
        rules.refusal_of_link(
            used=link.used_at is not None, expires_at=link.expires_at, at=at, person_active=link.person.is_active
        )
    )
