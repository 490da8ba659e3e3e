// Ctrl K: the one search box. Answers come from the address in data-palette as <li role="option"> with a link each.
// Tabs among them (data-tab) say where to look; a link with data-also is what Ctrl Enter does with its option.
import { words } from "./words.js";
import { say } from "./toast.js";

const WAIT = 120;
const input = document.querySelector("[data-palette]");
const dialog = input?.closest("dialog");
const answers = document.getElementById("palette-results");
let timer, running;
let tab = "";
let answered;

function options() {
  return [...answers.querySelectorAll('[role="option"]')];
}

// The list is there from the first answer on. On the page of the search its name is taken by the page's own.
function tie() {
  const list = answers.querySelector('[role="listbox"]');
  if (list && document.getElementById(list.id) !== list) list.id = "palette-list";
  input.setAttribute("aria-expanded", String(Boolean(list)));
  if (list) input.setAttribute("aria-controls", list.id);
}

function choose(option) {
  for (const each of options()) each.setAttribute("aria-selected", String(each === option));
  if (!option) return input.removeAttribute("aria-activedescendant");
  option.id ||= `palette-option-${options().indexOf(option)}`;
  input.setAttribute("aria-activedescendant", option.id);
  option.scrollIntoView({ block: "nearest" });
}

async function ask(step = "") {
  running?.abort();
  const question = input.value.trim();
  if (!question) tab = "";
  running = new AbortController();
  const asked = new URLSearchParams({ q: question });
  if (tab) asked.set("tab", tab);
  if (step) asked.set("step", step);
  dialog.setAttribute("aria-busy", "true");
  try {
    const response = await fetch(`${input.dataset.palette}?${asked}`, {
      headers: { "HX-Request": "true" },
      signal: running.signal,
    });
    if (response.status === 401) return location.assign(words.signInAddress);
    if (!response.ok) return say(words.failed, { bad: true });
    answers.innerHTML = await response.text();
    answers.scrollTop = 0;
    tie();
    answered = question;
    window.htmx?.process(answers);
    choose(options()[0]);
  } catch (error) {
    if (error.name === "AbortError") return;
    say(words.noConnection, { bad: true });
  }
  dialog.removeAttribute("aria-busy");
}

function open(name, step) {
  tab = name;
  clearTimeout(timer);
  ask(step);
  input.focus();
}

function nextTab(back) {
  const tabs = [...answers.querySelectorAll(".tab[data-tab]")];
  if (tabs.length < 2) return false;
  const at = tabs.findIndex((each) => each.hasAttribute("aria-current"));
  open(tabs[(at + (back ? -1 : 1) + tabs.length) % tabs.length].dataset.tab);
  return true;
}

// Whoever presses Enter before the answer has come means what was typed, not what is still shown.
async function follow(also) {
  if (input.value.trim() !== answered) {
    clearTimeout(timer);
    await ask();
    if (input.value.trim() !== answered) return;
  }
  const option = options().find((each) => each.getAttribute("aria-selected") === "true");
  if (!option) return;
  if (also && option.dataset.also) return location.assign(option.dataset.also);
  (option.matches("a") ? option : option.querySelector("a[href], button"))?.click();
}

function later() {
  clearTimeout(timer);
  timer = setTimeout(ask, WAIT);
}

if (input) {
  input.addEventListener("input", (event) => {
    clearTimeout(timer);
    if (!event.isComposing) later();
  });
  input.addEventListener("compositionend", later);
  input.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229) return;
    const all = options();
    const at = all.findIndex((each) => each.getAttribute("aria-selected") === "true");
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (all.length) choose(all[(at + (event.key === "ArrowDown" ? 1 : -1) + all.length) % all.length]);
    } else if (event.key === "Tab" && nextTab(event.shiftKey)) {
      event.preventDefault();
    } else if (event.key === "Enter") {
      event.preventDefault();
      follow(event.ctrlKey || event.metaKey);
    }
  });
  answers.addEventListener("click", (event) => {
    const choice = event.target.closest("[data-tab]");
    if (choice && !(event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      return open(choice.dataset.tab, choice.dataset.step);
    }
    const option = event.target.closest('[role="option"]');
    if (option && !event.target.closest("a, button")) option.querySelector("a[href], button")?.click();
  });
  dialog.addEventListener("opened", () => {
    input.select();
    if (tab || !answers.childElementCount) open("");
  });
}
