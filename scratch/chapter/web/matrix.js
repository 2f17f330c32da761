"use strict";
// Part 6: the confusion matrix, and the digits in its cells.

const matrix = { buttons: [], bytes: null, at: [0, 0] };
const cellPixels = (k) => pixelsOf(matrix.bytes, k);

function showCell(i, j) {
  matrix.at = [i, j];
  matrix.buttons.forEach((button, k) => button.setAttribute("aria-pressed", k === 10 * i + j));
  const [is, said] = [lesson.classes[i], lesson.classes[j]], n = lesson.confusion[i][j];
  const inside = lesson.cells.truth.flatMap((_, k) => (lesson.cells.truth[k] === i && lesson.cells.said[k] === j ? [k] : []));
  const some = inside.length < n ? `; ${inside.length} of them, the surest first` : "";
  const digits = element("div", { class: "odd" });
  for (const k of inside) {
    const picture = element("div", { class: "picture", role: "img", "aria-label": `${an(is)}, called ${said}` });
    picture.innerHTML = inkPicture(cellPixels(k));
    const p = probabilities(cellPixels(k));
    const why = element("button", { type: "button", class: "quiet mini", "aria-label": `Why ${said}?` }, "Why?");
    why.addEventListener("click", () => { showDigit(k); bringUp($("draw")); $("rival").focus({ preventScroll: true }); });
    digits.append(element("figure", {}, picture, element("figcaption", {}, `${said}: ${sure(p[j])} %`), why));
  }
  const what = i === j ? `${an(is)}, rightly called ${said}` : `${an(is)} that was called ${said}`;
  const words = `${what[0].toUpperCase()}${what.slice(1)}: ${n.toLocaleString("en")}${some}.`;
  announce(words);
  $("cell").replaceChildren(element("p", { class: "label" }, words), digits);
  showLink("cell");
}

keepsState("cell", 6, () => ({ is: matrix.at[0], called: matrix.at[1] }), ({ is, called }) => {
  const cell = [is, called].map((text) => numberIn(text, 0, 9));
  if (!cell.includes(null)) showCell(...cell);
});

function makeMatrix() {
  const worst = Math.max(1, ...lesson.confusion.flatMap((row, i) => row.filter((_, j) => i !== j)));
  lesson.confusion.forEach((row, i) => {
    const cells = $("matrix").rows[i + 1].cells;
    row.forEach((n, j) => {
      const button = element("button", { type: "button", tabindex: matrix.buttons.length ? -1 : 0 }, `${n}`);
      button.setAttribute("aria-label", `is ${lesson.classes[i]}, called ${lesson.classes[j]}: ${n}`);
      if (i !== j) button.style.setProperty("--share", `${Math.round(100 * Math.sqrt(n / worst))}%`); // errors are rare: a scale of their own
      button.addEventListener("click", () => showCell(i, j));
      button.addEventListener("focus", () => { for (const other of matrix.buttons) other.tabIndex = other === button ? 0 : -1; });
      matrix.buttons.push(button);
      cells[j + 1].replaceChildren(button);
    });
  });
  $("matrix").addEventListener("keydown", (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -10, ArrowDown: 10 }[event.key];
    const at = matrix.buttons.indexOf(document.activeElement);
    if (!step || at < 0) return;
    event.preventDefault();
    event.stopPropagation();
    const sideways = Math.abs(step) === 1 && Math.floor((at + step) / 10) !== Math.floor(at / 10);
    if (!sideways) matrix.buttons[at + step]?.focus();
  });
}
async function startMatrix() {
  matrix.bytes = await inflate(lesson.cells.pixels);
  makeMatrix();
  const all = lesson.confusion.flatMap((row, i) => row.map((n, j) => [i === j ? -1 : n, i, j]));
  const [, i, j] = all.reduce((a, b) => (b[0] > a[0] ? b : a));
  showCell(i, j);
}
