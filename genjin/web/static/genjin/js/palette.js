// Ctrl K: the one search box. Answers come from the address in data-palette as <li role="option"> with a link each.
import { words } from "./words.js";
import { say } from "./toast.js";

const WAIT = 120;
const input = document.querySelector("[data-palette]");
const dialog = input?.closest("dialog");
const answers = document.getElementById("palette-results");
let timer, running;

function options() {
  return [...answers.querySelectorAll('[role="option"]')];
}

function choose(option) {
  for (const each of options()) each.setAttribute("aria-selected", String(each === option));
  if (!option) return input.removeAttribute("aria-activedescendant");
  option.id ||= `palette-option-${options().indexOf(option)}`;
  input.setAttribute("aria-activedescendant", option.id);
  option.scrollIntoView({ block: "nearest" });
}

async function ask() {
  running?.abort();
  const question = input.value.trim();
  running = new AbortController();
  try {
    const address = `${input.dataset.palette}?${new URLSearchParams({ q: question })}`;
    const response = await fetch(address, { headers: { "HX-Request": "true" }, signal: running.signal });
    if (response.status === 401) return location.assign(words.signInAddress);
    if (!response.ok) return say(words.failed, { bad: true });
    answers.innerHTML = await response.text();
    window.htmx?.process(answers);
    choose(options()[0]);
  } catch (error) {
    if (error.name !== "AbortError") say(words.noConnection, { bad: true });
  }
}

if (input) {
  input.addEventListener("input", (event) => {
    clearTimeout(timer);
    if (!event.isComposing) timer = setTimeout(ask, WAIT);
  });
  input.addEventListener("compositionend", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229) return;
    const all = options();
    const at = all.findIndex((each) => each.getAttribute("aria-selected") === "true");
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (all.length) choose(all[(at + (event.key === "ArrowDown" ? 1 : -1) + all.length) % all.length]);
    } else if (event.key === "Enter" && all[at]) {
      event.preventDefault();
      (all[at].matches("a") ? all[at] : all[at].querySelector("a[href], button"))?.click();
    }
  });
  answers.addEventListener("click", (event) => {
    const option = event.target.closest('[role="option"]');
    if (option && !event.target.closest("a, button")) option.querySelector("a[href], button")?.click();
  });
  dialog.addEventListener("opened", () => {
    input.select();
    if (!answers.childElementCount) ask();
  });
}
