// data-then="#note": after the click has done its own work (dialled), the page goes there. data-then-focus="id": the field to write in.
// A sheet that the server has sent back is closed by its own link, as one that was opened by address is.
document.addEventListener("click", (event) => {
  const there = event.target.closest("[data-then]")?.dataset.then;
  if (there) setTimeout(() => { location.hash = there; }, 300);
  const opener = event.target.closest("summary[data-then-focus]");
  if (opener && !opener.parentElement.open) setTimeout(() => document.getElementById(opener.dataset.thenFocus)?.focus(), 0);
  event.target.closest('.sheet--open a[href^="#"]')?.closest(".sheet--open").classList.remove("sheet--open");
});
