"""The process that answers the browser: gunicorn with one worker process of eight threads."""

import gc
from threading import Thread

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.template import engines
from gunicorn.app.base import BaseApplication

from genjin.config.layout import APPS
from genjin.core.search.pinyin import readings
from genjin.web.jinja import Templates

THREADS = 8
OWN_TEMPLATES = frozenset(APPS)


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
        application = get_wsgi_application()
        Thread(target=warm, name="warm", daemon=True).start()
        return application


def warm() -> None:
    """Make ready what the first person to ask would wait for, and keep it out of the collector's way.

    Python looks through all that is kept in memory from time to time: 90 ms in which nobody is answered. What is there
    now stays for the life of the process, so it is set aside; what a request makes is gone with it.
    """
    readings()
    pages = next(engine for engine in engines.all() if isinstance(engine, Templates))
    for language, _name in settings.LANGUAGES:  # Chinese first
        written = pages.environment_of(language)
        for name in written.list_templates(filter_func=lambda name: name.partition("/")[0] in OWN_TEMPLATES):
            written.get_template(name)
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)
