"""What was learned, as figures."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Likeness(models.Model):
    """One learning of a subject (`lead` or `customer`). `model` is read by `core.likeness.rules`, {} where there was
    too little to learn from; `groups` are the plain shares, `worth` what those who bought were worth; `quality` is
    measured on those that came last, {} where there are too few. `is_used`: the model beats the plain share."""

    subject = models.CharField(max_length=8)
    at = models.DateTimeField(_("learned"))
    rows = models.PositiveIntegerField()
    yes = models.PositiveIntegerField()
    model = models.JSONField(default=dict)
    groups = models.JSONField(default=dict)
    worth = models.JSONField(default=dict)
    quality = models.JSONField(default=dict)
    is_used = models.BooleanField(default=False)

    class Meta:
        app_label = "leads"
        indexes = [models.Index(fields=["subject", "-at"], name="likeness_newest")]

    def __str__(self) -> str:
        return f"{self.subject} {self.at:%Y-%m-%d}"
