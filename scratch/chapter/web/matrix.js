"use strict";
// The confusion matrix, and the digits in its cells.

const shownDigits = unpack(lesson.cells.pixels, Uint8Array);
const shownProbabilities = unpack(lesson.cells.probabilities, Float32Array);
const pixelsOf = (k) => shownDigits.subarray(k * lesson.side ** 2, (k + 1) * lesson.side ** 2);
const probabilitiesOf = (k) => [...shownProbabilities.subarray(10 * k, 10 * k + 10)];
const mostWrong = Math.max(...lesson.confusion.flatMap((row, i) => row.filter((_, j) => i !== j)), 1);
const cellButtons = [];

/** A probability with as many nines as it needs. */
function nines(p) {
  if (p === 1) return "1";
  const digits = Math.max(2, Math.ceil(-Math.log10(1 - p)));
  return (Math.floor(p * 10 ** digits) / 10 ** digits).toFixed(digits);
}

/** The likeliest answers in words: "4: 0.52". */
function answers(probabilities, n = 3) {
  const order = [...probabilities.keys()].sort((a, b) => probabilities[b] - probabilities[a]);
  return order.slice(0, n).map((k) => `${lesson.classes[k]}: ${nines(probabilities[k])}`);
}

function showCell(i, j) {
  cellButtons.forEach((button, k) => button.setAttribute("aria-pressed", k === 10 * i + j));
  const [is, said] = [lesson.classes[i], lesson.classes[j]];
  const inside = lesson.cells.truth.flatMap((_, k) =>
    lesson.cells.truth[k] === i && lesson.cells.said[k] === j ? [k] : []);
  const n = lesson.confusion[i][j];
  const some = inside.length < n ? `; ${inside.length} of them, the surest first` : "";
  const digits = element("div", { class: "digits" });
  for (const k of inside) {
    const lines = answers(probabilitiesOf(k)).flatMap((line, nth) => (nth ? [element("br"), line] : [line]));
    const figure = digitFigure(pixelsOf(k), ...lines);
    const why = element("button", { type: "button", class: "small", "aria-label": `Why ${said}?` }, "Why?");
    why.addEventListener("click", () => {
      showDigit(k, i === j ? null : i);
      $("pad").scrollIntoView({ block: "start" });
      $("why-rival").focus({ preventScroll: true });
    });
    figure.append(why);
    digits.append(figure);
  }
  const a = is === "8" ? "An" : "A";
  const what = i === j ? `${a} ${is}, rightly called ${said}` : `${a} ${is} that was called ${said}`;
  announce(`${what}: ${n.toLocaleString("en")}.`);
  $("cell").replaceChildren(element("p", {}, `${what}: ${n.toLocaleString("en")}${some}.`), digits);
}

function makeMatrix() {
  const names = [...lesson.classes];
  const [body] = $("matrix").tBodies;
  const head = element("tr", {}, element("td", { class: "corner" }, "is \\ said"), ...names.map((c) => element("th", { scope: "col" }, c)));
  body.replaceChildren(head); // in place of the rows of who reads without scripts
  lesson.confusion.forEach((row, i) => {
    const line = element("tr", {}, element("th", { scope: "row" }, names[i]));
    row.forEach((n, j) => {
      const button = element("button", { type: "button", tabindex: cellButtons.length ? -1 : 0 }, `${n}`);
      button.setAttribute("aria-label", `is ${names[i]}, said ${names[j]}: ${n}`);
      // Errors are rare: their colour is on a scale of its own.
      const share = i === j ? 0.45 : 0.4 * Math.sqrt(n / mostWrong);
      button.style.background = `rgba(var(--shade), ${share.toFixed(3)})`;
      button.addEventListener("click", () => showCell(i, j));
      button.addEventListener("focus", () => {
        for (const other of cellButtons) other.tabIndex = other === button ? 0 : -1;
      });
      cellButtons.push(button);
      line.append(element("td", {}, button));
    });
    body.append(line);
  });
  $("matrix").addEventListener("keydown", (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -10, ArrowDown: 10 }[event.key];
    const at = cellButtons.indexOf(document.activeElement);
    const sideways = Math.abs(step) === 1 && Math.floor((at + step) / 10) !== Math.floor(at / 10);
    if (!step || at < 0 || sideways || !cellButtons[at + step]) return;
    event.preventDefault();
    cellButtons[at + step].focus();
  });
}
makeMatrix();
{
  const worst = lesson.confusion.flatMap((row, i) => row.map((n, j) => [i === j ? -1 : n, i, j]));
  const [, i, j] = worst.reduce((a, b) => (b[0] > a[0] ? b : a));
  showCell(i, j);
}
