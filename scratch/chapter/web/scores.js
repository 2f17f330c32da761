"use strict";
// Part 5: the validation digits by their score, and the four counts at a threshold.

const judged5 = { digits: [], below: [0] }; // rising by score; how many positives lie below the i-th

function makeScores() {
  const { X, y, bytes } = sets.validation;
  judged5.digits = X.map((x, i) => ({ i, label: lesson.classes[y[i]], is: lesson.classes[y[i]] === lesson.digit, score: dot(x, binary.w) + binary.b, pixels: pixelsOf(bytes, i) }))
    .sort((p, q) => p.score - q.score);
  for (const d of judged5.digits) judged5.below.push(judged5.below[judged5.below.length - 1] + d.is);
}

/** The four counts where every digit whose score lies above the threshold is called positive. */
function countsAt(threshold) {
  const { digits, below } = judged5;
  let [low, high] = [0, digits.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (digits[middle].score > threshold) high = middle; else low = middle + 1;
  }
  const fn = below[low], all = below[below.length - 1];
  return { fn, tn: low - fn, tp: all - fn, fp: digits.length - low - (all - fn) };
}
const precisionOf = ({ tp, fp }) => tp / (tp + fp);
const recallOf = ({ tp, fn }) => tp / (tp + fn);
const f1Of = ({ tp, fp, fn }) => (2 * tp) / (2 * tp + fp + fn);
const accuracyOf = ({ tp, tn, fp, fn }) => (tp + tn) / (tp + tn + fp + fn);

const prices = () => [Number($("miss").value), Number($("alarm").value)];
const costAt = (t, [miss, alarm] = prices()) => { const c = countsAt(t); return miss * c.fn + alarm * c.fp; };

/** The thresholds that differ: midway between neighbouring scores, and beyond both ends. */
function thresholdsBetween() {
  const scores = [...new Set(judged5.digits.map((d) => d.score))];
  return [scores[0] - 1, ...scores.slice(1).map((s, k) => (s + scores[k]) / 2), scores[scores.length - 1] + 1];
}
/** The threshold of the least cost, midway to the next lower score; of equal ones the highest. */
function cheapest(cost = prices()) {
  const between = (judged5.between ??= thresholdsBetween());
  return between.reduce((best, t) => { const c = costAt(t, cost); return c <= best.cost ? { t, cost: c } : best; }, { t: 0, cost: Infinity });
}
