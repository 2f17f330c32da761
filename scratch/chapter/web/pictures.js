"use strict";
// Pictures: ink, and what speaks for or against. On few pixels each gets a mark, on many a canvas.

const FINE = lesson.side > 12; // marks on 28 × 28 pixels would be too small to tell apart
root.classList.toggle("fine", FINE);

const viewBox = `viewBox="-0.35 -0.35 ${lesson.side + 0.7} ${lesson.side + 0.7}"`;

/** Grey values as a picture; `cursor`: the pixel that the keyboard is on. */
function inkPicture(pixels, cursor = null) {
  const { side, white } = lesson;
  const cells = FINE ? "" : [...pixels].map((v, j) => (v ? `<rect class="px" x="${j % side}" y="${Math.floor(j / side)}" width="1" height="1" opacity="${(v / white).toFixed(3)}"/>` : "")).join("");
  const image = FINE ? `<image href="${inkUrl(pixels)}" width="${side}" height="${side}" class="ink"/>` : "";
  const ring = cursor === null ? "" : `<rect class="cursor" x="${(cursor % side) + 0.05}" y="${Math.floor(cursor / side) + 0.05}" width="0.9" height="0.9"/>`;
  return `<svg ${viewBox} aria-hidden="true">${image}${cells}${ring}</svg>`;
}

const canvasOf = document.createElement("canvas");
/** side × side values as an image; colour(value, i) gives [red, green, blue, opacity]. */
function imageUrl(values, colour) {
  canvasOf.width = canvasOf.height = lesson.side;
  const context = canvasOf.getContext("2d"), image = context.createImageData(lesson.side, lesson.side);
  for (let i = 0; i < values.length; i++) image.data.set(colour(values[i], i), 4 * i);
  context.putImageData(image, 0, 0);
  return canvasOf.toDataURL();
}
const rgb = (hex) => [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16));
const inkUrl = (pixels) => { const ink = rgb(token("--ink")); return imageUrl(pixels, (v) => [...ink, (255 * v) / lesson.white]); };

/** Marks of pixel × weight: area says how much; a filled square is for, a ring against. */
function marks(parts, largest) {
  const at = (v) => v.toFixed(2), ring = (x, y, r) => `M${at(x - r)} ${y}a${at(r)} ${at(r)} 0 1 0 ${at(2 * r)} 0a${at(r)} ${at(r)} 0 1 0 ${at(-2 * r)} 0z`;
  let [squares, rings] = ["", ""]; // two paths: a hundred elements would take the browser longer
  parts.forEach((v, j) => {
    const size = Math.sqrt(Math.min(1, Math.abs(v) / largest));
    if (size < 0.1) return;
    const [x, y] = [(j % lesson.side) + 0.5, Math.floor(j / lesson.side) + 0.5];
    if (v > 0) squares += `M${at(x - 0.46 * size)} ${at(y - 0.46 * size)}h${at(0.92 * size)}v${at(0.92 * size)}h${at(-0.92 * size)}z`;
    else rings += ring(x, y, 0.45 * size) + ring(x, y, 0.23 * size);
  });
  return `<path class="f" d="${squares}"/><path class="ring" fill-rule="evenodd" d="${rings}"/>`;
}

/** What pixels add, over the faint ink: for and against together, or side by side on many pixels. */
function whyPicture(parts, pixels, largest = parts.reduce((top, v) => Math.max(top, Math.abs(v)), 1e-9)) {
  const { side, white } = lesson;
  if (FINE) return `<div class="both">${[1, -1].map((sign) => `<div class="picture">${onePicture(parts, pixels, sign, largest)}</div>`).join("")}</div>`;
  const under = [...pixels].map((v, j) => (v ? `<rect class="px" x="${j % side}" y="${Math.floor(j / side)}" width="1" height="1" opacity="${((0.12 * v) / white).toFixed(3)}"/>` : "")).join("");
  return `<div class="picture"><svg ${viewBox} aria-hidden="true">${under}${marks(parts, largest)}</svg></div>`;
}
function onePicture(parts, pixels, sign, largest) {
  const [colour, ink] = [rgb(token(sign > 0 ? "--for" : "--against")), rgb(token("--ink"))];
  const url = imageUrl(parts, (v, j) => (sign * v > 0
    ? [...colour, 255 * Math.min(1, Math.abs(v) / largest) ** 0.6] : [...ink, (26 * (pixels ? pixels[j] : 0)) / lesson.white]));
  return `<svg ${viewBox} aria-hidden="true"><image href="${url}" width="${lesson.side}" height="${lesson.side}" class="ink"/></svg>`;
}

