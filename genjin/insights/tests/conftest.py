"""The floor that boards are about: customers worked as the product works them."""

from genjin.followups.tests.conftest import customer_of, note, save

__all__ = ["customer_of", "note", "save"]
