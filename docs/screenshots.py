"""Take the screenshots of README and guide from a running demo company, on the desk and on the phone.

python docs/screenshots.py http://127.0.0.1:8000          # a working day: on a day off Today shows the next one
python docs/screenshots.py http://127.0.0.1:8000 today    # only these

Needs the development dependencies; chromium is the system's or Playwright's. The import is thrown away after it.
"""

import argparse
import csv
import io
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
            executable_path=str(system) if system.exists() else None, args=["--no-sandbox"]
        )
        for name in asked.names or PICTURES:
            who, compose = PICTURES[name]
            for suffix, (width, height) in SIZES.items():
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
        base_url=address, viewport={"width": width, "height": height}, locale="zh-CN", reduced_motion="reduce"
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


def import_preview(page: Page) -> None:
    """A list as people have it: most of it right, some known already, some wrong."""
    page.goto("/customers/import/")
    page.set_input_files(
        "input[type=file]", {"name": "华东客户名单.csv", "mimeType": "text/csv", "buffer": untidy_list()}
    )
    if not page.url.endswith("/columns/"):
        page.locator("main button[type=submit], main button:not([type])").first.click()
        page.wait_for_url("**/columns/")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/import/*/")
    page.locator("table.prev").wait_for()


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
    """Leave nothing behind: the import goes, and no draft was sent."""
    discard = page.locator("button[formaction$='/discard/']")
    if discard.count():
        discard.click()


# name → who looks (nobody: signed out) and how the page is brought to what is shown
PICTURES: dict[str, tuple[str, Callable[[Page], object]]] = {
    "sign-in": ("", visit("/sign-in/")),
    "today": ("zhouyutong", visit("/today/")),
    "customers": ("zhouyutong", visit("/customers/")),
    "customer": ("zhouyutong", one_customer),
    "pool": ("zhouyutong", visit("/pool/")),
    "team": ("liangjing", visit("/team/")),
    "import-preview": ("liangjing", import_preview),
}

if __name__ == "__main__":
    main()
