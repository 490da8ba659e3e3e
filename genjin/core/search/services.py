"""Questions and repairs over all sources: what `genjin check` asks."""

from genjin.core.search import index
from genjin.core.search.registry import sources


def check() -> list[index.Difference]:
    """Every row that the search table does not have right. Empty means that search tells the truth."""
    return [row for source in sources() for row in index.differences(source.kind, source.documents())]


def reindex() -> None:
    """Make the search table anew from all sources."""
    for source in sources():
        index.reindex(source.kind, source.documents())
