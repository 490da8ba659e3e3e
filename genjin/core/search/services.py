"""Questions and repairs over all sources: what `genjin check` asks."""

from collections.abc import Iterator

from genjin.core.databases.one_view import one_view
from genjin.core.search import index, proving
from genjin.core.search.registry import sources


def check() -> list[proving.Difference]:
    """Everything that the search table and its index do not have right. Empty means that search tells the truth."""
    return list(differences())


def differences() -> Iterator[proving.Difference]:
    """The same one by one, as rows and table, then table and index, stood at one moment: there may be one for every
    row."""
    with one_view():
        for source in sources():
            yield from proving.row_differences(source.kind, source.documents())
    yield from proving.word_differences()


def repair() -> Iterator[proving.Difference]:
    """Put right what is wrong; each thing that was."""
    yield from proving.repair(sources())


def reindex() -> None:
    """Make the search table anew from all sources."""
    for source in sources():
        index.reindex(source.kind, source.documents())
