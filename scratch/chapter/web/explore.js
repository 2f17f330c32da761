"use strict";
// The data, the loss, training epoch by epoch, the threshold, the confusion matrix.

// ---- the first ten digits, and the loss of one forecast

const firstDigits = unpack(lesson.first.pixels, Uint8Array);
for (let i = 0; i < 10; i++) {
  const pixels = firstDigits.subarray(i * lesson.side ** 2, (i + 1) * lesson.side ** 2);
  $("first-digits").append(digitFigure(pixels, lesson.first.labels[i]));
}

{
  const { p, if_one, if_zero } = lesson.loss;
  chart($("loss-chart"), {
    title: "The loss of one forecast against its probability",
    x: { range: [0, 1], label: "forecast probability of 1" },
    y: { range: [0, 5], label: "loss (nats)" },
    series: [
      { name: "the truth is 1", style: "one", points: p.map((v, i) => [v, if_one[i]]).filter((q) => q[1] <= 5) },
      { name: "the truth is 0", style: "two", points: p.map((v, i) => [v, if_zero[i]]).filter((q) => q[1] <= 5) },
    ],
  });
}

// ---- training, epoch by epoch

const growth = lesson.growth;
const frames = unpack(growth.weights, Int8Array); // (n_epochs + 1, 10, side²), 127 is the largest
const growthChart = chart($("growth-chart"), {
  title: "Cross-entropy on the training set against epochs",
  x: { range: [0, growth.losses.length - 1], label: "epoch" },
  y: { range: logRange(growth.losses), label: "cross-entropy (nats), logarithmic", log: true },
  series: [{ style: "one", marks: true, points: growth.losses.map((loss, epoch) => [epoch, loss]) }],
});
const weightPictures = [...lesson.classes].map((label) => {
  const canvas = element("canvas", { role: "img", "aria-label": `weights of the digit ${label}` });
  $("weights").append(element("figure", {}, canvas, element("figcaption", {}, label)));
  return canvas;
});

/** From red (against) over white to blue (for). */
function diverging(value) {
  const strength = Math.min(1, Math.abs(value) / 127) ** 0.6;
  const end = value > 0 ? [5, 80, 160] : [178, 24, 43];
  return end.map((c) => Math.round(250 + (c - 250) * strength));
}

function showEpoch(epoch) {
  const area = lesson.side ** 2;
  weightPictures.forEach((canvas, k) => {
    const start = (epoch * 10 + k) * area;
    paint(canvas, frames.subarray(start, start + area), diverging);
  });
  growthChart.place(epoch, growth.losses[epoch]);
  const said = `${epoch}: loss ${growth.losses[epoch].toFixed(5)}, test accuracy ${percent(growth.accuracies[epoch])}`;
  $("epoch").value = epoch;
  $("epoch").setAttribute("aria-valuetext", said);
  $("epoch-said").textContent = said;
}

let playing = null;
function stop() {
  clearInterval(playing);
  playing = null;
  $("play").textContent = "Play";
}
$("epoch").max = growth.losses.length - 1;
$("epoch").addEventListener("input", (event) => {
  stop();
  showEpoch(Number(event.target.value));
});
$("play").addEventListener("click", () => {
  if (playing) return stop();
  let epoch = Number($("epoch").value) % (growth.losses.length - 1);
  $("play").textContent = "Pause";
  showEpoch(epoch);
  playing = setInterval(() => {
    showEpoch(++epoch);
    if (epoch === growth.losses.length - 1) stop();
  }, 400);
});
showEpoch(growth.losses.length - 1);

{
  const runs = growth.races;
  const [, slowest] = spread(...runs.map((run) => run.seconds));
  chart($("race-chart"), {
    title: `Loss against training time: ${runs.map((run) => run.name).join(" and ")}`,
    x: { range: [0, slowest * 1.03], label: "training time (s)" },
    y: { range: logRange(...runs.map((run) => run.losses)), label: "log loss", log: true },
    series: runs.map((run, k) => ({
      name: run.name,
      style: ["one", "two", "three"][k],
      marks: true,
      points: run.seconds.map((s, i) => [s, run.losses[i]]),
    })),
  });
}

// ---- the threshold

const scores = unpack(lesson.binary.scores, Float64Array); // ascending
const positives = unpack(lesson.binary.truth, Uint8Array); // in the same order, 1 or 0
const before = [0]; // how many positives lie below the i-th score
for (const truth of positives) before.push(before[before.length - 1] + truth);
const nPositive = before[scores.length];
const nNegative = scores.length - nPositive;

/** The four counts when everything with score >= threshold is called positive. */
function countsAt(threshold) {
  let [low, high] = [0, scores.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (scores[middle] < threshold) low = middle + 1;
    else high = middle;
  }
  const fn = before[low];
  const tn = low - fn;
  return { tn, fn, tp: nPositive - fn, fp: nNegative - tn };
}

