"""The catalogues: English msgids are gathered from the code, their Chinese stands in every app's own `locale`.

Everything is done through Babel, so that a fresh machine needs no gettext binaries. A catalogue carries neither line
numbers nor dates: two branches that add words to one app merge line by line.
"""

import io
import os
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from genjin.config.layout import APPS, PACKAGE

LOCALE = "zh_Hans"
NOT_SHOWN = {"tests", "migrations", "static", "locale"}

KEYWORDS = {
    name + ending: places
    for name, places in {
        "_": None,
        "gettext": None,
        "gettext_noop": None,
        "ngettext": (1, 2),
        "pgettext": ((1, "c"), 2),
        "npgettext": ((1, "c"), 2, 3),
    }.items()
    for ending in ("", "_lazy")
}
TEMPLATE_OPTIONS = {
    "extensions": "jinja2.ext.do",
    "trim_blocks": "true",
    "lstrip_blocks": "true",
    "newstyle_gettext": "true",
    "silent": "false",
}
HEADER = f"""msgid ""
msgstr ""
"Language: {LOCALE}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

"""
PLACEHOLDER = re.compile(r"%(?:\((?P<name>\w+)\))?[#0\- +]*\d*(?:\.\d+)?(?P<kind>[a-zA-Z%])")

Key = tuple[str | None, str]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one msgid of one app."""

    app: str
    what: str
    msgid: str

    def __str__(self) -> str:
        return f"{self.app}: {self.what}: {self.msgid!r}"


def po_path(app: str) -> Path:
    return PACKAGE / app / "locale" / LOCALE / "LC_MESSAGES" / "django.po"


def sources(app: str) -> Iterator[tuple[Path, str]]:
    """The files of an app that may hold words, each with how it is read."""
    folder = PACKAGE / app
    for path in sorted(folder.rglob("*")):
        if NOT_SHOWN.intersection(path.relative_to(folder).parts[:-1]):
            continue
        if path.suffix == ".py":
            yield path, "python"
        elif path.suffix == ".html":
            yield path, "jinja2"


def extracted(app: str) -> Catalog:
    """Every msgid that the code of an app uses, without translations."""
    catalog = Catalog(locale=LOCALE, fuzzy=False)
    for path, method in sources(app):
        options = TEMPLATE_OPTIONS if method == "jinja2" else {}
        for found in extract_from_file(method, path, keywords=KEYWORDS, options=options, strip_comment_tags=True):
            _line, msgid, _comments, context = found
            if msgid:
                catalog.add(msgid, context=context)
    return catalog


def kept(app: str) -> Catalog:
    """The catalogue of an app as it lies in its folder; empty when there is none yet."""
    path = po_path(app)
    if not path.exists():
        return Catalog(locale=LOCALE)
    with path.open("rb") as file:
        return read_po(file, locale=LOCALE)


def key(message: Message) -> Key:
    """What tells two messages apart: the context and the singular."""
    return message.context, message.id if isinstance(message.id, str) else message.id[0]


def by_key(catalog: Catalog) -> dict[Key, Message]:
    return {key(message): message for message in catalog if message.id}


def translations(message: Message) -> tuple[str, ...]:
    """What the catalogue says for it, one text for every plural form; an empty text where it says nothing."""
    words = message.string or ""
    return (words,) if isinstance(words, str) else tuple(words)


def joined(app: str) -> Catalog:
    """The msgids of the code with the translations kept; what the code no longer says is dropped."""
    old, new = by_key(kept(app)), extracted(app)
    for where, message in by_key(new).items():
        before = old.get(where)
        if before is None:
            continue
        words = next((word for word in translations(before) if word), "")
        message.string = words if isinstance(message.id, str) else (words,)
        message.flags |= before.flags & {"fuzzy"}
        message.user_comments = before.user_comments
    return new


def written(catalog: Catalog) -> bytes:
    """The text of a catalogue, sorted by msgid."""
    body = io.BytesIO()
    write_po(body, catalog, width=110, no_location=True, omit_header=True, sort_output=True, ignore_obsolete=True)
    return HEADER.encode() + body.getvalue().rstrip(b"\n") + b"\n"


def update(app: str) -> int:
    """Rewrite one app's catalogue from its code; answers how many msgids still lack their Chinese."""
    catalog = joined(app)
    path = po_path(app)
    if not by_key(catalog):
        path.unlink(missing_ok=True)
        return 0
    text = written(catalog)
    if not path.exists() or path.read_bytes() != text:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text)
    return sum(not all(translations(message)) for message in by_key(catalog).values())


def compile_catalogues() -> None:
    """Make every .mo that is missing or older than its .po. Safe when several processes do it at once."""
    for app in APPS:
        source = po_path(app)
        target = source.with_suffix(".mo")
        if not source.exists() or (target.exists() and target.stat().st_mtime >= source.stat().st_mtime):
            continue
        unfinished = target.with_suffix(f".{os.getpid()}")
        with unfinished.open("wb") as file:
            write_mo(file, kept(app))
        unfinished.replace(target)


def placeholders(text: str) -> set[tuple[str, str]]:
    """The places that figures fill, by name and kind; a doubled percent sign is none."""
    return {(place["name"] or "", place["kind"]) for place in PLACEHOLDER.finditer(text) if place["kind"] != "%"}


def faults_of(app: str) -> Iterator[Fault]:
    """What is wrong with one app's catalogue."""
    old, new = by_key(kept(app)), by_key(extracted(app))
    for where, message in sorted(new.items(), key=lambda item: item[0][1]):
        msgid = where[1]
        if where not in old:
            yield Fault(app, "missing, run genjin messages", msgid)
            continue
        words = translations(old[where])
        if old[where].fuzzy:
            yield Fault(app, "fuzzy", msgid)
        if not all(words):
            yield Fault(app, "untranslated", msgid)
            continue
        asked = placeholders(msgid if isinstance(message.id, str) else message.id[1])
        if any(placeholders(text) != asked for text in words):
            yield Fault(app, "placeholders differ", msgid)
    for where in sorted(old.keys() - new.keys(), key=lambda item: item[1]):
        yield Fault(app, "obsolete, run genjin messages", where[1])


def worded_twice() -> Iterator[Fault]:
    """Msgids that two apps translate differently: Django knows one msgid by one translation only."""
    words: dict[Key, dict[tuple[str, ...], list[str]]] = defaultdict(lambda: defaultdict(list))
    for app in APPS:
        for where, message in by_key(kept(app)).items():
            if all(translations(message)):
                words[where][translations(message)].append(app)
    for where, versions in words.items():
        if len(versions) > 1:
            said = "; ".join(f"{', '.join(apps)} says {' / '.join(text)}" for text, apps in versions.items())
            yield Fault("all", f"worded in two ways ({said})", where[1])


def faults() -> list[Fault]:
    """Everything that keeps the catalogues from being complete and of one voice."""
    return [fault for app in APPS for fault in faults_of(app)] + list(worded_twice())
