/* A form with data-puzzle="bits" finds a number for which SHA-256 of "stamp:number" begins with so many zero bits, a
   little at a time while it is filled in. Without it the form still works, and asks for a longer wait. */
const K = new Uint32Array(64);
const START = new Uint32Array(8);
(() => {
  const fraction = (x) => ((x - Math.floor(x)) * 4294967296) | 0;
  let found = 0;
  for (let n = 2; found < 64; n++) {
    let prime = true;
    for (let d = 2; d * d <= n; d++) if (n % d === 0) { prime = false; break; }
    if (!prime) continue;
    if (found < 8) START[found] = fraction(Math.sqrt(n));
    K[found++] = fraction(Math.cbrt(n));
  }
})();

const w = new Uint32Array(64);
const turned = (x, n) => (x >>> n) | (x << (32 - n));

function block(h, bytes, from) {
  for (let i = 0; i < 16; i++) {
    const at = from + i * 4;
    w[i] = (bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3];
  }
  for (let i = 16; i < 64; i++) {
    const a = w[i - 15], b = w[i - 2];
    w[i] = (w[i - 16] + (turned(a, 7) ^ turned(a, 18) ^ (a >>> 3)) + w[i - 7] + (turned(b, 17) ^ turned(b, 19) ^ (b >>> 10))) | 0;
  }
  let [a, b, c, d, e, f, g, l] = h;
  for (let i = 0; i < 64; i++) {
    const one = (l + (turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)) + ((e & f) ^ (~e & g)) + K[i] + w[i]) | 0;
    const two = ((turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    l = g; g = f; f = e; e = (d + one) | 0; d = c; c = b; b = a; a = (one + two) | 0;
  }
  [a, b, c, d, e, f, g, l].forEach((value, i) => { h[i] = (h[i] + value) | 0; });
}

function firstWord(text) {
  const said = new TextEncoder().encode(text);
  const bytes = new Uint8Array(((said.length + 8) >> 6) * 64 + 64);
  bytes.set(said);
  bytes[said.length] = 0x80;
  new DataView(bytes.buffer).setUint32(bytes.length - 4, said.length * 8);
  const h = START.slice();
  for (let from = 0; from < bytes.length; from += 64) block(h, bytes, from);
  return h[0];
}

for (const form of document.querySelectorAll("form[data-puzzle]")) {
  const bits = Number(form.dataset.puzzle);
  const stamp = form.elements.stamp.value;
  let number = 0;
  let wanted = false;
  const search = () => {
    for (let n = 0; n < 2000; n++, number++) {
      if (firstWord(`${stamp}:${number}`) >>> (32 - bits) === 0) {
        form.elements.puzzle.value = String(number);
        if (wanted) form.submit();
        return;
      }
    }
    setTimeout(search);
  };
  form.addEventListener("submit", (event) => {
    if (form.elements.puzzle.value) return;
    event.preventDefault(); // sent by itself as soon as it is solved
    wanted = true;
  });
  search();
}
