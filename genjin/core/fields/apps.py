from django.apps import AppConfig


class FieldsConfig(AppConfig):
    name = "genjin.core.fields"

    def ready(self) -> None:
        from genjin.core.fields import features  # noqa: F401  declares what this app plugs into core
