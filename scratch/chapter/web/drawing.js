"use strict";
// Draw a digit: strokes become pixels like the training set's, the trained weights judge them.

const pad = $("pad");
const board = pad.getContext("2d");
let strokes = []; // each a list of [x, y], from 0 to 1
let shown = null; // the test digit on the pad, until somebody draws
let keyboard = { x: 0.5, y: 0.3, down: false };

/** The smallest box around all strokes: its corner, and its longer side. */
function boxOf(points) {
  const [x0, x1] = spread(points.map((p) => p[0]));
  const [y0, y1] = spread(points.map((p) => p[1]));
  return { x: (x0 + x1) / 2, y: (y0 + y1) / 2, size: Math.max(x1 - x0, y1 - y0, 0.12) };
}

/** The strokes' opacity, 0 to 255, at four times the resolution: filling the box, pen in pixels. */
function rendered(pen, dx = 0, dy = 0) {
  const fine = 4 * lesson.side;
  const bounds = boxOf(strokes.flat());
  const scale = (4 * (lesson.drawing.box - pen)) / bounds.size;
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = fine;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  trace(context, 4 * pen, (x, y) => [
    fine / 2 + (x - bounds.x) * scale + dx,
    fine / 2 + (y - bounds.y) * scale + dy,
  ]);
  return context.getImageData(0, 0, fine, fine).data.filter((_, i) => i % 4 === 3);
}

/** How much ink, in full pixels. */
const inkOf = (opacity) => opacity.reduce((a, b) => a + b) / 255 / 16;

/** The pen that gives as much ink as the training set's digits have; found by halving. */
function bestPen() {
  let [thin, thick] = lesson.drawing.pens;
  while (thick - thin > 0.05) {
    const middle = (thin + thick) / 2;
    if (inkOf(rendered(middle)) < lesson.drawing.ink) thin = middle;
    else thick = middle;
  }
  return thin;
}

/** How far to shift the picture, in whole pixels, to have its centre of mass in the middle. */
function toCentre(opacity) {
  const fine = 4 * lesson.side;
  let [mass, mx, my] = [0, 0, 0];
  opacity.forEach((v, i) => {
    mass += v;
    mx += v * ((i % fine) + 0.5);
    my += v * (Math.floor(i / fine) + 0.5);
  });
  return [mx, my].map((m) => 4 * Math.round((fine / 2 - m / mass) / 4));
}

/** Strokes as the training set would show them: grey values, (side²). */
function pixelsOfStrokes() {
  const { side, white } = lesson;
  const pen = bestPen();
  let opacity = rendered(pen);
  if (lesson.drawing.byMass) opacity = rendered(pen, ...toCentre(opacity));
  const sums = new Float64Array(side * side); // of 4 × 4 points each
  opacity.forEach((v, i) => {
    sums[Math.floor(i / (16 * side)) * side + (Math.floor(i / 4) % side)] += v;
  });
  return Uint8Array.from(sums, (sum) => Math.round((sum / 16 / 255) * white));
}

/** Draw all strokes on a canvas; place(x, y) gives where a point of a stroke lies there. */
function trace(context, width, place) {
  context.lineWidth = width;
  context.lineCap = context.lineJoin = "round";
  for (const stroke of strokes) {
    context.beginPath();
    context.moveTo(...place(...stroke[0]));
    for (const point of stroke) context.lineTo(...place(...point));
    context.stroke();
  }
}

const bars = [...lesson.classes].map((label) => {
  const bar = element("i");
  const number = element("span", {}, "–");
  $("bars").append(element("div", { class: "row" }, element("span", {}, label), bar, number));
  return { bar, number };
});

/** Show what the classifier says of a picture, and why: this, and not the runner-up (or a rival). */
function judge(pixels, what, rival = null) {
  paint($("seen"), pixels, ink);
  const p = probabilities(pixels);
  p.forEach((value, k) => {
    bars[k].bar.style.width = `${100 * value}%`;
    bars[k].number.textContent = percent(value);
  });
  $("bars").setAttribute("aria-label", `Probabilities: ${answers(p, 10).join(", ")}`);
  const [best, second] = [...p.keys()].sort((u, v) => p[v] - p[u]);
  showWhy(pixels, best, rival ?? second);
  $("verdict").textContent = `${what}: the classifier says ${lesson.classes[best]}, with probability ${percent(p[best])}.`;
  announce($("verdict").textContent);
}

