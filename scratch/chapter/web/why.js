"use strict";
// Why? Every score is a sum over pixels, pixel × weight, plus an intercept. So it can be taken apart.

const model = (() => {
  const all = unpack(lesson.model.weights, Float64Array); // (10, side²)
  const area = lesson.side ** 2;
  return {
    W: Array.from(lesson.classes, (_, k) => all.subarray(k * area, (k + 1) * area)),
    b: Float64Array.from(lesson.model.intercepts),
  };
})();

/** Grey values as the training set's: in [0, 1], rounded to 32 bits. */
const scaled = (pixels) => Float64Array.from(pixels, (v) => Math.fround(v / lesson.white));
const probabilities = (pixels) => softmax(scoresOf([scaled(pixels)], model.W, model.b))[0];

/** pixel × weight for class k; their sum plus the intercept is the score. */
function partsOf(pixels, k) {
  const x = scaled(pixels);
  const parts = model.W[k].map((weight, j) => weight * x[j]);
  const sum = parts.reduce((total, part) => total + part, 0);
  return { parts, sum, intercept: model.b[k], score: sum + model.b[k] };
}

const REGIONS = ["top left", "top", "top right", "left", "centre", "right", "bottom left", "bottom", "bottom right"];

/** The sums of parts over the nine regions of the picture, the largest first: [[region, sum], ...]. */
function byRegion(parts) {
  const sums = Array(9).fill(0);
  const third = (at) => Math.floor((3 * (at + 0.5)) / lesson.side);
  parts.forEach((part, j) => {
    sums[3 * third(Math.floor(j / lesson.side)) + third(j % lesson.side)] += part;
  });
  return sums.map((sum, r) => [REGIONS[r], sum]).sort((u, v) => Math.abs(v[1]) - Math.abs(u[1]));
}

const signed = (value, digits = 2) => `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(digits)}`;

const whyPictures = ["first", "second", "difference"].map((name) => $(`why-${name}`));
let asked = null; // { pixels, first, second }: what "Why?" explains

function showWhy(pixels, first, second) {
  asked = { pixels, first, second };
  const sides = [first, second].map((k) => partsOf(pixels, k));
  const difference = {
    parts: sides[0].parts.map((part, j) => part - sides[1].parts[j]),
    sum: sides[0].sum - sides[1].sum,
    intercept: sides[0].intercept - sides[1].intercept,
    score: sides[0].score - sides[1].score,
  };
  const all = [...sides, difference];
  const largest = Math.max(1e-9, ...all.flatMap((side) => [...side.parts].map(Math.abs)));
  const [a, b] = [first, second].map((k) => lesson.classes[k]);
  const names = [`for ${a}`, `for ${b}`, `${a} rather than ${b}`];
  all.forEach((side, n) => {
    paint(whyPictures[n], side.parts, (v) => diverging((127 * v) / largest));
    const regions = byRegion(side.parts).slice(0, 3).map(([where, sum]) => `${where} ${signed(sum)}`);
    whyPictures[n].setAttribute("aria-label", `pixel × weight ${names[n]}: ${regions.join(", ")}`);
    for (const row of ["sum", "intercept", "score"]) $(`why-${row}-${n}`).textContent = signed(side[row]);
    for (const place of document.querySelectorAll(`.why-name-${n}`)) place.textContent = names[n];
  });
  const regions = byRegion(difference.parts);
  const listed = (some) => some.slice(0, 3).map(([where, sum]) => `${where} ${signed(sum)}`).join(", ");
  const [speak, against] = [regions.filter(([, sum]) => sum > 0.005), regions.filter(([, sum]) => sum < -0.005)];
  $("why-words").textContent = `The score of ${a} is ${Math.abs(difference.score).toFixed(2)} `
    + `${difference.score < 0 ? "below" : "above"} that of ${b}. For ${a}: ${listed(speak) || "nothing"}. `
    + `For ${b}: ${listed(against).replaceAll("−", "") || "nothing"}. ${narrowZero(pixels, a, b)}`;
  $("why-rival").value = second;
  $("why").hidden = false;
}

/** What the narrow 0 teaches: said where a picture without a hole is compared with 0. */
function narrowZero(pixels, a, b) {
  const { side, white } = lesson;
  if (a !== "1" || b !== "0") return "";
  const middle = [side / 2 - 1, side / 2].flatMap((row) => [side / 2 - 1, side / 2].map((at) => pixels[row * side + at]));
  const grey = middle.reduce((sum, v) => sum + v, 0) / 4 / white;
  if (grey < 0.25) return "";
  return `A 0 is known by its hole: ink in the centre speaks against it, and for 1. Here the centre is ${Math.round(100 * grey)} % inked: `
    + `on ${side} × ${side} pixels a narrow hole closes.`;
}

for (const [k, label] of [...lesson.classes].entries()) $("why-rival").append(element("option", { value: k }, label));
$("why-rival").addEventListener("input", (event) => {
  showWhy(asked.pixels, asked.first, Number(event.target.value));
  announce($("why-words").textContent);
});
