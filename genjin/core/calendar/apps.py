from django.apps import AppConfig


class CalendarConfig(AppConfig):
    name = "genjin.core.calendar"

    def ready(self) -> None:
        from genjin.core.calendar import features  # noqa: F401  declares who may change days
