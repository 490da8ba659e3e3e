"""The process that answers the browser: gunicorn with one worker process of eight threads."""

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from gunicorn.app.base import BaseApplication

THREADS = 8


class WebServer(BaseApplication):
    """Gunicorn, told everything here and nothing by files or its own command line."""

    def load_config(self) -> None:
        for name, value in {
            "bind": f"{settings.HOST}:{settings.PORT}",
            "worker_class": "gthread",
            "workers": settings.WEB_PROCESSES,
            "threads": THREADS,
            "keepalive": 15,
            "timeout": 120,
            "graceful_timeout": 10,
            "loglevel": "warning",
            "control_socket_disable": True,
            "proc_name": "genjin",
        }.items():
            self.cfg.set(name, value)

    def load(self):
        return get_wsgi_application()
