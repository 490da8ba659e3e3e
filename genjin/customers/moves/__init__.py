"""Every move of a customer between classes, as rows that can be counted."""
