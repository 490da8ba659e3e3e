"""Somebody who writes a note while the machine fails."""

import uuid

import pytest
from django.test import Client


@pytest.fixture
def browser(client_of, lin) -> Client:
    one = client_of(lin)
    one.raise_request_exception = False
    return one


@pytest.fixture
def note() -> dict[str, str]:
    return {"key": str(uuid.uuid4()), "channel": "phone", "outcome": "effective", "remarks": "说下周再谈。"}
