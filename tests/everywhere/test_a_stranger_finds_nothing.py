"""What lies in another region is not there: 404 at every address that names it, whatever is sent."""

import pytest

from tests.conventions.test_doors_are_locked import addresses

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

# What no region owns: seen by everybody who has the permission.
OF_ALL = {
    "calendar_day_removed": "public holidays are the whole company's",
    "source_rename": "source channels are the whole company's",
    "playbook_seen": "playbooks are the whole company's",
    "one_time_link": "is opened by who is not signed in yet, with a secret",
}


def placed(customer, lin, east_one) -> dict[str, dict[str, int]]:
    """For each beginning of an address, something of the east that it names."""
    other = 999_999
    return {
        "customers/undo/": {"entry": other},
        "customers/": {"pk": customer.pk, "contact": other, "lending": other},
        "settings/people/": {"pk": lin.pk},
        "settings/units/": {"pk": east_one.pk},
    }


def test_every_address_that_names_a_row_is_404_to_a_stranger(client_of, fang, customer, lin, east_one):
    client, found, unplaced = client_of(fang), {}, []
    client.raise_request_exception = False
    beginnings = placed(customer, lin, east_one)
    for where, entry in addresses():
        if "<" not in where or entry.name in OF_ALL:
            continue
        keys = next((keys for begins, keys in beginnings.items() if where.startswith(begins)), None)
        names = entry.pattern.converters
        if keys is None or not set(names) <= set(keys):
            unplaced.append(where)
            continue
        address = "/" + where
        for name, converter in names.items():
            kind = type(converter).__name__.removesuffix("Converter").lower().replace("string", "str")
            address = address.replace(f"<{kind}:{name}>", str(keys[name]))
        for method in (client.get, client.post):
            status = method(address).status_code
            if status not in (404, 405):
                found[f"{method.__name__} {address}"] = status
    assert unplaced == [], "say in `placed` what this address names, or in OF_ALL why nobody owns it"
    assert found == {}
