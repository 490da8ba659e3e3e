"""What a merge did, so that it can be taken back."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from genjin.core.scoping import ScopedQuerySet, ScopeRule
from genjin.customers.models import Collaboration, ContactPerson, Customer


class MergeQuerySet(ScopedQuerySet):
    def standing(self) -> Self:
        """Merges that were not taken back."""
        return self.filter(undone_at=None)


class Merge(models.Model):
    """`absorbed` became part of `kept` and is closed as a duplicate since. Of several made one in one go each has its
    merge, and those after the first name it (`together`): they are taken back as one.

    `stood` and `left`: the kept one's fields before and after; `absorbed_stood` and `absorbed_file`: the other's
    standing and file before; `chosen`: the fields of which the other's value was taken (`taken`) or added below
    (`both`); `sheets`: texts that were put together; `moved`: the keys of the rows that went along, by the label of
    their table; `passed_on`: of these, whose each was before and after; `pairs`: what was thought of the absorbed one.
    `rule`: by which rule it was done, "" by a person's word.
    """

    kept = models.ForeignKey(Customer, models.CASCADE, related_name="+")
    absorbed = models.ForeignKey(Customer, models.CASCADE, related_name="+")
    together = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="others")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    rule = models.CharField(max_length=30, blank=True)
    at = models.DateTimeField(_("merged"))
    stood = models.JSONField()
    left = models.JSONField()
    absorbed_stood = models.JSONField()
    absorbed_file = models.JSONField(default=dict)
    chosen = models.JSONField(default=dict)
    sheets = models.JSONField(default=dict)
    moved = models.JSONField()
    passed_on = models.JSONField(default=dict)
    pairs = models.JSONField(default=dict)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )

    objects = MergeQuerySet.as_manager()
    scope_rule = ScopeRule(via="kept__", common="owner__isnull", shares=lambda: Collaboration)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["absorbed"], condition=Q(undone_at=None), name="absorbed_once"),
        ]
        indexes = [models.Index(fields=["-at", "-id"], name="merge_newest")]

    def __str__(self) -> str:
        return f"{self.absorbed_id} into {self.kept_id}"


class PeopleMerge(models.Model):
    """Contact people of one customer that became part of `kept` (None while that one is part of another itself, and
    when it was removed).

    `people`: their keys, the kept one's first; `gone`: the rows of the others, as they were; `stood` and `left`: the
    kept one's fields before and after; `chosen` as in `Merge`; `phones`: numbers that went along (`moved`: key →
    whose it was and its place) and that were there already (`gone`: rows); `named`: what named one of the others and
    names the kept one since, by table and key.
    """

    customer = models.ForeignKey(Customer, models.CASCADE, related_name="+")
    kept = models.ForeignKey(ContactPerson, models.SET_NULL, null=True, related_name="+")
    people = models.JSONField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(_("merged"))
    stood = models.JSONField()
    left = models.JSONField()
    chosen = models.JSONField()
    gone = models.JSONField()
    phones = models.JSONField()
    named = models.JSONField()
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )

    objects = MergeQuerySet.as_manager()
    scope_rule = ScopeRule(via="customer__", common="owner__isnull", shares=lambda: Collaboration)

    def __str__(self) -> str:
        return f"{self.people[1:]} into {self.people[0]}"
