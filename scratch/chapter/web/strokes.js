"use strict";
// Strokes become pixels like the training set's. A stroke is a list of [x, y], from 0 to 1.

const longOf = (strokes) => strokes.reduce((sum, stroke) => sum + stroke.reduce((s, p, k) => s + (k ? Math.hypot(p[0] - stroke[k - 1][0], p[1] - stroke[k - 1][1]) : 0), 0), 0);

/** The smallest box around all strokes: its middle, and its longer side. */
function boxOf(points) {
  const [xs, ys] = [0, 1].map((k) => points.map((p) => p[k]));
  const [x0, x1, y0, y1] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  return { x: (x0 + x1) / 2, y: (y0 + y1) / 2, size: Math.max(x1 - x0, y1 - y0, 0.12) };
}

/** Draw strokes on a canvas; place(x, y) gives where a point lies there. */
function trace(context, strokes, width, place) {
  context.lineWidth = width;
  context.lineCap = context.lineJoin = "round";
  for (const stroke of strokes) {
    context.beginPath();
    context.moveTo(...place(...stroke[0]));
    for (const point of stroke) context.lineTo(...place(...point));
    context.stroke();
  }
}

const fineCanvas = document.createElement("canvas");
/** The strokes' opacity, 0 to 255, at four times the resolution: filling the box, pen in pixels. */
function rendered(strokes, pen, dx = 0, dy = 0) {
  const fine = 4 * lesson.side, bounds = boxOf(strokes.flat());
  const scale = (4 * (lesson.drawing.box - pen)) / bounds.size;
  fineCanvas.width = fineCanvas.height = fine; // this also clears it
  const context = fineCanvas.getContext("2d", { willReadFrequently: true });
  trace(context, strokes, 4 * pen, (x, y) => [fine / 2 + (x - bounds.x) * scale + dx, fine / 2 + (y - bounds.y) * scale + dy]);
  const { data } = context.getImageData(0, 0, fine, fine), opacity = new Uint8Array(fine * fine);
  for (let i = 0; i < opacity.length; i++) opacity[i] = data[4 * i + 3];
  return opacity;
}

/** How much ink, in full pixels. */
const inkOf = (opacity) => opacity.reduce((a, b) => a + b) / 255 / 16;

/** The pen that gives as much ink as the training set's digits have; found by halving. */
function* bestPen(strokes) {
  let [thin, thick] = lesson.drawing.pens;
  while (thick - thin > 0.05) {
    const middle = (thin + thick) / 2;
    if (inkOf(rendered(strokes, middle)) < lesson.drawing.ink) thin = middle; else thick = middle;
    yield;
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
function* pixelsOfStrokes(strokes) {
  const { side, white } = lesson, pen = yield* bestPen(strokes);
  let opacity = rendered(strokes, pen);
  yield;
  if (lesson.drawing.byMass) opacity = rendered(strokes, pen, ...toCentre(opacity));
  const sums = new Float64Array(AREA); // of 4 × 4 points each
  opacity.forEach((v, i) => { sums[Math.floor(i / (16 * side)) * side + (Math.floor(i / 4) % side)] += v; });
  return Uint8Array.from(sums, (sum) => Math.round((sum / 16 / 255) * white));
}

/** Strokes as text for a link: four characters a point, strokes apart by "-"; and back. */
const FINEST = 36 ** 2 - 1;
const strokesAsText = (strokes) => strokes.map((stroke) => stroke
  .map((point) => point.map((v) => Math.round(FINEST * Math.min(1, Math.max(0, v))).toString(36).padStart(2, "0")).join(""))
  .filter((pair, k, all) => pair !== all[k - 1]).join("")).join("-");
const strokesOfText = (text) => text.split("-").map((part) => (part.match(/[0-9a-z]{4}/g) ?? [])
  .map((pair) => [0, 2].map((at) => parseInt(pair.slice(at, at + 2), 36) / FINEST))).filter((stroke) => stroke.length);
