"""What is known of a customer before dialling."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Profile(models.Model):
    """Known before dialling, filled as one learns (C5)."""

    customer = models.OneToOneField("customers.Customer", models.CASCADE, primary_key=True, related_name="profile")
    peers = models.TextField(_("what peers do"), blank=True)
    competitor_use = models.TextField(_("what they use at competitors"), blank=True)
    own_pages = models.TextField(_("their own posts and pages"), blank=True)
    search_presence = models.TextField(_("presence in search engines"), blank=True)
    market = models.TextField(_("industry news and market trend"), blank=True)

    class Meta:
        app_label = "customers"

    def __str__(self) -> str:
        return f"profile of {self.customer_id}"
