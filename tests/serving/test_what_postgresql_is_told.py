"""How DATABASE_URL becomes a connection: what Genjin says to PostgreSQL, and what the address may say instead."""

from genjin.config.settings import database


def test_a_page_here_and_there_is_said_to_cost_little():
    assert database("postgresql://g@db/crm")["OPTIONS"] == {"options": "-c random_page_cost=1.1"}


def test_the_address_may_say_otherwise():
    assert database("postgresql://g@db/crm?options=&sslmode=require")["OPTIONS"] == {
        "options": "",
        "sslmode": "require",
    }