function redraw() {
  board.fillStyle = "#fff";
  board.fillRect(0, 0, pad.width, pad.height);
  if (shown) {
    const small = document.createElement("canvas");
    paint(small, shown, ink);
    board.imageSmoothingEnabled = false;
    board.drawImage(small, 0, 0, pad.width, pad.height);
  }
  board.strokeStyle = "#000";
  trace(board, 18, (x, y) => [x * pad.width, y * pad.height]);
  if (document.activeElement === pad && pad.matches(":focus-visible")) {
    board.fillStyle = keyboard.down ? "#b84e00" : "#0067a6";
    board.beginPath();
    board.arc(keyboard.x * pad.width, keyboard.y * pad.height, 7, 0, 7);
    board.fill();
  }
  $("pen").textContent = penSaid();
  if (strokes.length) judge(pixelsOfStrokes(), "Drawn");
}

function begin(point) {
  shown = null;
  strokes.push([point]);
}

function clearPad() {
  strokes = [];
  shown = null;
  keyboard = { x: 0.5, y: 0.3, down: false };
  paint($("seen"), new Uint8Array(lesson.side ** 2), ink);
  for (const { bar, number } of bars) {
    bar.style.width = 0;
    number.textContent = "–";
  }
  $("bars").setAttribute("aria-label", "Probabilities of the ten digits");
  $("verdict").textContent = "Nothing is drawn yet.";
  $("why").hidden = true;
  redraw();
}

/** A 0 whose hole is so narrow that the training set's pixels can't show it. */
function drawNarrowZero() {
  clearPad();
  const angles = Array.from({ length: 41 }, (_, i) => (i * Math.PI) / 20);
  strokes = [angles.map((angle) => [0.5 + 0.1 * Math.sin(angle), 0.5 - 0.35 * Math.cos(angle)])];
  redraw();
  judge(pixelsOfStrokes(), "A narrow 0", 0);
}

/** Put the k-th of the page's test digits on the pad; `rival`: what the answer is compared with. */
function showDigit(k, rival = null) {
  clearPad();
  shown = pixelsOf(k);
  redraw();
  judge(shown, `A test digit, ${lesson.classes[lesson.cells.truth[k]]}`, rival);
}

const at = (event) => {
  const place = pad.getBoundingClientRect();
  return [(event.clientX - place.left) / place.width, (event.clientY - place.top) / place.height];
};
pad.addEventListener("pointerdown", (event) => {
  pad.setPointerCapture(event.pointerId);
  keyboard.down = false;
  begin(at(event));
  redraw();
});
pad.addEventListener("pointermove", (event) => {
  if (!pad.hasPointerCapture(event.pointerId)) return;
  strokes[strokes.length - 1].push(at(event));
  redraw();
});
pad.addEventListener("keydown", (event) => {
  const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
  if (event.key === " ") {
    keyboard.down = !keyboard.down;
    if (keyboard.down) begin([keyboard.x, keyboard.y]);
  } else if (step) {
    keyboard.x = Math.min(1, Math.max(0, keyboard.x + 0.04 * step[0]));
    keyboard.y = Math.min(1, Math.max(0, keyboard.y + 0.04 * step[1]));
    if (keyboard.down) strokes[strokes.length - 1].push([keyboard.x, keyboard.y]);
  } else return;
  event.preventDefault();
  redraw();
  announce(`${penSaid()} ${strokes.length ? $("verdict").textContent : ""}`);
});

/** Where the pen is, for who does not see it. */
function penSaid() {
  const across = keyboard.x < 0.35 ? "left" : keyboard.x > 0.65 ? "right" : "middle";
  const down = keyboard.y < 0.35 ? "top" : keyboard.y > 0.65 ? "bottom" : "middle";
  return `Pen ${keyboard.down ? "down" : "up"}, ${down} ${across}: ${Math.round(100 * keyboard.x)} % across, ${Math.round(100 * keyboard.y)} % down.`;
}
pad.addEventListener("focus", redraw);
pad.addEventListener("blur", () => {
  keyboard.down = false;
  redraw();
});

for (const [button, right] of [["sample", true], ["mistake", false]]) {
  const digits = lesson.cells.truth.flatMap((is, k) => ((is === lesson.cells.said[k]) === right ? [k] : []));
  $(button).disabled = !digits.length;
  $(button).addEventListener("click", () => {
    const k = digits[Math.floor(Math.random() * digits.length)];
    showDigit(k, right ? null : lesson.cells.truth[k]);
  });
}
$("clear").addEventListener("click", clearPad);
$("narrow").addEventListener("click", drawNarrowZero);
clearPad();
