"""Before anybody asks, every page of ours is compiled and set aside from the collector."""

import gc
from unittest import mock

import pytest
from django.db import connections
from django.template import engines

from genjin.config.web_server import WebServer, warm


def test_every_template_of_ours_compiles_before_the_first_request():
    thresholds = gc.get_threshold()
    try:
        warm()
        assert gc.get_freeze_count() > 0
        assert any(name == "web/base.html" for _loader, name in next(iter(engines.all())).env.cache)
    finally:
        gc.unfreeze()
        gc.set_threshold(*thresholds)


def test_what_is_copied_for_each_process_has_no_database_open(db):
    """A connection that two processes have is torn by both."""
    thresholds = gc.get_threshold()
    try:
        with mock.patch.object(connections, "close_all") as close:
            assert WebServer().load()
        assert close.called
    finally:
        gc.unfreeze()
        gc.set_threshold(*thresholds)


@pytest.mark.parametrize(("processes", "threads"), [(1, 8), (2, 4), (3, 4)])
def test_processes_share_the_threads(settings, processes, threads):
    settings.WEB_PROCESSES = processes
    server = WebServer()
    assert (server.cfg.workers, server.cfg.threads, server.cfg.preload_app) == (processes, threads, True)
