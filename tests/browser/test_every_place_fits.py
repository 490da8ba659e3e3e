"""Every place of the rail, for three people, on the desk and on the phone: no complaint, nothing cut off."""

import pytest

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
