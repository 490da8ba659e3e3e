"""Whether a new password will do, in the house's own words."""

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from genjin.organization.models import Person
from genjin.web.forms import Form

WEAK = {
    "password_too_short": _("Too short: at least 8 characters."),
    "password_too_common": _("Too common: this one is guessed first."),
    "password_entirely_numeric": _("Only digits: put letters between them."),
    "password_too_similar": _("Too close to your name or sign-in."),
}


def check_new_password(form: Form, person: Person) -> None:
    """Put at their fields what is wrong with `password` and `password_again` of a form for this person."""
    password, again = form.cleaned_data.get("password"), form.cleaned_data.get("password_again")
    if password is None:
        return
    try:
        validate_password(password, person)
    except ValidationError as weak:
        first = weak.error_list[0]
        form.add_error("password", WEAK.get(first.code or "", first))
        return
    if again is not None and again != password:
        form.add_error("password_again", _("The two are not the same."))
