// [data-drop-file]: a zone around a file input takes what is dropped on it, and what is pasted on the page: a file, or cells of a spreadsheet.
import { isShown, isTextField } from "./words.js";

function take(zone, files) {
  const input = zone.querySelector('input[type="file"]');
  input.files = files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
}

function size(bytes) {
  return bytes < 1024 * 1024 ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

document.addEventListener("change", (event) => {
  const zone = event.target.closest("[data-drop-file]");
  const name = zone?.querySelector("[data-file-name]");
  const file = event.target.files?.[0];
  if (name && file) name.textContent = `${file.name}, ${size(file.size)}`;
});

for (const kind of ["dragenter", "dragover"]) {
  document.addEventListener(kind, (event) => {
    const zone = event.target.closest?.("[data-drop-file]");
    if (!zone) return;
    event.preventDefault();
    zone.classList.add("is-over");
  });
}
document.addEventListener("dragleave", (event) => event.target.closest?.("[data-drop-file]")?.classList.remove("is-over"));
document.addEventListener("drop", (event) => {
  const zone = event.target.closest?.("[data-drop-file]");
  if (!zone) return;
  event.preventDefault();
  zone.classList.remove("is-over");
  if (event.dataTransfer.files.length) take(zone, event.dataTransfer.files);
});

document.addEventListener("paste", (event) => {
  const zone = document.querySelector("[data-drop-file]");
  if (!zone || !isShown(zone) || isTextField(event.target)) return;
  const pasted = event.clipboardData;
  if (pasted.files.length) return take(zone, pasted.files);
  const text = pasted.getData("text/plain");
  if (!text.includes("\n")) return undefined;
  const files = new DataTransfer();
  files.items.add(new File([text], "clipboard.csv", { type: "text/csv" }));
  return take(zone, files.files);
});
