// data-key="j" makes an element answer to that key: outside text fields, and inside them with Alt. "mod" is Ctrl or Cmd.
// data-go="t" answers to g, then t. ? lists all keys of the page. Nothing fires while an input method composes.
import { front, isShown, isTextField, words } from "./words.js";

const GO_WITHIN = 1500;
let awaitingPlace = 0;

function pressed(event, inText) {
  const digitOrLetter = /^(?:Key|Digit)(.)$/.exec(event.code)?.[1].toLowerCase();
  if (event.ctrlKey || event.metaKey) {
    if (event.altKey) return "";
    return `mod+${event.key === "Enter" ? "enter" : event.key.toLowerCase()}`;
  }
  if (event.altKey) return digitOrLetter ?? "";
  if (event.key === "Escape") return "escape";
  if (inText) return "";
  if (event.key === "?") return "?";
  if (event.key === " ") return "space";
  return (event.shiftKey ? "" : digitOrLetter) ?? (event.key.length === 1 ? event.key.toLowerCase() : "");
}

function bound(attribute, key) {
  if (!key) return undefined;
  return [...front().querySelectorAll(`[${attribute}]`)].find(
    (each) => each.getAttribute(attribute).split(" ").includes(key) && !each.disabled && isShown(each),
  );
}

function activate(element) {
  if (isTextField(element)) {
    element.focus();
    if (["date", "time", "datetime-local"].includes(element.type)) {
      try { element.showPicker(); } catch { /* Only a real key press may open the picker; the focus is enough. */ }
    }
    return;
  }
  element.click();
  if (element.matches("input")) element.focus({ preventScroll: true });
}

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.keyCode === 229 || event.defaultPrevented || event.repeat && event.key === "Enter") return;
  const inText = isTextField(event.target);
  const key = pressed(event, inText);
  if (!key || (inText && key === "mod+z")) return;
  if (key === "escape" && inText && !event.target.closest("dialog")) {
    event.target.blur();
    event.preventDefault();
    return;
  }
  if (awaitingPlace && Date.now() - awaitingPlace < GO_WITHIN) {
    awaitingPlace = 0;
    const place = bound("data-go", key);
    if (place) {
      event.preventDefault();
      place.click();
      return;
    }
  }
  awaitingPlace = 0;
  if (key === "?" && front() === document) {
    event.preventDefault();
    document.querySelector('[data-opens="keys"]')?.click();
    return;
  }
  const element = bound("data-key", key);
  if (element) {
    event.preventDefault();
    activate(element);
  } else if (key === "g" && !inText) {
    awaitingPlace = Date.now();
  }
});

// The list of keys is read off the page, so that it cannot be wrong.
function nameOf(element) {
  const label = element.getAttribute("aria-label") ?? element.labels?.[0]?.textContent ?? element.textContent.trim();
  const copy = (label || element.title).replace(/\s+/g, " ").trim();
  const cap = element.querySelector?.("kbd")?.textContent ?? element.labels?.[0]?.querySelector("kbd")?.textContent;
  return cap && copy.endsWith(cap) ? copy.slice(0, -cap.length).trim() : copy;
}

function capsOf(key) {
  const names = { mod: "Ctrl", enter: "↵", escape: "Esc", space: "␣" };
  return key.split("+").map((part) => names[part] ?? part.toUpperCase());
}

function addLine(list, caps, name) {
  const term = document.createElement("dt");
  for (const cap of caps) {
    const key = document.createElement("kbd");
    key.className = "kbd";
    key.textContent = cap;
    term.append(key, " ");
  }
  const meaning = document.createElement("dd");
  meaning.textContent = name;
  list.append(term, meaning);
}

document.addEventListener("opened", (event) => {
  const list = event.target.querySelector("[data-keylist]");
  if (!list) return;
  list.replaceChildren();
  const seen = new Set();
  for (const element of document.querySelectorAll("[data-key]")) {
    const key = element.dataset.key.split(" ")[0];
    if (seen.has(key) || element.closest("dialog") || !(isShown(element) || element.closest("[data-menu]"))) continue;
    seen.add(key);
    addLine(list, capsOf(key), nameOf(element));
  }
  if ([...document.querySelectorAll("[data-cursor-list]")].some(isShown)) {
    for (const line of words.cursorKeys.split("; ")) addLine(list, line.split(": ")[0].split(" "), line.split(": ")[1]);
  }
  for (const place of document.querySelectorAll("[data-go]")) {
    if (isShown(place)) addLine(list, ["G", place.dataset.go.toUpperCase()], place.querySelector("span:not(.rail__n)").textContent.trim());
  }
});
