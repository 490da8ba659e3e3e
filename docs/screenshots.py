"""Take the screenshots of README and guide from a running demo company, on the desk and on the phone.

python docs/screenshots.py http://127.0.0.1:8000          # a working day: on a day off Today shows the next one
python docs/screenshots.py http://127.0.0.1:8000 today    # only these

Needs the development dependencies and `genjin worker` beside the web process; chromium is the system's or Playwright's.
Fields for days are written as the browser's own language has them; Debian keeps that apart, in chromium-l10n.
The import and the draft of a playbook are thrown away after it, and what was done in bulk is taken back.
"""

import argparse
import csv
import io
import os
from collections.abc import Callable
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

FOLDER = Path(__file__).parent / "screenshots"
SIZES = {"": (1440, 900), "-phone": (390, 844)}
PASSWORD = "genjin-demo"  # noqa: S105  of the demo company, printed at its start
COLOURS = 128
LARGEST = 150_000  # bytes


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    arguments.add_argument("address", help="where Genjin runs with the demo company")
    arguments.add_argument("names", nargs="*", metavar="NAME", help=f"which of {', '.join(PICTURES)}; else all")
    asked = arguments.parse_args()
    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        system = Path("/usr/bin/chromium")
        browser = playwright.chromium.launch(
            executable_path=str(system) if system.exists() else None,
            args=["--no-sandbox", "--lang=zh-CN"],
            env={
                **os.environ,
                "LANG": "zh_CN.UTF-8",
                "LANGUAGE": "zh_CN",
            },  # fields for days and times as a Chinese browser shows them
        )
        for name in asked.names or PICTURES:
            who, compose, on_phone = PICTURES[name]
            for suffix in SIZES if on_phone else [""]:
                width, height = SIZES[suffix]
                page = opened(browser, asked.address, width, height)
                if who:
                    sign_in(page, who)
                compose(page)
                keep(page, FOLDER / f"{name}{suffix}.png")
                tidy(page)
                page.context.close()
        browser.close()


def opened(browser: Browser, address: str, width: int, height: int) -> Page:
    context = browser.new_context(
        base_url=address,
        viewport={"width": width, "height": height},
        has_touch=width < 720,
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        reduced_motion="reduce",
    )
    return context.new_page()


def sign_in(page: Page, name: str) -> None:
    page.goto("/sign-in/")
    page.fill("[name=sign_in]", name)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url(lambda url: "/sign-in/" not in url)


def keep(page: Page, path: Path) -> None:
    """Write what the page shows, in so few colours that the file stays small."""
    page.wait_for_load_state("networkidle")
    page.evaluate("document.fonts.ready")
    with Image.open(io.BytesIO(page.screenshot())) as picture:
        few = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
        few.save(path, optimize=True)
    size = path.stat().st_size
    print(f"{path.name:24} {size:>8,} bytes")
    if size > LARGEST:
        raise SystemExit(f"{path.name} is larger than {LARGEST:,} bytes")


def visit(path: str) -> Callable[[Page], object]:
    return lambda page: page.goto(path)


def one_customer(page: Page) -> None:
    """The customer of the day's list with the most to tell: the first that is not new."""
    page.goto("/customers/?view=mine&class=3k")
    page.locator("tbody a[href*='/customers/']").first.click()
    page.wait_for_url("**/customers/*/**")


def one_lead(page: Page) -> None:
    """One of the seller's own that was pushed before."""
    page.goto("/leads/?view=mine&judgement=again")
    page.locator("tbody a[href*='/leads/']").first.click()
    page.wait_for_url("**/leads/*/")


def conditions(page: Page) -> None:
    """A list with three conditions, and the fields a fourth can be about."""
    page.goto("/customers/?view=mine&class=3k&class=3&province=浙江&province=江苏&silent_min=3")
    page.locator("a[href*='/customers/conditions/']").first.click()
    page.locator("#verb[open] .chip").first.wait_for()


def kept_view(page: Page) -> None:
    """A list about to be kept under a name; it is not sent."""
    page.goto("/customers/?view=mine&class=3k&class=3&province=浙江&province=江苏")
    page.locator("summary:has-text('视图')").click()
    page.locator("a[href*='/customers/views/new/']").click()
    page.locator("#verb[open] [name=name]").fill("江浙 3 类")