const precisionOf = ({ tp, fp }) => tp / (tp + fp);
const recallOf = ({ tp, fn }) => tp / (tp + fn);
const f1Of = ({ tp, fp, fn }) => (2 * tp) / (2 * tp + fp + fn);
const falseAlarmsOf = ({ fp, tn }) => fp / (fp + tn);

const ends = lesson.binary.shown;
const atAll = [...new Set(scores)].map(countsAt);
const prChart = chart($("pr-chart"), {
  title: "Precision against recall",
  x: { range: [0, 1.02], label: "recall" },
  y: { range: [0, 1.02], label: "precision" },
  series: [{ style: "one", points: atAll.map((c) => [recallOf(c), precisionOf(c)]) }],
});
const rocChart = chart($("roc-chart"), {
  title: "ROC curve: true positive rate against false positive rate",
  x: { range: [0, 1.02], label: "false positive rate" },
  y: { range: [0, 1.02], label: "true positive rate" },
  series: [{ style: "one", points: [...atAll.map((c) => [falseAlarmsOf(c), recallOf(c)]), [0, 0]] }],
});
const scoreChart = (() => {
  const wide = (ends[1] - ends[0]) / 40;
  const bars = [0, 1].map((kind) => {
    const heights = Array(40).fill(0);
    scores.forEach((score, i) => {
      const bin = Math.floor((score - ends[0]) / wide);
      if (positives[i] === kind) heights[Math.min(39, Math.max(0, bin))] += 1 / (kind ? nPositive : nNegative);
    });
    return heights.map((height, bin) => [ends[0] + bin * wide, height, wide]);
  });
  const [, highest] = spread(...bars.map((list) => list.map((bar) => bar[1])));
  return chart($("score-chart"), {
    title: "How the scores are spread",
    x: { range: ends, label: "score" },
    y: { range: [0, highest], label: "share" },
    percentY: true,
    series: [
      { name: `is ${lesson.digit}`, style: "one", bars: true, points: bars[1] },
      { name: `not ${lesson.digit}`, style: "two", bars: true, points: bars[0] },
    ],
  });
})();

function showThreshold(threshold, preset = null) {
  const c = countsAt(threshold);
  for (const kind of ["tn", "fp", "fn", "tp"]) $(kind).textContent = c[kind].toLocaleString("en");
  $("precision").textContent = percent(precisionOf(c));
  $("recall").textContent = percent(recallOf(c));
  $("f1").textContent = percent(f1Of(c));
  const likelihood = 1 / (1 + Math.exp(-threshold));
  const said = `${threshold.toFixed(3)}, probability ${likelihood.toPrecision(3)}`;
  $("threshold-said").textContent = said;
  $("threshold-said").dataset.threshold = threshold;
  $("threshold").setAttribute("aria-valuetext", said);
  if (c.tp + c.fp) prChart.place(recallOf(c), precisionOf(c));
  rocChart.place(falseAlarmsOf(c), recallOf(c));
  scoreChart.rule(threshold);
  for (const button of presets) button.setAttribute("aria-pressed", button.dataset.threshold === preset);
}

const presets = document.querySelectorAll("[data-threshold]:is(button)");
const thresholds = { usual: 0, ...lesson.binary.wishes };
for (const button of presets) {
  button.addEventListener("click", () => choose(button.dataset.threshold));
}
function choose(preset) {
  const threshold = thresholds[preset];
  $("threshold").value = (1000 * (threshold - ends[0])) / (ends[1] - ends[0]);
  showThreshold(threshold, preset);
}
$("threshold").addEventListener("input", (event) => {
  showThreshold(ends[0] + (event.target.value / 1000) * (ends[1] - ends[0]));
});
choose("usual");

// ---- the confusion matrix

const shownDigits = unpack(lesson.cells.pixels, Uint8Array);
const shownProbabilities = unpack(lesson.cells.probabilities, Float32Array);
const pixelsOf = (k) => shownDigits.subarray(k * lesson.side ** 2, (k + 1) * lesson.side ** 2);
const probabilitiesOf = (k) => [...shownProbabilities.subarray(10 * k, 10 * k + 10)];
const mostWrong = Math.max(...lesson.confusion.flatMap((row, i) => row.filter((_, j) => i !== j)), 1);
const cellButtons = [];

/** The likeliest answers in words: "4: 0.52". */
function answers(probabilities, n = 3) {
  const order = [...probabilities.keys()].sort((a, b) => probabilities[b] - probabilities[a]);
  return order.slice(0, n).map((k) => `${lesson.classes[k]}: ${probabilities[k].toFixed(3)}`);
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
    digits.append(digitFigure(pixelsOf(k), ...lines));
  }
  const a = is === "8" ? "An" : "A";
  const what = i === j ? `${a} ${is}, rightly called ${said}` : `${a} ${is} that was called ${said}`;
  $("cell").replaceChildren(element("p", {}, `${what}: ${n.toLocaleString("en")}${some}.`), digits);
}

function makeMatrix() {
  const names = [...lesson.classes];
  const head = element("tr", {}, element("td", {}), ...names.map((c) => element("th", { scope: "col" }, c)));
  $("matrix").append(head);
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
    $("matrix").append(line);
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
