"""Every place of the rail, for three people, on the desk and on the phone: no complaint, nothing cut off."""

from datetime import timedelta

import pytest

from genjin.customers.models import Customer
from genjin.followups.plans.services import make_plans
from genjin.web.navigation import address_of, places_for

pytestmark = pytest.mark.browser


def addresses(person) -> list[str]:
    """The rail's places and those within the settings."""
    places = [*places_for(person), *places_for(person, "settings")]
    return [address for place in places if (address := address_of(place.url_name))]


@pytest.mark.parametrize("who", ["lin", "liang", "qian"])
@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_nothing_complains_and_nothing_is_wider_than_the_screen(
    who, phone, request, page_of, customer, pooled, zhou, south
):
    person = request.getfixturevalue(who)
    page = page_of(person, phone=phone)
    too_wide = {}
    for address in [*addresses(person), f"/customers/{customer.pk}/", f"/customers/{customer.pk}/file/"]:
        page.goto(address)
        beyond = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if beyond > 0:
            too_wide[address] = beyond
    assert too_wide == {}


@pytest.mark.parametrize("place", ["/team/", "/team/plans/", "/escalation/", "/insights/"])
def test_on_the_phone_rows_of_many_figures_are_cards_that_name_each(place, page_of, liang, customer, at, today):
    Customer.objects.update(due_on=today - timedelta(days=8), planned_on=today - timedelta(days=8))
    make_plans(at=at)
    page = page_of(liang, phone=True)
    page.goto(place)
    cards = page.locator(".matrix--cards")
    assert cards.count() >= 1
    inside = "each => each.closest('.wide').scrollWidth - each.closest('.wide').clientWidth"
    assert [cards.nth(nth).evaluate(inside) for nth in range(cards.count())] == [0] * cards.count()
    assert cards.first.locator("tbody td[data-label]:visible").count() >= 4