def whole_list(page: Page, address: str) -> None:
    """A list with every customer of it chosen, on the further pages, too."""
    page.goto(address)
    page.locator("[data-choose-all]:visible, [data-choose-page]:visible").or_(
        page.locator("tbody .check")
    ).first.check()
    if page.locator("[data-choose-page]:visible").count():
        page.locator("[data-choose-page]").click()
    if page.locator("[data-choose-whole]:visible").count():
        page.locator("[data-choose-whole]").click()


def in_bulk(page: Page) -> None:
    """What one can do with a whole list."""
    whole_list(page, "/customers/?view=team&class=4k&class=4")


def bulk_run(page: Page) -> None:
    """A verb for many when it is done: who was done, who was left as they are and why."""
    whole_list(page, "/customers/?view=team&class=4k&class=4")
    page.locator(".bulkbar [formaction$='/plan/']").click()
    day = page.locator("#verb[open] [name=on], #verb[open] input[type=date]").first
    day.wait_for()
    day.fill("2026-12-04")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/customers/bulk/*/")
    page.locator("form[action$='/undo/'], button[formaction$='/undo/']").first.wait_for(timeout=120_000)


def searched(page: Page, words: str, *, notes: bool = False) -> None:
    """The search box over a list."""
    page.goto("/customers/")
    page.locator("[data-opens=palette]:visible").first.click()
    page.locator("#palette input").fill(words)
    page.locator(f"#search_results[data-query='{words}']").wait_for()
    if notes:
        page.keyboard.press("Tab")
        page.locator("#search_results .palette__note").first.wait_for()


def import_columns(page: Page) -> None:
    """The columns of a list matched by their names."""
    page.goto("/customers/import/")
    page.set_input_files(
        "input[type=file]", {"name": "华东客户名单.csv", "mimeType": "text/csv", "buffer": untidy_list()}
    )
    if not page.url.endswith("/columns/"):
        page.locator("main button[type=submit], main button:not([type])").first.click()
        page.wait_for_url("**/columns/")


def import_preview(page: Page) -> None:
    """A list as people have it: most of it right, some known already, some wrong."""
    import_columns(page)
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/import/*/")
    page.locator("table.prev").wait_for()


def leaving(page: Page) -> None:
    """What somebody holds, and who may take it over."""
    page.goto("/settings/people/?q=林浩然")
    page.locator("#person_table td.name a").first.click()
    page.locator("a[href$='/leave/']").click()


def reports_of_yesterday(page: Page) -> None:
    """Who has handed in the report of the day before, and who has not."""
    page.goto("/team/reports/")
    page.locator(".bars nav a").first.click()
    page.wait_for_load_state()


def changed_playbook(page: Page) -> None:
    """The first page of a draft, with a change typed in."""
    page.goto("/settings/playbooks/telesales/draft/classes/")
    page.get_by_label("普通3：最晚第几天").fill("6")


def added_class(page: Page) -> None:
    """The same page further down: what a class of one's own is asked for; it is not sent."""
    page.goto("/settings/playbooks/telesales/draft/classes/")
    page.get_by_label("名称", exact=True).fill("试用客户")
    page.get_by_label("标签上的字").fill("试")
    page.get_by_label("照哪一类").select_option(label="普通3")
    page.get_by_label("照哪一类").scroll_into_view_if_needed()


def effects_of_a_change(page: Page) -> None:
    """A shorter cycle and a lower limit, counted on the company's customers."""
    changed_playbook(page)
    page.get_by_role("button", name="存草稿").click()
    page.wait_for_load_state()
    page.goto("/settings/playbooks/telesales/draft/stock/")
    page.locator("[name='sizes[0].stock[3].limit']").fill("140")
    page.get_by_role("button", name="存好，看影响").click()
    page.wait_for_url("**/effects/")


