// Drafts in this browser: what was typed and not yet confirmed by the server, per person and per form.
const PERSON = document.querySelector('meta[name="person"]')?.content ?? "";
const PREFIX = `genjin:draft:${PERSON}:`;
const NEVER = new Set(["csrfmiddlewaretoken"]);

export function fieldsOf(form) {
  return [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !NEVER.has(name));
}

export function read(key) {
  try {
    return JSON.parse(localStorage.getItem(PREFIX + key));
  } catch {
    return null; // Not ours, or cut off: as good as none.
  }
}

export function keep(key, draft) {
  try {
    localStorage.setItem(PREFIX + key, JSON.stringify(draft));
  } catch {
    // The browser's store is full or forbidden: the text is still in the form.
  }
}

/** Forget what nobody came back to: a draft is about a customer, and this computer may be shared. */
export function dropOlderThan(days) {
  for (const name of Object.keys(localStorage)) {
    if (!name.startsWith("genjin:draft:")) continue;
    let at = 0;
    try {
      at = JSON.parse(localStorage.getItem(name)).at ?? 0;
    } catch {
      // Cut off: it goes.
    }
    if (Date.now() - at > days * 86400000) localStorage.removeItem(name);
  }
}

export function drop(key) {
  localStorage.removeItem(PREFIX + key);
}

/** Keys of the drafts that were sent and did not arrive. */
export function waiting() {
  return Object.keys(localStorage)
    .filter((name) => name.startsWith(PREFIX))
    .map((name) => name.slice(PREFIX.length))
    .filter((key) => read(key)?.waiting);
}

/** Put a draft's values into its form; true when that changed anything. */
export function fill(form, fields) {
  const before = JSON.stringify(fieldsOf(form));
  const values = new Map();
  for (const [name, value] of fields) values.set(name, [...(values.get(name) ?? []), value]);
  for (const control of form.elements) {
    if (!control.name || NEVER.has(control.name) || ["file", "submit", "button", "password"].includes(control.type)) continue;
    const kept = values.get(control.name) ?? [];
    if (control.type === "checkbox" || control.type === "radio") control.checked = kept.includes(control.value);
    else if (kept.length) control.value = kept.shift();
  }
  return before !== JSON.stringify(fieldsOf(form));
}
