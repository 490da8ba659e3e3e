"""Where sessions are kept: in the database, as Django does it, so that each can be ended at once."""

from datetime import datetime
from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.models import Session
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


@Statement
def _kept(key: str, at: datetime) -> QuerySet:
    return Session.objects.filter(session_key=key, expire_date__gt=at).values_list("session_data")
