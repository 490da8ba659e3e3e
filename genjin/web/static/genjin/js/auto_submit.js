// <form data-auto-submit>: conditions apply as soon as they are chosen; typed ones after a short rest. Without JavaScript its button does it.
const REST = 350;
const timers = new WeakMap();

function submit(form) {
  clearTimeout(timers.get(form));
  form.requestSubmit();
}

document.addEventListener("change", (event) => {
  const form = event.target.form;
  if (form?.matches("[data-auto-submit]") && event.target.type !== "search") submit(form);
});

document.addEventListener("input", (event) => {
  const form = event.target.form;
  if (!form?.matches("[data-auto-submit]") || event.target.type !== "search" || event.isComposing) return;
  clearTimeout(timers.get(form));
  timers.set(form, setTimeout(() => submit(form), REST));
});
