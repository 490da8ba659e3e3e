// What was typed and never confirmed is put back into its form, with a note and a way to throw it away.
import { drop, dropOlderThan, fill, read } from "./drafts.js";
import { words } from "./words.js";

function note(form, sentence) {
  form.querySelector("[data-kept-note]")?.remove();
  const line = document.createElement("p");
  line.className = "kept";
  line.dataset.keptNote = "";
  line.setAttribute("role", "status");
  const discard = document.createElement("button");
  discard.type = "button";
  discard.className = "link";
  discard.textContent = words.discard;
  discard.addEventListener("click", () => {
    drop(form.dataset.keep);
    location.reload();
  });
  line.append(sentence, " ", discard);
  (form.querySelector("[data-kept-here]") ?? form).prepend(line);
}

function restore(root) {
  for (const form of root.querySelectorAll?.("form[data-keep]") ?? []) {
    const draft = read(form.dataset.keep);
    if (!draft || "restored" in form.dataset) continue; // done already, or the server has just sent back what was typed
    form.dataset.restored = "";
    if (!fill(form, draft.fields)) continue;
    note(form, words.restored);
    const announce = () => form.dispatchEvent(new Event("change", { bubbles: true }));
    if (document.readyState === "complete") announce();
    else addEventListener("load", announce, { once: true }); // before it nobody listens yet
  }
}

// First what the server has confirmed meanwhile: by the page itself, or by the cookie that came with a redirect.
const redirected = /(?:^|; )saved_draft=([^;]*)/.exec(document.cookie);
const confirmed = [document.querySelector('meta[name="saved-draft"]')?.content, redirected && decodeURIComponent(redirected[1])];
for (const key of confirmed.join(",").split(",")) if (key.trim()) drop(key.trim());
if (redirected) document.cookie = "saved_draft=; Max-Age=0; path=/; SameSite=Lax";

dropOlderThan(30);
document.addEventListener("htmx:load", (event) => restore(event.detail.elt.parentElement ?? document));
restore(document);
