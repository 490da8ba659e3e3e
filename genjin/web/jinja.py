"""The template engine of the product's pages: Jinja2 with Django's words, addresses and the house's filters."""

from collections.abc import Callable
from functools import cache, lru_cache, partial
from typing import Any, cast

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.template.backends.jinja2 import Jinja2
from django.utils import timezone, translation
from django.utils.text import capfirst
from django_htmx.jinja import htmx_script
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from genjin.web import formats, markup, wording
from genjin.web.addresses import url
from genjin.web.compiling import Generator, QuickMacro, remembering
from genjin.web.kept_code import KeptCode
from genjin.web.navigation import address_of

SENTENCES_KEPT = 4096
SUPPORTED = dict(settings.LANGUAGES)


class Templates(Jinja2):
    """Django's Jinja2 backend, looking in `templates/` of every app, with the environment of the reader's language."""

    app_dirname = "templates"

    @property
    def env(self) -> Environment:
        return self.environment_of(translation.get_language())

    @env.setter
    def env(self, of_language: Any) -> None:
        self._of_language = of_language

    def environment_of(self, language: str | None) -> Environment:
        """That of a language we have, else of the product's own."""
        return self._of_language(language if language in SUPPORTED else settings.LANGUAGE_CODE)


def environments(**options: Any) -> Callable[[str], Environment]:
    """An environment for each language, made when it is first asked for."""
    return cache(partial(environment, **options))


class Pages(Environment):
    """Templates of one language."""

    code_generator_class = Generator
    macro = QuickMacro
    remembering = staticmethod(remembering)
    constants: dict[str, Callable[..., Any]]


def environment(language: str = settings.LANGUAGE_CODE, **options: Any) -> Environment:
    """A typing mistake in a template is an error, never an empty place on the page."""
    env = Pages(
        **{
            **options,
            "autoescape": True,
            "bytecode_cache": None if settings.DEBUG else KeptCode(language),
            "undefined": StrictUndefined,
            "extensions": ["jinja2.ext.do"],
            "trim_blocks": True,
            "lstrip_blocks": True,
        }
    )
    words = _words(language)
    env.globals.update(
        words,
        static=cache(staticfiles_storage.url),
        url=url,
        language=lambda: language,
        languages=settings.LANGUAGES,
        today=timezone.localdate,
        now=timezone.now,
        htmx_script=cache(htmx_script),
        address_of=address_of,
        with_query=markup.with_query,
    )
    env.constants = {
        name: cast(Callable[..., Any], env.globals[name])
        for name in ("_", "pgettext", "language", "static", "htmx_script")
    }
    if any(hasattr(each, "jinja_pass_arg") for each in env.globals.values()):
        raise TypeError("templates call as Python does: nothing they call may ask for the context")
    env.filters.update(
        day=formats.day,
        weekday=formats.weekday,
        day_weekday=formats.day_weekday,
        day_after=formats.day_after,
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
        word_line=wording.line,
        words=formats.words,
        capfirst=capfirst,
        attributes=markup.attributes,
        key_name=markup.key_name,
        unbroken=markup.unbroken,
    )
    return env


def _words(language: str) -> dict[str, Callable[..., Markup]]:
    """Django's translations as templates call them: every sentence is looked up once, `%(name)s` is filled escaped."""

    @lru_cache(SENTENCES_KEPT)
    def known(translate: Callable[..., str], *parts: Any) -> Markup:
        with translation.override(language):
            return Markup(translate(*parts))  # noqa: S704  the catalogue is ours; what fills it is escaped

    def gettext(sentence: str, **figures: Any) -> Markup:
        return known(translation.gettext, sentence) % figures

    def ngettext(one: str, several: str, num: int, **figures: Any) -> Markup:
        return known(translation.ngettext, one, several, num) % {"num": num, **figures}

    def pgettext(context: str, sentence: str, **figures: Any) -> Markup:
        return known(translation.pgettext, context, sentence) % {"context": context, **figures}

    def npgettext(context: str, one: str, several: str, num: int, **figures: Any) -> Markup:
        figures = {"context": context, "num": num, **figures}
        return known(translation.npgettext, context, one, several, num) % figures

    return {"_": gettext, "gettext": gettext, "ngettext": ngettext, "pgettext": pgettext, "npgettext": npgettext}
