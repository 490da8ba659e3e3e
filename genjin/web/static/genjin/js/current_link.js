// Inside [data-current-links] the link of the page's own address is marked, also after htmx has changed the address.
function mark() {
  for (const list of document.querySelectorAll("[data-current-links]")) {
    for (const link of list.querySelectorAll("a[href]")) {
      const here = link.pathname === location.pathname;
      if (!here) link.removeAttribute("aria-current");
      else if (!link.hasAttribute("aria-current")) link.setAttribute("aria-current", "true");
    }
    list.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" });
  }
}

for (const event of ["htmx:pushedIntoHistory", "popstate"]) addEventListener(event, mark);
document.querySelector("[data-current-links] [aria-current]")?.scrollIntoView({ block: "nearest" });
