"""Two customers of the east, for tests that walk through the product."""

import pytest

from genjin.customers.models import Customer, Pool
from genjin.customers.services.identity import create_customer


@pytest.fixture
def customer(lin, liang, at) -> Customer:
    """Lin's customer."""
    return create_customer(fields={"name": "杭州云栖茶业有限公司"}, phones=["13800002345"], owner=lin, by=lin, at=at)


@pytest.fixture
def pooled(lin, east_one, liang, at) -> Customer:
    """A customer in the pool of Lin's team."""
    pool = Pool.objects.get(unit=east_one)
    return create_customer(fields={"name": "苏州三味书屋"}, phones=["13800006789"], pool=pool, by=liang, at=at)
