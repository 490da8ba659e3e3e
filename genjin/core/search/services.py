"""Questions and repairs over all sources: what `genjin check` asks."""

from collections.abc import Iterator

from genjin.core.search import index, proving
from genjin.core.search.registry import sources


def check() -> list[proving.Difference]:
    """Everything that the search table and its index do not have right. Empty means that search tells the truth."""
    rows = [row for source in sources() for row in proving.row_differences(source.kind, source.documents())]
    return [*rows, *proving.word_differences()]


def repair() -> Iterator[proving.Difference]:
    """Put right what is wrong; each thing that was."""
    yield from proving.repair(sources())


def reindex() -> None:
    """Make the search table anew from all sources."""
    for source in sources():
        index.reindex(source.kind, source.documents())
