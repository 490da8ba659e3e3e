// What went wrong between browser and server, in words. A refusal brings its own sentence; forms answer 422 and are swapped in place.
import { say } from "./toast.js";
import { words } from "./words.js";

const BY_STATUS = { 403: words.notAllowed, 404: words.notFound, 409: words.outdated, 413: words.tooLarge };

function sentenceIn(text) {
  const page = new DOMParser().parseFromString(text ?? "", "text/html");
  return page.querySelector(".toast > span, [data-refusal]")?.textContent.trim();
}

/** The sign-in page, coming back to where we are. */
export function signInAgain() {
  const address = new URL(words.signInAddress, location.href);
  address.searchParams.set("next", location.pathname + location.search);
  return { label: words.signIn, address: address.href };
}

document.addEventListener("htmx:responseError", (event) => {
  const { xhr, elt } = event.detail;
  if (xhr.status === 401) return say(words.signedOut, { bad: true, go: signInAgain() });
  if (xhr.status >= 500 && elt.closest("[data-keep]")) return undefined; // keep_draft.js says it
  return say(sentenceIn(xhr.responseText) ?? BY_STATUS[xhr.status] ?? words.failed, { bad: true });
});

document.addEventListener("htmx:sendError", (event) => {
  if (!event.detail.elt.closest("[data-keep]")) say(words.noConnection, { bad: true });
});

// An answer for something that has left the page meanwhile has nowhere to go, and must not change what stands there now.
document.addEventListener("htmx:beforeSwap", (event) => {
  if (!event.detail.target?.isConnected) event.detail.shouldSwap = false;
});
