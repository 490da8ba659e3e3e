"""Before anybody asks, every page of ours is compiled and set aside from the collector."""

import gc

from django.template import engines

from genjin.config.web_server import warm


def test_every_template_of_ours_compiles_before_the_first_request():
    thresholds = gc.get_threshold()
    try:
        warm()
        assert gc.get_freeze_count() > 0
        assert any(name == "web/base.html" for _loader, name in next(iter(engines.all())).env.cache)
    finally:
        gc.unfreeze()
        gc.set_threshold(*thresholds)
