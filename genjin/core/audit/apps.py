from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "genjin.core.audit"
