"use strict";
// Part 3: one step of training on one digit, two classes: "is it this digit?"

const one = { index: 0, w: null, b: 0, taken: 0 };
const isDigit = (i) => Number(lesson.classes[sets.train.y[i]] === lesson.digit);

/** What a step on training digit i does: all that it goes through, and where it leads. */
function stepOn(i, w, b, eta) {
  const [x, y] = [sets.train.X[i], isDigit(i)];
  const z = dot(w, x) + b, p = sigmoid(z), move = -eta * (p - y);
  return { x, y, z, p, change: x.map((v) => move * v), w: w.map((v, j) => v + move * x[j]), b: b + move };
}

function showStep() {
  const eta = Number(checked("step-eta"));
  const { x, y, z, p, change, w } = stepOn(one.index, one.w, one.b, eta);
  const after = sigmoid(dot(w, x) + stepOn(one.index, one.w, one.b, eta).b);
  const top = [one.w, change, w].reduce((most, row) => row.reduce((m, v) => Math.max(m, Math.abs(v)), most), 1e-9);
  const label = lesson.classes[sets.train.y[one.index]];
  const cell = (picture, words, name) => `<figure><div class="picture" role="img" aria-label="${name}">${picture}</div><figcaption>${words}</figcaption></figure>`;
  $("step-pictures").innerHTML = [
    cell(signedPicture(one.w, top), `w, after ${one.taken} steps`, "weights before the step"), `<span class="sign">+</span>`,
    cell(signedPicture(change, top), `−η (p − y) · x`, "what the step adds"), `<span class="sign">=</span>`,
    cell(signedPicture(w, top), "w after it", "weights after the step"),
    cell(inkPicture(pixelsOf(sets.train.bytes, one.index)), `x: ${an(label)}, so y = ${y}`, `training digit, ${an(label)}`),
  ].join("");
  $("step-says").innerHTML = `Score ${minus(z.toFixed(2))}, p = ${p.toFixed(3)}: p − y = <b class="n">${signed(p - y, 3)}</b>, so the digit is ${p > y ? "taken away" : "added"}, ${Math.abs(eta * (p - y)).toPrecision(2)} times. Its probability goes from ${p.toFixed(3)} to ${after.toFixed(3)}.`;
  announce($("step-says").textContent);
}
function takeStep() {
  const { w, b } = stepOn(one.index, one.w, one.b, Number(checked("step-eta")));
  Object.assign(one, { w, b, taken: one.taken + 1 });
}
const nextDigit = () => { one.index = (one.index + 1) % sets.train.X.length; };

whenReady(() => {
  one.w = new Float64Array(AREA);
  one.index = sets.train.y.findIndex((_, i) => isDigit(i));
  const acts = {
    take: () => takeStep(),
    next: nextDigit,
    many: () => { for (let k = 0; k < 200; k++) { takeStep(); nextDigit(); } },
    zero: () => Object.assign(one, { w: new Float64Array(AREA), b: 0, taken: 0 }),
  };
  for (const [name, act] of Object.entries(acts)) $(`step-${name}`).addEventListener("click", () => { act(); showStep(); });
  $("step-eta").addEventListener("input", showStep);
  whenThemed(showStep);
  showStep();
});
