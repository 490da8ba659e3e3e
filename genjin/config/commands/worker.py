"""Run the jobs. `genjin serve` starts this beside the web server; alone it is for grown installations."""

import argparse

from genjin.config.serving import follow_supervisor, is_supervised, wait_until_let_in


def run(arguments: argparse.Namespace) -> int:
    from genjin.config.preparing import require_current_database
    from genjin.core.jobs.worker import read_jobs, run_worker

    if not is_supervised():
        require_current_database()
    follow_supervisor()
    read_jobs()
    wait_until_let_in()
    run_worker()
    return 0
