"use strict";
// Part 4: the loss of "is it a 1, or a 0?" by one pixel: its values, gradient, and ways down.

const land = { ...lesson.land, heights: unpack(lesson.land.heights, Float32Array), n: lesson.land.counts.flat().reduce((a, b) => a + b) };
land.columns = land.heights.length / land.rows;
const GREYS = Array.from({ length: lesson.white + 1 }, (_, v) => Math.fround(v / lesson.white));

/** The mean loss at (w, b): digits with the same grey value are counted. */
function landLoss(w, b) {
  let sum = 0;
  for (let v = 0; v <= lesson.white; v++) {
    const [zeros, ones] = [land.counts[0][v], land.counts[1][v]], z = w * GREYS[v] + b;
    if (zeros) sum += zeros * binaryLoss(z, 0);
    if (ones) sum += ones * binaryLoss(z, 1);
  }
  return sum / land.n;
}
/** The gradient on all samples. */
function landGradient(w, b) {
  let [gw, gb] = [0, 0];
  for (let v = 0; v <= lesson.white; v++) {
    const [zeros, ones] = [land.counts[0][v], land.counts[1][v]];
    if (!(zeros + ones)) continue;
    const p = sigmoid(w * GREYS[v] + b), residual = zeros * p + ones * (p - 1);
    gw += residual * GREYS[v];
    gb += residual;
  }
  return [gw / land.n, gb / land.n];
}
/** The gradient on some samples, each [grey value, label]. */
function landGradientOn(batch, w, b) {
  let [gw, gb] = [0, 0];
  for (const [x, y] of batch) {
    const residual = sigmoid(w * x + b) - y;
    gw += (residual * x) / batch.length;
    gb += residual / batch.length;
  }
  return [gw, gb];
}
const landSamples = [0, 1].flatMap((y) => land.counts[y].flatMap((count, v) => Array(count).fill([GREYS[v], y])));

/** The weights before and after each step: v ← μ v - η · gradient, (w, b) ← (w, b) + v. */
function walk({ eta, batch, mu, start }, steps) {
  const random = seeded(7);
  let [w, b] = start, [vw, vb] = [0, 0], batches = [];
  const path = [[w, b]];
  for (let k = 0; k < steps; k++) {
    if (batch && !batches.length) batches = minibatches(land.n, batch, random);
    const [gw, gb] = batch ? landGradientOn(batches.shift().map((i) => landSamples[i]), w, b) : landGradient(w, b);
    [vw, vb] = [mu * vw - eta * gw, mu * vb - eta * gb];
    [w, b] = [w + vw, b + vb];
    path.push([w, b]);
  }
  return path;
}

/** Marching squares: the segments where the loss is `level`, in columns and rows of the grid. */
function contour(level) {
  const { heights, rows, columns } = land, out = [];
  const at = (r, c) => heights[r * columns + c];
  const cross = ([r, c], [r2, c2]) => {
    const f = (level - at(r, c)) / (at(r2, c2) - at(r, c));
    return `${(c + f * (c2 - c)).toFixed(2)} ${(r + f * (r2 - r)).toFixed(2)}`;
  };
  for (let r = 0; r < rows - 1; r++) {
    for (let c = 0; c < columns - 1; c++) {
      const corners = [[r, c], [r, c + 1], [r + 1, c + 1], [r + 1, c]], ends = [];
      corners.forEach((p, i) => {
        const q = corners[(i + 1) % 4];
        if ((at(...p) > level) !== (at(...q) > level)) ends.push(cross(p, q));
      });
      for (let i = 0; i + 1 < ends.length; i += 2) out.push(`M${ends[i]}L${ends[i + 1]}`);
    }
  }
  return out.join("");
}

/** The colours of the bands between the levels, the lowest first: light is low. */
function bandColours() {
  const [low, high] = [rgb(token("--low")), rgb(token("--high"))], n = land.levels.length;
  return Array.from({ length: n + 1 }, (_, i) => low.map((v, c) => Math.round(v + (high[c] - v) * (i / n) ** 0.85)));
}
/** The ground as an image: bands of colour between the levels. */
function landGround() {
  const { heights, rows, columns, levels } = land;
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [4 * columns, 4 * rows];
  const context = canvas.getContext("2d"), image = context.createImageData(canvas.width, canvas.height), colours = bandColours();
  for (let y = 0, k = 0; y < canvas.height; y++) {
    const r = (y / (canvas.height - 1)) * (rows - 1), r0 = Math.min(r | 0, rows - 2), v = r - r0;
    for (let x = 0; x < canvas.width; x++, k += 4) {
      const c = (x / (canvas.width - 1)) * (columns - 1), c0 = Math.min(c | 0, columns - 2), u = c - c0, i = r0 * columns + c0;
      const h = (heights[i] * (1 - u) + heights[i + 1] * u) * (1 - v) + (heights[i + columns] * (1 - u) + heights[i + columns + 1] * u) * v;
      let band = 0;
      while (band < levels.length && h > levels[band]) band++;
      const [red, green, blue] = colours[band];
      image.data[k] = red; image.data[k + 1] = green; image.data[k + 2] = blue; image.data[k + 3] = 255;
    }
  }
  context.putImageData(image, 0, 0);
  return canvas.toDataURL();
}
