// j and k (or the arrows) move through the rows of [data-cursor-list]; Enter opens, Space chooses. Going back finds the same row.
// data-row-key="m" within a row answers to that key while the cursor stands on the row.
import { front, isShown, isTextField } from "./words.js";

const PLACE = () => `genjin:cursor:${location.pathname}${location.search}`;

function listInFront() {
  return [...front().querySelectorAll("[data-cursor-list]")].find(isShown);
}

function rowsOf(list) {
  return [...list.querySelectorAll("tbody tr, :scope > li, :scope > .row, :scope > * > .row")].filter((row) => isShown(row) && linkOf(row));
}

function linkOf(row) {
  return row.matches("a[href]") ? row : row.querySelector("[data-row-link], a[href]");
}

function put(row, { scroll = true } = {}) {
  for (const other of document.querySelectorAll(".is-cursor")) other.classList.remove("is-cursor");
  row.classList.add("is-cursor");
  if (scroll) row.scrollIntoView({ block: "nearest" });
  sessionStorage.setItem(PLACE(), linkOf(row).getAttribute("href"));
}

function putBack() {
  const kept = sessionStorage.getItem(PLACE());
  const list = kept && listInFront();
  const row = list && rowsOf(list).find((each) => linkOf(each).getAttribute("href") === kept);
  if (row) put(row);
}

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTextField(event.target)) return;
  const list = listInFront();
  if (!list) return;
  const rows = rowsOf(list);
  const at = rows.findIndex((row) => row.classList.contains("is-cursor"));
  const step = { KeyJ: 1, ArrowDown: 1, KeyK: -1, ArrowUp: -1 }[event.code];
  if (step && rows.length && !(event.code.startsWith("Arrow") && event.target.matches("input"))) {
    event.preventDefault();
    put(rows[Math.min(Math.max(at + step, 0), rows.length - 1)]);
  } else if (at >= 0 && event.key === "Enter" && !event.target.closest("a, button, summary, input")) {
    event.preventDefault();
    linkOf(rows[at]).click();
  } else if (at >= 0 && event.key === " " && !event.target.closest("a, button, summary, input")) {
    const box = rows[at].querySelector('input[type="checkbox"]');
    if (!box) return;
    event.preventDefault();
    box.click();
  } else if (at >= 0 && !event.shiftKey) {
    const key = /^Key(.)$/.exec(event.code)?.[1].toLowerCase();
    const own = key && rows[at].querySelector(`[data-row-key="${key}"]`);
    if (!own) return;
    event.preventDefault();
    own.click();
  }
});

document.addEventListener("click", (event) => {
  const row = event.target.closest("[data-cursor-list] tr, [data-cursor-list] .row, [data-cursor-list] > li");
  if (row && linkOf(row)) put(row, { scroll: false });
});

document.addEventListener("htmx:afterSettle", putBack);
putBack();
