"""Make `first_landing.sqlite3.gz` and `first_landing.sql.gz`: a small company as the first landed Genjin left it.

Run with the code of that landing, once; what it made is kept and never made again:

    git worktree add /tmp/first-landing 089377c
    cd /tmp/first-landing && GENJIN_DATA=/tmp/first-data python …/tests/upgrade/make_first_landing.py …/tests/upgrade

With DATABASE_URL set it makes the PostgreSQL one (pg_dump on PATH), else the SQLite one. The company: one in 25 of the
demo's customers with their contacts, promises, appointments and payments, somebody who left, a second playbook; a note
taken back and one corrected, a customer closed; a finished import with problems, one whose preview waits.
"""

import argparse
import gzip
import os
import re
import sqlite3
import subprocess
import sys
import tempfile
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

sys.path.insert(0, os.getcwd())
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "genjin.config.settings")
NOW = datetime(2026, 11, 24, 11, 20, tzinfo=ZoneInfo("Asia/Shanghai"))
LIST = """公司名称,联系人,手机号,地区,业务员,客户类别,最后跟进时间,跟进内容
青石驾校,吴先生,15400009001,浙江 杭州,周雨桐,普4,2026-11-02,他说旺季前再看。
望江打印图文,,15400009002,浙江 宁波,林浩然,0,,
南桥宠物医院,郑女士,打不通,江苏 苏州,周雨桐,普3,,
金穗搬家公司,,15400009001,浙江 杭州,,,,
惠民开锁,,15400009004,浙江 杭州,王小二,,,
同福火锅店,单先生,15400009005,重庆,,5,2026-02-30,
百川汽修厂,,15400009006,上海,林浩然,重4,2026-10-18,图片旧了。
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", help="where the fixture goes", type=Path)
    folder = parser.parse_args().folder
    import django

    django.setup()
    from django.db import connections

    build()
    connections.close_all()
    keep_postgresql(folder) if os.environ.get("DATABASE_URL") else keep_sqlite(folder)


def build() -> None:
    """The company, in the database of the environment."""
    from genjin.config.demo import load_demo
    from genjin.config.preparing import prepare

    prepare()
    load_demo(now=NOW - timedelta(hours=1), share=1 / 25)
    write_notes()
    import_lists()


def write_notes() -> None:
    from genjin.customers.models import Customer
    from genjin.customers.services.standing import close_customer
    from genjin.followups.services.corrections import correct_touch, undo_touch
    from genjin.followups.services.notes import Note
    from genjin.followups.services.touches import save_touch
    from genjin.organization.models import Person

    seller = Person.objects.get(sign_in="zhouyutong")
    rows = list(Customer.objects.open().filter(owner=seller, class_code="4").order_by("pk")[:4])
    said = [
        Note(key=UUID(int=1), interests=("peers",), promise_what="发一份同行案例", promise_by_when=NOW + timedelta(2)),
        Note(key=UUID(int=2), miss_reason="no_answer"),
        Note(key=UUID(int=3), interests=("peers",), remarks="写错了人", appointment_at=NOW + timedelta(days=1)),
    ]
    touches = [
        save_touch(customer=row, note=note, by=seller, at=NOW + timedelta(minutes=5 * nth)).touch
        for nth, (row, note) in enumerate(zip(rows, said, strict=False))
    ]
    undo_touch(touch=touches[2], by=seller, at=NOW + timedelta(minutes=16))
    correct_touch(
        touch=touches[0], remarks="老板姓解，不姓谢。", interests=["peers"], objections=[], services=[], by=seller,
        at=NOW + timedelta(minutes=20),
    )  # fmt: skip
    close_customer(customer=rows[3], kind="dead", reason="关门了", by=seller, at=NOW + timedelta(minutes=25))


def import_lists() -> None:
    from genjin.core.transfer import runs
    from genjin.customers.importing.kind import KIND
    from genjin.organization.models import Person, Unit

    manager = Person.objects.get(sign_in="liangjing")
    pool = Unit.objects.get(name="华东").pool
    for name, is_carried_out in (("华东客户名单.csv", True), ("还没导.csv", False)):
        run = runs.receive(
            kind=KIND.name, pieces=[LIST.encode("gb18030")], file_name=name, by=manager, at=NOW + timedelta(hours=1)
        )
        options = {
            "kind": "org", "give_to": "column", "owner": None, "pool": pool.pk, "name_from_row": False,
            "excess_to_pool": False,
        }  # fmt: skip
        runs.choose(run=run, mapping=run.mapping, options=options, by=manager, at=NOW + timedelta(hours=1))
        run.refresh_from_db()
        runs.check(run, at=NOW + timedelta(hours=1))
        run.refresh_from_db()
        if is_carried_out:
            runs.start(run=run, by=manager, at=NOW + timedelta(hours=1))
            runs.carry_out(run, at=NOW + timedelta(hours=1))
        run.refresh_from_db()
        print(run.file_name, run.state, run.rows, run.created, run.skipped, run.failed)


def keep_sqlite(folder: Path) -> None:
    from django.conf import settings

    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(scratch) / "copy"
        rows = sqlite3.connect(settings.DATABASES["default"]["NAME"])
        rows.execute("VACUUM INTO ?", [str(copy)])
        rows.close()
        write(folder / "first_landing.sqlite3.gz", copy.read_bytes())


def keep_postgresql(folder: Path) -> None:
    """Plain SQL that psycopg can run: no psql commands, no owners."""
    line = ["pg_dump", "--dbname", os.environ["DATABASE_URL"], "--no-owner", "--no-privileges", "--no-comments"]
    line += ["--rows-per-insert=100", "--exclude-table=task*", "--exclude-table=huey*", "--exclude-table=kv*"]
    dumped = subprocess.run(line, capture_output=True, check=True, text=True).stdout
    wanted = re.sub(r"(?m)^(--.*|\\.*|SET transaction_timeout.*)\n", "", dumped)
    write(folder / "first_landing.sql.gz", wanted.encode())


def write(path: Path, content: bytes) -> None:
    path.write_bytes(gzip.compress(content, 9, mtime=0))
    print(f"{path.name}: {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
