"""The verbs of the organisation: units, people, the ways in, and leaving."""

from genjin.organization.services.first_run import first_owner
from genjin.organization.services.leaving import deactivate_person, reactivate_person
from genjin.organization.services.own_details import change_own_details, change_own_password
from genjin.organization.services.people import add_person, change_person
from genjin.organization.services.sign_in_links import make_sign_in_link, reset_password, use_sign_in_link
from genjin.organization.services.units import change_unit, make_unit

__all__ = [
    "add_person",
    "change_own_details",
    "change_own_password",
    "change_person",
    "change_unit",
    "deactivate_person",
    "first_owner",
    "make_sign_in_link",
    "make_unit",
    "reactivate_person",
    "reset_password",
    "use_sign_in_link",
]
