"use strict";
// The loss over two weights, the ways down it, and what becomes of one rounding.

const land = { ...lesson.landscape, x: null, y: null, ground: null };

const sigmoid = (z) => {
  const e = Math.exp(-Math.abs(z));
  return (z >= 0 ? 1 : e) / (1 + e);
};

/** The mean of log(1 + exp(-margin)), where a margin is how far z is on the right side. */
function binaryCrossEntropy(z, y) {
  return z.reduce((sum, score, i) => {
    const margin = y[i] ? score : -score;
    return sum + Math.max(0, -margin) + Math.log1p(Math.exp(-Math.abs(margin)));
  }, 0) / z.length;
}

const landLoss = (w) => binaryCrossEntropy(land.x.map((x) => dot(x, w) + land.intercept), land.y);

/** One step on a batch, a list of indices: w - η · mean of (σ(w · x + b) - y) x. */
function landStep(w, batch, eta) {
  const gradient = w.map(() => 0);
  for (const i of batch) {
    const residual = sigmoid(dot(land.x[i], w) + land.intercept) - land.y[i];
    gradient.forEach((_, j) => { gradient[j] += (residual * land.x[i][j]) / batch.length; });
  }
  return w.map((weight, j) => weight - eta * gradient[j]);
}

/** The weights before and after each of n steps. */
function walk(eta, batchSize, n) {
  const random = seeded(1);
  const path = [[0, 0]];
  let batches = [];
  while (path.length <= n) {
    if (!batches.length) batches = minibatches(land.y.length, batchSize, random);
    path.push(landStep(path[path.length - 1], batches.shift(), eta));
  }
  return path;
}

/** The loss at 40 × 40 weights as bands of blue, the darker the higher. */
function paintGround() {
  const n = 40;
  const at = (axis, i) => axis[0] + ((axis[1] - axis[0]) * (i + 0.5)) / n;
  const losses = Array.from({ length: n * n }, (_, k) =>
    Math.log(landLoss([at(land.axes[0], k % n), at(land.axes[1], n - 1 - Math.floor(k / n))])));
  const [low, high] = spread(losses);
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = n;
  const image = canvas.getContext("2d").createImageData(n, n);
  losses.forEach((loss, k) => {
    const band = Math.floor((10 * (loss - low)) / (high - low)) / 10;
    image.data.set([0, 103, 166, Math.round(150 * band)], 4 * k);
  });
  canvas.getContext("2d").putImageData(image, 0, 0);
  return canvas;
}

const WAYS = [["one sample", 1, "two"], ["a mini-batch of 32", 32, "three"], ["all samples", Infinity, "one"]];

function showLandscape() {
  const [eta, n] = [Number($("land-eta").value), Number($("land-steps").value)];
  const paths = WAYS.map(([name, size, style]) => ({ name, style, size: Math.min(size, land.y.length),
    points: walk(eta, Math.min(size, land.y.length), n) }));
  const ends = paths.map((path) => ({ ...path, loss: landLoss(path.points[n]) }));
  const inside = ([u, v]) => [u, v].every((value, k) => value >= land.axes[k][0] && value <= land.axes[k][1]);
  const words = ends.map(({ name, loss, points }) =>
    `${name}: loss ${loss.toPrecision(3)}${points.every(inside) ? "" : ", out of the picture on the way"}`);
  chart($("land-chart"), {
    title: `Paths of ${n} steps of ${eta}`,
    says: words.join("; "),
    x: { range: land.axes[0], label: `weight of the pixel in ${placeOf(land.pixels[0])}` },
    y: { range: land.axes[1], label: `weight of the pixel in ${placeOf(land.pixels[1])}` },
    series: paths.map((path) => ({ ...path, marks: true })),
    ground: land.ground,
  });
  $("land-steps-said").textContent = n;
  $("land-rows").replaceChildren(...ends.map(({ name, size, loss }) => element("tr", {},
    element("th", { scope: "row" }, name), element("td", {}, (n * size).toLocaleString("en")), element("td", {}, loss.toPrecision(4)))));
  const climbed = ends.filter(({ loss }) => loss > landLoss([0, 0])).map(({ name }) => name);
  $("land-words").textContent = climbed.length
    ? `Higher than where it began (${landLoss([0, 0]).toPrecision(3)}), on ${climbed.join(", on ")}: these steps overshoot.` : "";
  return words.join("; ");
}

const placeOf = (pixel) => `row ${Math.floor(pixel / lesson.side) + 1}, column ${(pixel % lesson.side) + 1}`;

/** How far two runs are apart after each step, relative to the weights: w · x added up forwards, and backwards. */
function twins(eta, n) {
  const random = seeded(2);
  const runs = [1, -1].map(() => ({ w: new Float64Array(lesson.side ** 2), b: 0 }));
  const apart = [];
  let order = [];
  while (apart.length < n) {
    if (!order.length) order = minibatches(land.y.length, 1, random).flat();
    const i = order.shift();
    const x = live.train.X[i];
    runs.forEach((run, backwards) => {
      let z = 0;
      for (let j = 0; j < x.length; j++) {
        const at = backwards ? x.length - 1 - j : j;
        z += run.w[at] * x[at];
      }
      const residual = sigmoid(z + run.b) - land.y[i];
      for (let j = 0; j < x.length; j++) run.w[j] -= eta * residual * x[j];
      run.b -= eta * residual;
    });
    const [u, v] = runs.map((run) => run.w);
    apart.push(Math.sqrt(u.reduce((sum, weight, j) => sum + (weight - v[j]) ** 2, 0) / Math.max(dot(u, u), 1e-300)));
  }
  return apart;
}

const TWIN_STEPS = 4000;

function showTwins() {
  const etas = [...new Set([0.01, Number($("land-eta").value)])];
  const series = etas.map((eta, k) => ({
    name: `steps of ${eta}`,
    style: ["one", "two"][k],
    points: twins(eta, TWIN_STEPS).map((d, i) => [i + 1, Math.max(d, 1e-17)]).filter((_, i) => i % 20 === 19),
  }));
  const last = series.map(({ name, points }) => `${name}: ${points[points.length - 1][1].toExponential(0)}`).join("; ");
  chart($("twin-chart"), {
    title: `Relative distance of the two runs after ${TWIN_STEPS.toLocaleString("en")} steps`,
    says: last,
    x: { range: [0, TWIN_STEPS], label: "step" },
    y: { range: [1e-17, 10], label: "relative distance", log: true },
    series,
  });
  return last;
}

live.ready.then(() => {
  land.y = live.train.y.map((label) => Number(lesson.classes[label] === lesson.digit));
  land.x = live.train.X.map((x) => land.pixels.map((pixel, k) => (x[pixel] - land.means[k]) / land.spreads[k]));
  land.ground = paintGround();
  $("land-steps").addEventListener("input", () => announce(showLandscape()));
  $("land-eta").addEventListener("input", () => announce(`${showLandscape()}. Two runs: ${showTwins()}`));
  showLandscape();
  showTwins();
});
