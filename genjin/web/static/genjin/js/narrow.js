// <input data-narrows="#list .row[data-name]">: of the rows only those are shown whose name has what is typed. Nothing is lost: hidden boxes are sent too.
document.addEventListener("input", (event) => {
  const rows = event.target.dataset?.narrows;
  if (!rows || event.isComposing) return;
  const wanted = event.target.value.trim().toLowerCase();
  for (const row of document.querySelectorAll(rows)) row.hidden = !row.dataset.name.toLowerCase().includes(wanted);
});
