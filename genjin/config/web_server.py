"""The processes that answer the browser: gunicorn, which makes the first ready and has the others as its copies.

Python gives one process one core, so there are as many as cores, up to two by themselves. What stands when they are
copied (code, templates, words, the collector told to leave it alone) is in memory once.
"""

import gc

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connections
from django.template import engines
from django.urls import get_resolver
from gunicorn.app.base import BaseApplication

from genjin.config.layout import APPS
from genjin.config.serving import wait_until_let_in
from genjin.core.search.pinyin import readings
from genjin.web.jinja import Templates

# All processes together: more of them answer nobody sooner, for a page is work of the processor, and let the last wait.
THREADS = 8
OWN_TEMPLATES = frozenset(APPS)


class WebServer(BaseApplication):
    """Gunicorn, told everything here and nothing by files or its own command line."""

    def load_config(self) -> None:
        for name, value in {
            "bind": f"{settings.HOST}:{settings.PORT}",
            "worker_class": "gthread",
            "workers": settings.WEB_PROCESSES,
            "threads": max(THREADS // settings.WEB_PROCESSES, 4),
            "preload_app": True,
            "keepalive": 15,
            "timeout": 120,
            "graceful_timeout": 10,
            "loglevel": "warning",
            "control_socket_disable": True,
            "proc_name": "genjin",
        }.items():
            self.cfg.set(name, value)

    def load(self):
        """Called once, in the process that is copied: nothing may be open in it then."""
        application = get_wsgi_application()
        warm()
        wait_until_let_in()
        connections.close_all()
        return application


def warm() -> None:
    """Make ready what the first person to ask would wait for, and keep it out of the collector's way.

    Python looks through all that is kept in memory from time to time: 90 ms in which nobody is answered. What is there
    now stays for the life of the process, so it is set aside; what a request makes is gone with it.
    """
    readings()
    get_resolver().url_patterns  # noqa: B018  reads all views
    pages = next(engine for engine in engines.all() if isinstance(engine, Templates))
    for language, _name in settings.LANGUAGES:  # Chinese first
        written = pages.environment_of(language)
        for name in written.list_templates(filter_func=lambda name: name.partition("/")[0] in OWN_TEMPLATES):
            written.get_template(name)
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)
