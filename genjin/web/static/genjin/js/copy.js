// data-copy="text": a click puts the text on the clipboard and says so.
import { say } from "./toast.js";

// Over plain HTTP in an office network the clipboard interface does not exist; a selected field still copies.
function copyBySelection(text, near) {
  const field = document.createElement("textarea");
  field.value = text;
  field.className = "sr";
  near.append(field);
  field.select();
  const copied = document.execCommand("copy");
  field.remove();
  return copied;
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const text = button.dataset.copy;
  let copied = false;
  try {
    await navigator.clipboard.writeText(text);
    copied = true;
  } catch {
    copied = copyBySelection(text, button.parentElement);
  }
  if (!copied) return;
  button.focus();
  say(button.dataset.copied ?? text);
});
