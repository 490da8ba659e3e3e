"""The template engine of the product's pages: Jinja2 with Django's words, addresses and the house's filters."""

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.template.backends.jinja2 import Jinja2
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext, ngettext, npgettext, pgettext
from django_htmx.jinja import htmx_script
from jinja2 import Environment, StrictUndefined

from genjin.web import formats, markup, wording
from genjin.web.navigation import address_of


class Templates(Jinja2):
    """Django's Jinja2 backend, looking in `templates/` of every app."""

    app_dirname = "templates"


def environment(**options) -> Environment:
    """A typing mistake in a template is an error, never an empty place on the page."""
    env = Environment(  # noqa: S701  autoescape is set below
        **{
            **options,
            "autoescape": True,
            "undefined": StrictUndefined,
            "extensions": ["jinja2.ext.i18n", "jinja2.ext.do"],
            "trim_blocks": True,
            "lstrip_blocks": True,
        }
    )
    env.install_gettext_callables(  # type: ignore[attr-defined]
        gettext, ngettext, newstyle=True, pgettext=pgettext, npgettext=npgettext
    )
    env.globals.update(
        static=staticfiles_storage.url,
        url=reverse,
        language=get_language,
        languages=settings.LANGUAGES,
        today=timezone.localdate,
        now=timezone.now,
        htmx_script=htmx_script,
        address_of=address_of,
        with_query=markup.with_query,
    )
    env.filters.update(
        day=formats.day,
        weekday=formats.weekday,
        day_weekday=formats.day_weekday,
        long_day=formats.long_day,
        moment=formats.moment,
        clock=formats.clock,
        since=formats.since,
        number=formats.number,
        money=formats.money,
        percent=formats.percent,
        phone=formats.phone,
        masked=formats.masked,
        word=wording.word,
        words=formats.words,
        capfirst=capfirst,
        attributes=markup.attributes,
        key_name=markup.key_name,
    )
    return env
