// [data-chooses]: typing into a box beside a radio chooses that radio. Without JavaScript the server takes what was filled in.
document.addEventListener("input", (event) => {
  const radio = event.target.type !== "radio" && event.target.closest("[data-chooses]")?.querySelector('input[type="radio"]');
  if (radio) radio.checked = true;
});
