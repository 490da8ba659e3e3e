"""Keys, lists, dialogs and the search box without a mouse, on the page that shows every component."""

import pytest

pytestmark = pytest.mark.browser

KIT = "/settings/components/"


@pytest.fixture
def page(transactional_db, page_of, lin):
    page = page_of(lin)
    page.goto(KIT)
    return page


def cursor(page) -> str:
    return page.locator(".is-cursor .name").inner_text()


def test_rows_are_walked_chosen_and_counted(page):
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("Space")
    assert cursor(page) == "苏州启禾装饰工程"
    assert page.get_by_role("toolbar").inner_text().startswith("已选 1")
    page.keyboard.press("k")
    page.keyboard.press("Space")
    assert page.get_by_role("toolbar").inner_text().startswith("已选 2")
    page.keyboard.press("Escape")
    assert page.get_by_role("toolbar").count() == 0


def test_the_cursor_stands_where_it_stood_after_coming_back(page):
    for _ in range(3):
        page.keyboard.press("ArrowDown")
    kept = cursor(page)
    page.goto("/search/")
    page.go_back()
    page.locator(".is-cursor").wait_for()
    assert cursor(page) == kept


def test_enter_opens_the_row(page):
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    assert page.url.endswith("#row-1")


def test_letters_are_text_in_a_field_and_keys_with_alt(page):
    field = page.get_by_label("金额")
    field.fill("")
    field.press("x")
    assert field.input_value() == "x"
    assert page.locator('input[name="kit-result"][value="yes"]').is_checked()
    field.press("Alt+x")
    assert page.locator('input[name="kit-result"][value="no"]').is_checked()
    field.focus()
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement === document.body")


def test_nothing_fires_while_an_input_method_composes(page):
    page.evaluate(
        """document.body.dispatchEvent(new KeyboardEvent("keydown",
           {key: "x", code: "KeyX", isComposing: true, bubbles: true}))"""
    )
    assert page.locator('input[name="kit-result"][value="yes"]').is_checked()


def test_the_list_of_keys_is_read_off_the_page(page):
    page.keyboard.press("?")
    listed = page.get_by_role("dialog", name="本页快捷键").inner_text()
    for name in ("新建客户", "写小记", "有效", "无效", "撤销", "上一行、下一行"):
        assert name in listed
    page.keyboard.press("Escape")
    assert page.get_by_role("dialog").count() == 0


def test_the_search_box_opens_asks_and_closes(page):
    page.keyboard.press("Control+k")
    box = page.get_by_role("combobox", name="搜索")
    assert box.evaluate("box => document.activeElement === box")
    page.keyboard.type("恒")
    page.get_by_text("拼音首字母", exact=False).last.wait_for()
    page.keyboard.press("Escape")
    assert page.get_by_role("dialog").count() == 0


def test_a_dialog_puts_the_hand_on_its_first_field_and_gives_it_back(page):
    opener = page.get_by_role("link", name="打开抽屉")
    opener.focus()
    opener.press("Enter")
    drawer = page.get_by_role("dialog", name="放入公海")
    assert drawer.is_visible()
    assert page.evaluate("document.activeElement.name") == "why"
    page.keyboard.press("Escape")
    assert not drawer.is_visible()
    assert opener.evaluate("link => document.activeElement === link")


def test_a_reason_opens_by_focus_and_closes_by_escape(page):
    reason = page.get_by_text("剩余归属 7 天")
    page.get_by_role("link", name="今日需联系").focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    assert page.get_by_text("10 个工作日没有跟进就回公海。").is_visible()
    page.keyboard.press("Escape")
    assert not page.get_by_text("10 个工作日没有跟进就回公海。").is_visible()
    assert reason.is_visible()


def test_a_choice_on_the_phone_is_large_enough_for_a_thumb(transactional_db, page_of, lin):
    page = page_of(lin, phone=True)
    page.goto(KIT)
    small = page.evaluate(
        """[...document.querySelectorAll(".btn, .rail > a, .rail summary, .input, .seg label, .chip > span")]
           .filter(e => e.getClientRects().length && !e.closest("dialog"))
           .map(e => [e.className, Math.round(e.getBoundingClientRect().height)]).filter(([, h]) => h < 36)"""
    )
    assert small == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
