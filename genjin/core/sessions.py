"""Where sessions are kept: in the database, as Django does it, so that each can be ended at once."""

from datetime import datetime
from typing import Any

from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.models import Session
from django.db import DatabaseError
from django.db.models import QuerySet
from django.utils import timezone

from genjin.core.statements import Statement


class SessionStore(DatabaseStore):
    """Every request reads its session, so the question is not worded anew each time."""

    def load(self) -> dict[str, Any]:
        rows = _kept(key=self.session_key, at=timezone.now())
        if not rows:
            self._session_key = None
            return {}
        return self.decode(rows[0][0])

    def save(self, must_create: bool = False) -> None:
        """Raises UpdateError for a session that is gone; what the database could not do stays its own error."""
        try:
            super().save(must_create)
        except UpdateError as error:
            # Django takes every error for a session that is gone. A missing row it tells by a bare DatabaseError;
            # what the database said has the driver's error as its cause, or a kind of its own.
            said = error.__context__
            if said is None or (type(said) is DatabaseError and said.__cause__ is None):
                raise
            raise said from said.__cause__


@Statement
def _kept(key: str, at: datetime) -> QuerySet:
    return Session.objects.filter(session_key=key, expire_date__gt=at).values_list("session_data")
