// A form that comes back with something wrong is read from its end, where one pressed Save: the first thing that is wrong is brought into sight,
// and the cursor put into it where it is a field.
const TROUBLE = '[role="alert"], [aria-invalid="true"]';

document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.xhr?.status !== 422) return;
  const found = event.target.querySelector?.(TROUBLE);
  if (!found) return;
  found.scrollIntoView({ block: "center" });
  const field = found.matches("input, select, textarea") ? found : found.querySelector("input, select, textarea");
  field?.focus({ preventScroll: true });
});
