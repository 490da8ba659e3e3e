// <form data-keep="key">: every input is kept in this browser until the server confirms it (X-Saved: key, a page with
// <meta name="saved-draft">, or the cookie of a redirect). What did not arrive is sent again by itself, one at a time, under the
// same idempotency key, even when its form has left the page.
import { drop, fieldsOf, keep, read, waiting } from "./drafts.js";
import { signInAgain } from "./request_errors.js";
import "./restore_draft.js";
import { say } from "./toast.js";
import { words } from "./words.js";

const PAUSES = [3, 10, 30, 60, 120, 300];
const sending = new Set();
let tries = 0, timer;

function formOf(key) {
  return document.querySelector(`form[data-keep="${CSS.escape(key)}"]`);
}

function confirmed(key) {
  drop(key);
  formOf(key)?.querySelector("[data-kept-note]")?.remove();
}

function confirmedAll(header) {
  for (const key of (header ?? "").split(",").map((each) => each.trim())) if (key) confirmed(key);
}

function failed(key, sentence) {
  const form = formOf(key);
  const draft = form ? { fields: fieldsOf(form), action: form.getAttribute("hx-post") ?? form.action } : read(key);
  if (!draft) return;
  keep(key, { ...draft, at: Date.now(), waiting: true });
  say(sentence, { bad: true });
  clearTimeout(timer);
  timer = setTimeout(sendWaiting, PAUSES[Math.min(tries, PAUSES.length - 1)] * 1000);
  tries += 1;
}

async function sendAgain(key) {
  const draft = read(key);
  const body = new URLSearchParams(draft.fields);
  const token = JSON.parse(document.body.getAttribute("hx-headers") ?? "{}");
  const response = await fetch(draft.action, { method: "POST", body, headers: { "HX-Request": "true", ...token } });
  confirmedAll(response.headers.get("X-Saved"));
  if (!read(key)) return say(words.saved);
  if (response.status >= 500) throw new Error(String(response.status));
  keep(key, { ...draft, waiting: false }); // refused or signed out: sending it again would not help
  return say(response.status === 401 ? words.signedOut : words.kept, { bad: true, go: response.status === 401 ? signInAgain() : null });
}

async function sendWaiting() {
  clearTimeout(timer);
  for (const key of waiting()) {
    if (sending.has(key)) continue;
    const form = formOf(key);
    if (form?.matches("[hx-post]")) {
      form.requestSubmit(); // its answer belongs on the page
      continue;
    }
    sending.add(key);
    try {
      await sendAgain(key);
      tries = 0;
    } catch {
      failed(key, words.offline);
    } finally {
      sending.delete(key);
    }
  }
}

function changed(event) {
  const form = event.target.form;
  if (form?.dataset.keep) keep(form.dataset.keep, { fields: fieldsOf(form), at: Date.now() });
}

document.addEventListener("input", changed);
document.addEventListener("change", changed);
// What the server put into the form, like a day chosen with one key, belongs to what was typed before it.
document.addEventListener("htmx:afterSettle", (event) => {
  const form = event.target.closest?.("form[data-keep]");
  const draft = form && read(form.dataset.keep);
  if (draft && !draft.waiting) keep(form.dataset.keep, { fields: fieldsOf(form), at: Date.now() });
});
document.addEventListener("htmx:beforeRequest", (event) => {
  const key = event.detail.elt.dataset?.keep;
  if (!key) return;
  if (sending.has(key)) event.preventDefault();
  else sending.add(key);
});
// A saved form gives the keys back: htmx would put the hand into the same field of the next one.
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.xhr.getResponseHeader("X-Saved")) document.activeElement?.blur();
});
document.addEventListener("htmx:afterRequest", (event) => {
  const { elt, xhr, failed: broke, requestConfig } = event.detail;
  const key = (requestConfig?.elt ?? elt).dataset?.keep; // a form that its answer has replaced is no longer `elt`
  confirmedAll(xhr?.getResponseHeader?.("X-Saved"));
  if (!key) return;
  sending.delete(key);
  if (!xhr?.status) failed(key, words.offline);
  else if (broke && xhr.status >= 500) failed(key, words.kept);
  else tries = 0;
});
window.addEventListener("online", sendWaiting);

if (waiting().length) timer = setTimeout(sendWaiting, 1000);
