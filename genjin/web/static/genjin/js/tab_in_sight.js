// Where tabs run beyond the edge, the one that is open is brought into sight.
for (const tabs of document.querySelectorAll(".tabs")) {
  if (tabs.scrollWidth > tabs.clientWidth) tabs.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
}
