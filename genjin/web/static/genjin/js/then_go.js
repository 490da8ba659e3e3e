// data-then="#note": after the click has done its own work (dialled), the page goes there. data-then-focus="id": the field to write in.
document.addEventListener("click", (event) => {
  const there = event.target.closest("[data-then]")?.dataset.then;
  if (there) setTimeout(() => { location.hash = there; }, 300);
  const opener = event.target.closest("summary[data-then-focus]");
  if (opener && !opener.parentElement.open) setTimeout(() => document.getElementById(opener.dataset.thenFocus)?.focus(), 0);
});
