"""Run the jobs. `genjin serve` starts this beside the web server; alone it is for grown installations."""

import argparse

from genjin.config.serving import follow_supervisor, is_supervised


def run(arguments: argparse.Namespace) -> int:
    from genjin.config.preparing import require_current_database
    from genjin.core.jobs.worker import run_worker

    if not is_supervised():
        require_current_database()
    follow_supervisor()
    run_worker()
    return 0