def untidy_list() -> bytes:
    """Ninety invented rows, GB18030; the numbers begin with 154, which no operator gives out for calls."""
    trades = [
        "火锅店",
        "家政服务部",
        "驾校",
        "打印图文",
        "宠物医院",
        "搬家公司",
        "婚庆礼仪",
        "开锁",
        "装饰工程",
        "汽修厂",
    ]
    titles = ["梅园", "青石", "望江", "南桥", "金穗", "惠民", "同福", "百川", "新安"]
    owners = ["周雨桐", "林浩然", "何沐晴", "曹一鸣", "", "唐依诺"]
    classes = ["普4", "普3", "0", "重4", "5", ""]
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(["公司名称", "联系人", "手机号", "地区", "业务员", "客户类别", "最后跟进时间", "跟进内容"])
    for number in range(90):
        phone = "打不通" if number == 23 else f"1540000{3100 + (number - 1 if number in (37, 61) else number)}"
        owner = "王小二" if number == 48 else owners[number % len(owners)]
        last = {12: "2026-02-30", 70: "下周三"}.get(number, "")
        name = titles[number // 10] + trades[number % 10]
        said = "他说旺季前再看。" if number % 4 == 0 else ""
        rows.writerow([name, "", phone, "浙江 杭州", owner, classes[number % len(classes)], last, said])
    return text.getvalue().encode("gb18030")


def tidy(page: Page) -> None:
    """Leave nothing behind: the import goes, what was done in bulk is taken back, and no draft was sent."""
    for undone in ("button[formaction$='/discard/']", "form[action*='/bulk/'][action$='/undo/'] button"):
        if page.locator(undone).count():
            page.locator(undone).first.click()
            page.wait_for_load_state("networkidle")
    if "/playbooks/" in page.url:
        page.goto("/settings/playbooks/telesales/draft/classes/")
        thrown_away = page.get_by_role("button", name="丢掉草稿")
        if thrown_away.count():
            thrown_away.click()
            page.wait_for_load_state()


# name → who looks (nobody: signed out), how the page is brought to what is shown, and whether the phone is shown, too
def side_by_side(page: Page) -> None:
    page.goto("/customers/pairs/")
    page.get_by_role("link", name="合并", exact=True).first.click()
    page.wait_for_url("**/customers/merge/*/")


PICTURES: dict[str, tuple[str, Callable[[Page], object], bool]] = {
    "sign-in": ("", visit("/sign-in/"), True),
    "report": ("zhouyutong", visit("/reports/today/"), True),
    "absences": ("liangjing", visit("/settings/absences/"), True),
    "team-reports": ("liangjing", reports_of_yesterday, False),
    "tasks": ("liangjing", visit("/tasks/"), False),
    "escalation": ("liangjing", visit("/escalation/"), False),
    "register": ("zhouyutong", visit("/register/"), False),
    "today": ("zhouyutong", visit("/today/"), True),
    "week": ("zhouyutong", visit("/calendar/"), True),
    "week-team": ("liangjing", visit("/calendar/team/"), False),
    "customers": ("zhouyutong", visit("/customers/"), True),
    "conditions": ("zhouyutong", conditions, False),
    "pairs": ("qianli", visit("/customers/pairs/"), True),
    "merging": ("qianli", side_by_side, True),
    "view": ("zhouyutong", kept_view, False),
    "customer": ("zhouyutong", one_customer, True),
    "proposals": ("zhouyutong", visit("/proposals/"), True),
    "pool": ("zhouyutong", visit("/pool/"), True),
    "search": ("zhouyutong", lambda page: searched(page, "宾馆"), True),
    "search-notes": ("zhouyutong", lambda page: searched(page, "价格", notes=True), False),
    "leads": ("zhouyutong", visit("/leads/?view=queue"), True),
    "lead": ("zhouyutong", one_lead, True),
    "lead-rules": ("liangjing", visit("/settings/lead-rules/"), False),
    "insights-leads": ("liangjing", visit("/insights/leads/?period=month"), False),
    "insights-sources": ("liangjing", visit("/insights/sources/?period=month"), False),
    "team": ("liangjing", visit("/team/"), True),
    "insights": ("liangjing", visit("/insights/"), True),
    "insights-numbers": ("liangjing", visit("/insights/numbers/?period=last_month"), False),
    "insights-notes": ("liangjing", visit("/insights/notes/"), True),
    "insights-quality": ("liangjing", visit("/insights/quality/"), False),
    "bulk": ("liangjing", in_bulk, False),
    "bulk-run": ("liangjing", bulk_run, False),
    "import-columns": ("liangjing", import_columns, False),
    "import-preview": ("liangjing", import_preview, True),
    "export": ("liangjing", visit("/customers/export/?view=team&class=3k"), False),
    "settings": ("qianli", visit("/settings/"), False),
    "people": ("qianli", visit("/settings/people/"), False),
    "leaving": ("qianli", leaving, False),
    "playbook": ("qianli", visit("/settings/playbooks/telesales/"), False),
    "calendar": ("qianli", visit("/settings/calendar/"), False),
    "backup": ("qianli", visit("/settings/backups/"), False),
    "playbook-change": ("qianli", changed_playbook, True),
    "playbook-class": ("qianli", added_class, False),
    "playbook-effects": ("qianli", effects_of_a_change, True),
}

if __name__ == "__main__":
    main()
