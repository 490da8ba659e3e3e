"""Templates as Python code, kept in the data folder: to write them anew takes a start more than a second a language.

A piece of code belongs to one edition of the program: our sentences, the addresses of scripts and what `compiling.py`
does are part of it. So each edition and language has a folder of its own, and those of others are removed.
"""

import contextlib
import hashlib
import os
import shutil
from functools import cache
from pathlib import Path

import jinja2
from django.conf import settings
from jinja2.bccache import Bucket, BytecodeCache

import genjin

FOLDER = "compiled"
PARTS = {".py", ".html", ".mo", ".json", ".yaml"}


@cache
def edition() -> str:
    """A short text that changes with any file the code of a template could come from."""
    root = Path(genjin.__file__).parent
    told = hashlib.sha256(f"{jinja2.__version__} {settings.STATIC_URL} {settings.LANGUAGE_CODE}".encode())
    for folder, below, files in os.walk(root):
        below[:] = sorted(name for name in below if name not in ("__pycache__", "tests", "static"))
        for name in sorted(files):
            if os.path.splitext(name)[1] in PARTS:
                found = os.stat(os.path.join(folder, name))
                told.update(f"{folder}/{name} {found.st_size} {found.st_mtime_ns}\n".encode())
    return told.hexdigest()[:16]


class KeptCode(BytecodeCache):
    """The code of one language's templates. A folder that cannot be read or written only costs time."""

    def __init__(self, language: str) -> None:
        kept = settings.DATA / FOLDER
        self.folder = kept / edition() / language
        with contextlib.suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            for other in kept.iterdir():
                if other.name != edition():
                    shutil.rmtree(other, ignore_errors=True)

    def load_bytecode(self, bucket: Bucket) -> None:
        with contextlib.suppress(OSError), (self.folder / bucket.key).open("rb") as code:
            bucket.load_bytecode(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Written beside and moved into place: another process may read it in that moment."""
        beside = self.folder / f"{bucket.key}.{os.getpid()}"
        with contextlib.suppress(OSError):
            with beside.open("wb") as code:
                bucket.write_bytecode(code)
            beside.replace(self.folder / bucket.key)
