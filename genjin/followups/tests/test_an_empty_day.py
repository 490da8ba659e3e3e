"""Today without a customer says why, and where customers come from."""

import pytest

pytestmark = pytest.mark.django_db


def test_who_holds_nobody_is_led_to_the_pool(client_of, lin):
    page = client_of(lin).get("/today/").content.decode()
    assert "你手上还没有客户" in page
    assert "/pool/" in page


def test_who_holds_nobody_is_not_told_that_all_is_done(client_of, lin):
    assert "今天的都打完了" not in client_of(lin).get("/today/").content.decode()
