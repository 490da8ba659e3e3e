// Cells of a table that are edited in place. The table names the address (data-cells, with 0 for the row's key), a head
// its column (data-edits). A click, or E on the row under the cursor, opens the form; Tab goes on to the next cell,
// Escape puts back what stood. What was typed is never thrown away by a click beside it.
import { front, isTextField } from "./words.js";

const narrow = matchMedia("(max-width: 720px)");
const stood = new WeakMap();

function editOf(td) {
  const table = td.closest("table[data-cells]");
  const column = table?.tHead.rows[0].cells[td.cellIndex]?.dataset.edits;
  const key = td.parentElement.querySelector('input[name="chosen"]')?.value;
  if (!column || !key || narrow.matches) return null;
  const list = document.querySelector('input[name="list"][form="bulk"]')?.value ?? "";
  return `${table.dataset.cells.replace("/0/", `/${key}/`)}${column}/?list=${encodeURIComponent(list)}`;
}

function openCell() {
  return document.querySelector("td.is-edited");
}

function isTyped(td) {
  return [...td.querySelectorAll("input:not([type=hidden]), select, textarea")].some((field) =>
    field.tagName === "SELECT" ? [...field.options].some((one) => one.selected !== one.defaultSelected) && field.value !== "" : field.value !== field.defaultValue,
  ) || td.querySelector("[aria-invalid], .notice") !== null;
}

function close(td) {
  td.classList.remove("is-edited");
  td.innerHTML = stood.get(td) ?? "";
}

/** Whether the cell that is open, if any, could be closed. */
function leave() {
  const td = openCell();
  if (!td) return true;
  if (isTyped(td)) {
    td.querySelector("input:not([type=hidden]), select")?.focus();
    return false;
  }
  close(td);
  return true;
}

async function edit(td) {
  const address = editOf(td);
  if (!address || !leave()) return;
  stood.set(td, td.innerHTML);
  await window.htmx.ajax("GET", address, { target: td, swap: "innerHTML" });
  const field = td.querySelector("form input:not([type=hidden]), form select");
  if (!field) return;
  td.classList.add("is-edited");
  field.focus();
  field.select?.();
}

function editableIn(row) {
  return [...row.cells].filter((td) => editOf(td));
}

document.addEventListener("pointerover", (event) => {
  const td = event.target.closest?.("table[data-cells] tbody td");
  if (td && !td.dataset.known) {
    td.dataset.known = "1";
    if (editOf(td)) td.classList.add("is-editable");
  }
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-closes-cell]")) {
    close(event.target.closest("td"));
    return;
  }
  if (event.target.closest("td.is-edited, dialog")) return;
  const td = event.target.closest("table[data-cells] tbody td");
  if (!td || event.target.closest("a, button, input, label, summary") || String(getSelection())) {
    leave();
    return;
  }
  edit(td);
});

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  const td = event.target.closest?.("td.is-edited");
  if (td && event.key === "Escape") {
    event.preventDefault();
    close(td);
  } else if (td && event.key === "Enter" && event.target.matches("select")) {
    event.preventDefault();
    event.target.form.requestSubmit();
  } else if (td && event.key === "Tab") {
    const fields = [...td.querySelectorAll("input:not([type=hidden]), select, button")];
    const last = event.shiftKey ? fields[0] : fields.filter((each) => each.matches("input, select")).at(-1);
    const cells = editableIn(td.parentElement);
    const next = cells[cells.indexOf(td) + (event.shiftKey ? -1 : 1)];
    if (event.target !== last || !next || isTyped(td)) return;
    event.preventDefault();
    edit(next);
  } else if (!td && event.code === "KeyE" && !event.shiftKey && !isTextField(event.target) && front() === document) {
    const row = document.querySelector("table[data-cells] tr.is-cursor");
    const first = row && editableIn(row)[0];
    if (!first) return;
    event.preventDefault();
    edit(first);
  }
}, true);
