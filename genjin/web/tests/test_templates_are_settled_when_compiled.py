"""What a template knows beforehand is put in when it is compiled, and reads as if it were asked for every time."""

import pytest
from django.template.loader import get_template
from django.urls import NoReverseMatch, reverse
from django.utils.translation import override
from markupsafe import Markup

from genjin.web.addresses import url
from genjin.web.jinja import environment


def written(template: str, language: str = "zh-hans", **context: object) -> str:
    return environment(language).from_string(template).render(**context)


@pytest.mark.parametrize(("language", "word"), [("zh-hans", "取消"), ("en", "Cancel")])
def test_a_sentence_stands_in_the_language_of_its_environment(language, word):
    assert written('{{ _("Cancel") }}', language) == word


@pytest.mark.parametrize(("language", "word"), [("zh-hans", "取消"), ("en", "Cancel"), ("fr", "取消")])
def test_the_reader_s_language_chooses_the_environment(language, word):
    with override(language):
        assert word in str(get_template("web/components.html").template.module.cancel("/"))


def test_what_fills_a_sentence_is_escaped():
    assert written('{{ _("%(name)s?", name=name) }}', name="<b>") == "&lt;b&gt;?"


def test_a_sentence_glued_to_text_keeps_both_as_they_are():
    assert written('{{ _("<i>") ~ "<b>" }}') == "<i>&lt;b&gt;"


def test_a_plural_is_chosen_by_its_number():
    assert written('{{ ngettext("%(num)d cat", "%(num)d cats", n) }}', "en", n=2) == "2 cats"
    assert written('{{ ngettext("%(num)d cat", "%(num)d cats", n) }}', "en", n=1) == "1 cat"


def test_a_name_that_the_template_gives_another_meaning_is_left_alone():
    assert written('{% set language = joiner("x") %}{{ language() }}{{ language() }}') == "x"


def test_a_macro_takes_arguments_by_place_by_name_and_by_default():
    macro = '{% macro pair(a, b="2") %}{{ a }}{{ b }}{% endmacro %}'
    assert written(macro + '{{ pair("1") }} {{ pair("1", "<") }} {{ pair(b="3", a="1") }}') == "12 1&lt; 13"


@pytest.mark.parametrize("call", ["pair(1, 2, 3)", "pair(1, c=2)", "pair(1, a=2)"])
def test_a_macro_called_wrongly_says_so(call):
    with pytest.raises(TypeError):
        written("{% macro pair(a, b) %}{% endmacro %}{{ " + call + " }}")


def test_a_remembered_badge_tells_safe_text_from_text():
    ui = get_template("web/components.html").template.module
    assert "&lt;b&gt;" in str(ui.tag("<b>"))
    assert "<b>" in str(ui.tag(Markup("<b>")))
    assert "&lt;b&gt;" in str(ui.tag("<b>"))


@pytest.mark.parametrize(
    ("name", "args"),
    [("customers", []), ("customer", [7]), ("customer", [123456789012]), ("today_figure", ["left"])],
)
def test_an_address_is_what_django_would_write(name, args):
    assert url(name, args=args) == reverse(name, args=args)


@pytest.mark.parametrize(("name", "args"), [("nowhere", []), ("customer", []), ("customer", [1, 2, 3, 4])])
def test_an_address_that_leads_nowhere_is_an_error(name, args):
    with pytest.raises(NoReverseMatch):
        url(name, args=args)
