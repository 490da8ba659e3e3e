// Native dialogs opened by data-opens="id" (without JavaScript the link is followed), and details-menus that close again.
const FIRST = "[autofocus], .dialog__h ~ * :is(input:not([type=hidden]), select, textarea, button), .palette__in input";

export function open(dialog) {
  if (dialog.open) return;
  dialog.showModal();
  (dialog.querySelector("[autofocus]") ?? dialog.querySelector(FIRST))?.focus();
  dialog.dispatchEvent(new CustomEvent("opened", { bubbles: true }));
}

function closeMenus(except = null) {
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    if (menu !== except) menu.open = false;
  }
}

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  if (opener) {
    const dialog = document.getElementById(opener.dataset.opens);
    if (dialog) {
      event.preventDefault();
      closeMenus();
      open(dialog);
      return;
    }
  }
  const closer = event.target.closest("[data-closes]");
  const within = closer?.closest("dialog");
  if (within) {
    event.preventDefault();
    within.close();
  }
  // The backdrop is the dialog itself, outside its own box.
  if (event.target instanceof HTMLDialogElement && event.target.open) {
    const box = event.target.getBoundingClientRect();
    const inside = event.clientX >= box.left && event.clientX <= box.right && event.clientY >= box.top && event.clientY <= box.bottom;
    if (!inside && event.clientX + event.clientY > 0) event.target.close();
  }
  const menu = event.target.closest("details[data-menu]");
  const chosen = menu && event.target.closest(".menu:not(.menu--panel) a, .menu:not(.menu--panel) button");
  closeMenus(chosen ? null : menu);
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.isComposing) return;
  const menu = document.querySelector("details[data-menu][open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
  event.stopImmediatePropagation();
}, true);

// The server asks for it, too, when its answer stands in one: HX-Trigger: {"open-dialog": {"id": "…"}}.
document.addEventListener("open-dialog", (event) => {
  const dialog = document.getElementById(event.detail?.id);
  if (dialog) open(dialog);
});

// The server asks for it: HX-Trigger: {"close-dialog": {"id": "…"}}, or without an id every open one.
document.addEventListener("close-dialog", (event) => {
  for (const dialog of document.querySelectorAll("dialog[open]")) {
    if (!event.detail?.id || event.detail.id === dialog.id) dialog.close();
  }
});
