from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "genjin.web"

    def ready(self) -> None:
        from genjin.web import refusals  # noqa: F401  words what core refuses