/** Weights, or changes of weights: signed values on one scale, small. */
function signedPicture(values, largest) {
  if (!FINE) return `<svg ${viewBox} aria-hidden="true">${marks(values, largest)}</svg>`;
  const [up, down] = [rgb(token("--for")), rgb(token("--against"))];
  const url = imageUrl(values, (v) => [...(v > 0 ? up : down), 255 * Math.min(1, Math.abs(v) / largest) ** 0.6]);
  return `<svg ${viewBox} aria-hidden="true"><image href="${url}" width="${lesson.side}" height="${lesson.side}" class="ink"/></svg>`;
}

const legend = (speaks, against) => `<span><svg viewBox="0 0 10 10" aria-hidden="true"><rect class="f" width="10" height="10" rx="1"/></svg>${FINE ? "left: " : ""}${speaks}</span><span><svg viewBox="0 0 10 10" aria-hidden="true"><circle class="a" cx="5" cy="5" r="3.7" stroke-width="2.4"/></svg>${FINE ? "right: " : ""}${against}</span>`;

const model = (() => {
  const all = unpack(lesson.model.weights, Float64Array); // (10, side²)
  return {
    W: Array.from(lesson.classes, (_, k) => all.subarray(k * AREA, (k + 1) * AREA)),
    b: Float64Array.from(lesson.model.intercepts),
  };
})();
const binary = { w: unpack(lesson.binary.weights, Float64Array), b: lesson.binary.intercept };

/** Grey values as the training set's: in [0, 1], rounded to 32 bits. */
const scaled = (pixels) => Float64Array.from(pixels, (v) => Math.fround(v / lesson.white));
const probabilities = (pixels, { W, b } = model) => softmax(Array.from(scoresOf(scaled(pixels), W, b)));

/** Why class `said` and not `rival`: what each pixel adds, their sum, and the intercepts' difference. */
function reasons(pixels, said, rival, { W, b } = model) {
  const x = scaled(pixels);
  const parts = W[said].map((w, j) => (w - W[rival][j]) * x[j]);
  const sum = parts.reduce((total, part) => total + part, 0);
  return { parts, sum, intercept: b[said] - b[rival] };
}
const accountOf = ({ sum, intercept }, said, rival) => `Pixels <b class="n">${signed(sum)}</b>, intercept <b class="n">${signed(intercept)}</b>: ${said} is ${sum + intercept < 0 ? "behind" : "ahead of"} ${rival} by <b class="n">${Math.abs(sum + intercept).toFixed(1)}</b>.`;

/** Ten bars of probabilities in a list; `truth` null where it is not known. */
function makeBars(host) {
  host.innerHTML = Array.from(lesson.classes, (label) => `<li><span class="column"><span></span><i></i></span><span class="name">${label}</span><span class="tag"></span></li>`).join("");
}
function showBars(host, p, truth = null) {
  const said = p ? argmax(p) : null;
  [...host.children].forEach((li, k) => {
    li.className = p ? `${k === said ? "said " : ""}${k === truth ? "truth" : ""}` : "";
    li.querySelector("i").style.height = `${p ? Math.max(2, 78 * p[k]).toFixed(1) : 2}%`;
    li.querySelector(".column span").textContent = p ? `${sure(p[k])}${k === said ? " %" : ""}` : "";
    li.querySelector(".tag").textContent = k === said ? (k === truth ? "right" : "says") : k === truth ? "is" : "";
  });
}
