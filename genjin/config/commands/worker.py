"""Run the jobs. `genjin serve` starts this beside the web server; alone it is for grown installations."""

import argparse

from genjin.config.serving import follow_supervisor


def run(arguments: argparse.Namespace) -> int:
    from genjin.core.jobs.worker import run_worker

    follow_supervisor()
    run_worker()
    return 0
