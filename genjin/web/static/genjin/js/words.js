// The sentences that behaviours say, in the reader's language: written by the server into <template id="words">.
export const words = document.getElementById("words")?.dataset ?? {};

/** Whether keys typed here are text. */
export function isTextField(element) {
  if (element.isContentEditable) return true;
  if (element.matches("textarea, select")) return true;
  return element.matches("input") && !["checkbox", "radio", "button", "submit", "reset", "file", "range", "color"].includes(element.type);
}

export function isShown(element) {
  return element.getClientRects().length > 0 && getComputedStyle(element).visibility !== "hidden";
}

/** The dialog in front, or the whole page. */
export function front() {
  const open = document.querySelectorAll("dialog[open]");
  return open.length ? open[open.length - 1] : document;
}
