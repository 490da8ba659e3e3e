// <table data-drawn-widths="/where/to/keep/them/"> with heads [data-column]: dragging a head's right edge makes the column as wide; the
// widths are kept by a POST of `widths` with the fields of the bulk form's list. Set through the CSSOM, which the content policy allows.
const EDGE = 7;
const NARROWEST = 40;

const headsOf = (table) => [...table.querySelectorAll("th[data-column]")];

function fix(table) {
  if (table.classList.contains("table--sized")) return;
  const all = [...table.querySelectorAll("thead th")];
  const widths = all.map((head) => head.getBoundingClientRect().width);
  all.forEach((head, place) => { head.style.width = `${head.dataset.width ?? widths[place]}px`; });
  table.classList.add("table--sized");
}

function showKept() {
  for (const table of document.querySelectorAll("table[data-drawn-widths]")) {
    if (matchMedia("(min-width: 761px)").matches && headsOf(table).some((head) => head.dataset.width)) fix(table);
  }
}

function keep(table) {
  const fields = new FormData();
  fields.set("widths", headsOf(table).map((head) => `${head.dataset.column}:${Math.round(parseFloat(head.style.width))}`).join(","));
  fields.set("list", document.querySelector('input[name="list"][form]')?.value ?? "");
  fields.set("csrfmiddlewaretoken", document.querySelector('input[name="csrfmiddlewaretoken"]')?.value ?? "");
  fetch(table.dataset.drawnWidths, { method: "POST", body: fields, credentials: "same-origin" });
}

function headAt(event) {
  const head = event.target.closest?.("table[data-drawn-widths] th[data-column]");
  return head && head.getBoundingClientRect().right - event.clientX <= EDGE ? head : null;
}

let drawn = null;

document.addEventListener("pointermove", (event) => {
  if (!drawn) {
    event.target.closest?.("th[data-column]")?.classList.toggle("is-edge", Boolean(headAt(event)));
    return;
  }
  drawn.head.style.width = `${Math.max(NARROWEST, drawn.width + event.clientX - drawn.from)}px`;
});

document.addEventListener("pointerdown", (event) => {
  const head = event.button === 0 && headAt(event);
  if (!head) return;
  event.preventDefault();
  fix(head.closest("table"));
  drawn = { head, from: event.clientX, width: parseFloat(head.style.width) };
});

document.addEventListener("pointerup", () => {
  if (!drawn) return;
  const table = drawn.head.closest("table");
  drawn.head.dataset.width = String(Math.round(parseFloat(drawn.head.style.width)));
  drawn = null;
  keep(table);
  // The click that ends the drawing is no wish to sort.
  const ended = new AbortController();
  document.addEventListener("click", (event) => event.preventDefault(), { capture: true, signal: ended.signal });
  setTimeout(() => ended.abort(), 0);
});

document.addEventListener("htmx:afterSettle", showKept);
showKept();
