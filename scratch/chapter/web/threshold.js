"use strict";
// The threshold: counts, ratios and curves.

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
  says: "as the threshold falls, recall rises from 0 to 1, at the cost of precision in the end",
  x: { range: [0, 1.02], label: "recall" },
  y: { range: [0, 1.02], label: "precision" },
  series: [{ style: "one", points: atAll.map((c) => [recallOf(c), precisionOf(c)]) }],
});
const rocChart = chart($("roc-chart"), {
  title: "ROC curve: true positive rate against false positive rate",
  says: "it rises steeply along the left edge, towards a rate of 1 without false alarms",
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
    says: `most digits that are ${lesson.digit} score above 0, nearly all others below`,
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
  announce(`Threshold ${threshold.toFixed(3)}: precision ${percent(precisionOf(c))}, recall ${percent(recallOf(c))}.`);
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
