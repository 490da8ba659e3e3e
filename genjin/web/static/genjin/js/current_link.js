// Inside [data-current-links] the link of the page's own address is marked, also after htmx has changed the address.
// Where several lead there (done once, to be tried again) it is the last. Only a list that scrolls by itself is moved.
function show(list, block = "nearest") {
  if (list.scrollHeight > list.clientHeight + 1) list.querySelector("[aria-current]")?.scrollIntoView({ block });
}

function mark() {
  for (const list of document.querySelectorAll("[data-current-links]")) {
    const links = [...list.querySelectorAll("a[href]")];
    for (const link of links) link.removeAttribute("aria-current");
    links.filter((link) => link.pathname === location.pathname).at(-1)?.setAttribute("aria-current", "true");
    show(list);
  }
}

for (const event of ["htmx:pushedIntoHistory", "popstate"]) addEventListener(event, mark);
for (const list of document.querySelectorAll("[data-current-links]")) show(list, "center");
