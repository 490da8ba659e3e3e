// A reason behind a dotted word: a details element, so a tap opens it anyway. Here it also opens on hover and focus, and stays in sight.
const WAIT = 140, GAP = 6, EDGE = 12;

function place(details) {
  const pop = details.querySelector(".pop");
  if (!pop || matchMedia("(max-width: 720px)").matches) return;
  const word = details.querySelector("summary").getBoundingClientRect();
  pop.style.position = "fixed";
  const { width, height } = pop.getBoundingClientRect();
  const below = word.bottom + GAP + height <= innerHeight - EDGE;
  pop.style.left = `${Math.max(EDGE, Math.min(word.left, innerWidth - width - EDGE))}px`;
  pop.style.top = `${below ? word.bottom + GAP : Math.max(EDGE, word.top - GAP - height)}px`;
}

function closeOthers(kept = null) {
  for (const each of document.querySelectorAll("details[data-why][open]")) if (each !== kept) each.open = false;
}

document.addEventListener("toggle", (event) => {
  if (!event.target.matches?.("details[data-why]") || !event.target.open) return;
  closeOthers(event.target);
  place(event.target);
}, true);

let timer;
document.addEventListener("pointerover", (event) => {
  if (event.pointerType !== "mouse") return;
  const details = event.target.closest?.("details[data-why]");
  clearTimeout(timer);
  if (details && !details.open) {
    timer = setTimeout(() => { details.open = true; details.dataset.byHover = ""; }, WAIT);
  } else if (!details) {
    timer = setTimeout(() => {
      for (const each of document.querySelectorAll("details[data-why][data-by-hover][open]")) each.open = false;
    }, WAIT);
  }
});

// A click on what hovering opened keeps it open instead of closing it.
document.addEventListener("click", (event) => {
  const details = event.target.closest?.("details[data-why]");
  if (!details) return closeOthers();
  if (event.target.closest("summary") && details.open && "byHover" in details.dataset) {
    event.preventDefault();
    delete details.dataset.byHover;
  }
  return undefined;
});

document.addEventListener("focusin", (event) => {
  const summary = event.target.matches?.("details[data-why] > summary") && event.target;
  if (summary && summary.matches(":focus-visible")) summary.parentElement.open = true;
  else if (!event.target.closest?.("details[data-why]")) closeOthers();
});
document.addEventListener("keydown", (event) => { if (event.key === "Escape") closeOthers(); });
document.addEventListener("scroll", () => closeOthers(), { capture: true, passive: true });
