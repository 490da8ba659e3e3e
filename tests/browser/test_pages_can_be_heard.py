"""What a screen reader is given: named controls, headings in order; and words that can be read in both lights."""

from itertools import pairwise

import pytest

from genjin.web.navigation import address_of, places_for

pytestmark = pytest.mark.browser

NAMED = {"button", "link", "textbox", "searchbox", "combobox", "checkbox", "radio", "spinbutton", "dialog"}
NAMED |= {"Date", "DateTime", "InputTime"}  # as Chromium calls the fields of days and times
# Headings in the order of the page with their levels, landmarks without a name, ids that stand twice.
OUTLINE = """() => {
  const shown = (each) => each.checkVisibility({ visibilityProperty: true });
  const all = (what) => [...document.querySelectorAll(what)].filter(shown);
  const ids = [...document.querySelectorAll("[id]")].map((each) => each.id);
  return {
    levels: all("h1, h2, h3, h4").map((each) => Number(each.tagName[1])),
    main: all("main").length,
    nameless: all(":is(nav, aside):not([aria-label], [aria-labelledby])").map((each) => each.className),
    twice: ids.filter((id, at) => ids.indexOf(id) !== at),
    titled: Boolean(document.title.trim()) && Boolean(document.documentElement.lang),
  };
}"""
# Every piece of text whose contrast with what lies behind it is too weak (WCAG 2.2: 4.5, large or bold large 3).
# Disabled controls are exempt, and what is said to be over or nothing: done rows and zeros.
DIM = """() => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const rgba = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const over = (top, below) => top.slice(0, 3).map((part, at) => (part * top[3] + below[at] * (255 - top[3])) / 255);
  const linear = (part) => (part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4);
  const light = ([r, g, b]) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
  const ground = (element) => {
    const layers = [];
    for (let each = element; each && layers.at(-1)?.[3] !== 255; each = each.parentElement) {
      layers.push(rgba(getComputedStyle(each).backgroundColor));
    }
    return layers.reverse().reduce((below, top) => over(top, below), [255, 255, 255]);
  };
  const exempt = ":disabled, [aria-disabled=true], .sr, option, .row--done, .zero, label:has(:disabled)";
  const found = {};
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    const shown = element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
    if (!walker.currentNode.textContent.trim() || !shown || element.closest(exempt)) continue;
    const style = getComputedStyle(element);
    const behind = ground(element);
    const [more, less] = [light(over(rgba(style.color), behind)), light(behind)].sort((a, b) => b - a);
    const size = parseFloat(style.fontSize);
    const enough = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700) ? 3 : 4.5;
    const ratio = (more + 0.05) / (less + 0.05);
    if (ratio < enough) found[`${element.tagName.toLowerCase()}.${element.className}`] = ratio.toFixed(2);
  }
  return found;
}"""


def pages(person, customer) -> list[str]:
    """The places of the rail and of the settings, and what lies one step behind the ones people work in."""
    places = [*places_for(person), *places_for(person, "settings")]
    behind = [
        f"/customers/{customer.pk}/",
        f"/customers/{customer.pk}/note/",
        f"/customers/{customer.pk}/file/",
        "/customers/new/",
        "/customers/conditions/",
        "/search/?q=13",
    ]
    return [*(address for place in places if (address := address_of(place.url_name))), *behind]


def nameless_controls(page) -> list[str]:
    """Roles of the controls in the accessibility tree that have no name."""
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    return [
        node["role"]["value"]
        for node in nodes
        if not node.get("ignored")
        and node["role"]["value"] in NAMED
        and not node.get("name", {}).get("value", "").strip()
    ]


@pytest.mark.parametrize("who", ["lin", "liang"])
@pytest.mark.parametrize("language", ["zh-CN", "en-GB"])
def test_everything_has_a_name_and_an_order(who, language, request, page_of, customer, pooled):
    person = request.getfixturevalue(who)
    person.language = "en" if language == "en-GB" else "zh-hans"
    person.save()
    page = page_of(person, language=language)
    wrong = {}
    for address in pages(person, customer):
        page.goto(address)
        outline = page.evaluate(OUTLINE)
        levels = outline["levels"]
        faults = {
            "controls without a name": nameless_controls(page),
            "landmarks without a name": outline["nameless"],
            "ids that stand twice": outline["twice"],
            "headings": [] if levels[:1] == [1] and levels.count(1) == 1 and not skips(levels) else levels,
            "main or title": [] if outline["main"] == 1 and outline["titled"] else ["missing"],
        }
        if found := {what: which for what, which in faults.items() if which}:
            wrong[address] = found
    assert wrong == {}


@pytest.mark.parametrize("who", ["lin", "liang"])
@pytest.mark.parametrize("light", ["light", "dark"])
def test_words_can_be_read(who, light, request, page_of, customer, pooled):
    person = request.getfixturevalue(who)
    page = page_of(person)
    page.emulate_media(color_scheme=light, reduced_motion="reduce")
    dim = {}
    for address in pages(person, customer):
        page.goto(address)
        if found := page.evaluate(DIM):
            dim[address] = found
    assert dim == {}


def skips(levels: list[int]) -> bool:
    """Whether a heading is more than one level below the one before it."""
    return any(after - before > 1 for before, after in pairwise(levels))
