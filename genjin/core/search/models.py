"""The side table of search: what every findable row can be found by, apart from the row itself.

Beside it the first migration makes what no model can say: on SQLite the full-text table `search_grams` whose rowid is
the document's id, on PostgreSQL the column `grams` with its GIN index. Only `index.py` and the two modules of the
databases touch them.
"""

from django.db import models


class SearchDocument(models.Model):
    """One row of `kind`, as four texts with a line for each entry (`rules.Kept`)."""

    kind = models.CharField(max_length=20)
    subject = models.BigIntegerField()
    names = models.TextField()
    initials = models.TextField()
    phones = models.TextField()
    addresses = models.TextField()

    class Meta:
        db_table = "search_document"
        constraints = [models.UniqueConstraint(fields=["kind", "subject"], name="search_document_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"
