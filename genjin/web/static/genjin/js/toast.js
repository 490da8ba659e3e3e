// One sentence after the deed: shown politely, gone after a while, kept as long as somebody points at it.
import { words } from "./words.js";

const STAY = 8000, STAY_WITH_ACTION = 14000;

/** Say a sentence. `bad` marks what went wrong; `go` is { label, address }. The same sentence is never shown twice at once. */
export function say(text, { bad = false, go = null } = {}) {
  const place = document.getElementById("toasts");
  if (!place || [...place.children].some((each) => each.dataset.text === text)) return;
  const toast = document.createElement("div");
  toast.className = bad ? "toast toast--bad" : "toast";
  toast.dataset.text = text;
  toast.dataset.toast = "";
  if (words.sprite) {
    const icon = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    icon.setAttribute("class", "icon");
    icon.setAttribute("aria-hidden", "true");
    const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
    use.setAttribute("href", `${words.sprite}#i-${bad ? "overdue" : "check"}`);
    icon.append(use);
    toast.append(icon);
  }
  const sentence = document.createElement("span");
  sentence.textContent = text;
  toast.append(sentence);
  if (go) {
    const link = document.createElement("a");
    link.className = "toast__go";
    link.href = go.address;
    link.textContent = go.label;
    toast.append(link);
  }
  const close = document.createElement("button");
  close.type = "button";
  close.className = "toast__x";
  close.dataset.dismiss = "";
  close.setAttribute("aria-label", words.close ?? "×");
  close.textContent = "×";
  toast.append(close);
  place.append(toast);
}

function leaveLater(toast) {
  let timer;
  const start = () => {
    timer = setTimeout(() => toast.remove(), toast.querySelector("form, a") ? STAY_WITH_ACTION : STAY);
  };
  const stop = () => clearTimeout(timer);
  for (const event of ["pointerenter", "focusin"]) toast.addEventListener(event, stop);
  for (const event of ["pointerleave", "focusout"]) toast.addEventListener(event, () => { stop(); start(); });
  start();
}

const place = document.getElementById("toasts");
if (place) {
  place.querySelectorAll("[data-toast]").forEach(leaveLater);
  new MutationObserver((changes) => {
    for (const change of changes) {
      for (const node of change.addedNodes) if (node.matches?.("[data-toast]")) leaveLater(node);
    }
  }).observe(place, { childList: true });
}

document.addEventListener("click", (event) => event.target.closest("[data-dismiss]")?.closest("[data-toast]")?.remove());

// An undo was taken: its toast has nothing more to offer.
document.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.successful) event.detail.elt.closest("[data-undo]")?.closest("[data-toast]")?.remove();
});
