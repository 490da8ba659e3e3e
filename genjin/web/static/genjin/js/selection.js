// Check boxes named "chosen" that belong to a form: choose all, a range with Shift, and a bar that counts them. Once the
// page is chosen the bar offers the whole list: a hidden field "whole" says so, and any other choice takes it back.
function boxesOf(form) {
  return [...document.querySelectorAll(`input[name="chosen"][form="${CSS.escape(form)}"]`)];
}

function wholeOf(form) {
  return document.querySelector(`input[name="whole"][form="${CSS.escape(form)}"]`);
}

function show(form, { whole = false } = {}) {
  const boxes = boxesOf(form);
  const chosen = boxes.filter((box) => box.checked);
  const list = wholeOf(form);
  if (list) list.disabled = !whole;
  for (const box of boxes) box.closest("tr, li")?.setAttribute("aria-selected", String(box.checked));
  for (const all of document.querySelectorAll(`[data-choose-all="${CSS.escape(form)}"]`)) {
    all.checked = boxes.length > 0 && chosen.length === boxes.length;
    all.indeterminate = chosen.length > 0 && chosen.length < boxes.length;
  }
  for (const bar of document.querySelectorAll(`[data-bulkbar="${CSS.escape(form)}"]`)) {
    bar.hidden = chosen.length === 0;
    const page = bar.querySelector("[data-choose-page]");
    if (page) page.hidden = chosen.length === boxes.length;
    const offer = bar.querySelector("[data-choose-whole]");
    if (!offer) continue;
    offer.hidden = !list || whole || chosen.length < boxes.length;
    offer.dataset.words ??= offer.textContent;
    offer.textContent = offer.dataset.words.replace("{n}", list?.dataset.matching ?? "");
  }
  for (const count of document.querySelectorAll(`[data-bulkbar="${CSS.escape(form)}"] [data-chosen-count], [data-chosen-count="${CSS.escape(form)}"]`)) {
    count.textContent = whole && list ? list.dataset.matching : String(chosen.length);
  }
}

let last = null;

document.addEventListener("click", (event) => {
  const box = event.target.closest('input[name="chosen"][form]');
  if (box) {
    const form = box.getAttribute("form");
    const boxes = boxesOf(form);
    if (event.shiftKey && last?.isConnected) {
      const [from, to] = [boxes.indexOf(last), boxes.indexOf(box)].sort((a, b) => a - b);
      for (const each of boxes.slice(Math.max(from, 0), to + 1)) each.checked = box.checked;
    }
    last = box;
    show(form);
    return;
  }
  const all = event.target.closest("[data-choose-all]");
  if (all) {
    for (const each of boxesOf(all.dataset.chooseAll)) each.checked = all.checked;
    show(all.dataset.chooseAll);
    return;
  }
  const page = event.target.closest("[data-choose-page]")?.closest("[data-bulkbar]");
  if (page) {
    for (const each of boxesOf(page.dataset.bulkbar)) each.checked = true;
    show(page.dataset.bulkbar);
    return;
  }
  const offer = event.target.closest("[data-choose-whole]");
  if (offer) {
    show(offer.closest("[data-bulkbar]").dataset.bulkbar, { whole: true });
    return;
  }
  const bar = event.target.closest("[data-choose-none]")?.closest("[data-bulkbar]");
  if (bar) {
    for (const each of boxesOf(bar.dataset.bulkbar)) each.checked = false;
    show(bar.dataset.bulkbar);
  }
});

function showAll() {
  for (const bar of document.querySelectorAll("[data-bulkbar]")) {
    show(bar.dataset.bulkbar, { whole: wholeOf(bar.dataset.bulkbar)?.disabled === false });
  }
}
document.addEventListener("htmx:afterSettle", showAll);
window.addEventListener("pageshow", showAll);
showAll();
