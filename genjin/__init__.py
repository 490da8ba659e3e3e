"""Genjin 跟进: the CRM whose heart is follow-up."""

__version__ = "0.1.0"
