"""A web server that has just started is asked by several at once: each reads the playbooks, and it lives."""

import subprocess
import sys

AT_ONCE = """
import sys, threading
from pathlib import Path
import yaml
from genjin.playbooks import schema

sys.setswitchinterval(1e-6)
raw = yaml.safe_load((Path(schema.__file__).parent / "telesales.yaml").read_text(encoding="utf-8"))

def read():
    together.wait()
    codes.append(schema.converted(raw).code)

together, codes = threading.Barrier(8), []
threads = [threading.Thread(target=read) for _ in range(8)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(codes.count("telesales"))
"""


def test_each_gets_it_whole():
    done = subprocess.run([sys.executable, "-c", AT_ONCE], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "8\n"), done.stderr
