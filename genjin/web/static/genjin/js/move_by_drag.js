// [data-moves="address"] is dragged onto [data-takes="value"]: the value is posted there as `on`, and htmx puts the answer where it belongs.
// While it is dragged, places within its data-from and data-until say so. With the keyboard the same is done by the row's own link.
let dragged = null;

function placeUnder(event) {
  const place = dragged && event.target.closest?.("[data-takes]");
  return place && !place.contains(dragged) ? place : null;
}

function isWithin(place) {
  const { from, until } = dragged.dataset;
  return (!from || place.dataset.takes >= from) && (!until || place.dataset.takes <= until);
}

function mark(over) {
  for (const place of document.querySelectorAll("[data-takes]")) place.classList.toggle("is-over", place === over);
}

document.addEventListener("dragstart", (event) => {
  dragged = event.target.closest?.("[data-moves]") ?? null;
  if (!dragged) return;
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", dragged.textContent.trim());
  dragged.classList.add("is-dragged");
  for (const place of document.querySelectorAll("[data-takes]")) place.classList.add(isWithin(place) ? "is-within" : "is-beyond");
});

document.addEventListener("dragover", (event) => {
  const place = placeUnder(event);
  mark(place);
  if (!place) return;
  event.preventDefault();
  event.dataTransfer.dropEffect = "move";
});

document.addEventListener("drop", (event) => {
  const place = placeUnder(event);
  if (!place) return;
  event.preventDefault();
  window.htmx.ajax("POST", dragged.dataset.moves, { source: dragged, target: document.body, swap: "none", values: { on: place.dataset.takes } });
});

document.addEventListener("dragend", () => {
  dragged?.classList.remove("is-dragged");
  dragged = null;
  for (const place of document.querySelectorAll("[data-takes]")) place.classList.remove("is-over", "is-within", "is-beyond");
});
