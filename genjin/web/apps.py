from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "genjin.web"

    def ready(self) -> None:
        from genjin.web import refusals  # noqa: F401  words what core refuses
        from genjin.web.fields import wording  # noqa: F401  words what custom fields refuse
