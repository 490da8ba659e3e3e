"""What an import keeps so that it can be undone. Django finds the table through `customers/models.py`."""

from django.db import models

from genjin.core.transfer.models import ImportRun
from genjin.customers.models import Customer


class ImportedChange(models.Model):
    """What one row of an import changed at a customer that was there: kept so that the import can be undone.

    `before` and `after` hold fields as the audit record does, `made` the keys of what the row hung on the customer;
    `version` is the customer's version that the row made.
    """

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="+", db_index=False)
    customer = models.ForeignKey(Customer, models.CASCADE, related_name="+")
    version = models.PositiveIntegerField()
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    made = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["run", "customer"], name="imported_change_run")]

    def __str__(self) -> str:
        return f"{self.run_id}:{self.customer_id}"
