"use strict";
// Part 5: precision against recall, and the ROC curve, with the present threshold on both.

const rings = {}; // by chart: moves the ring to a point

/** The ring of a chart; kept to be moved. */
const ringOf = (id) => (across, up) => {
  rings[id] = (v, w, says) => {
    const svg = $(id).firstElementChild, ring = svg.querySelector(".rimmed");
    ring.setAttribute("transform", Number.isFinite(w) ? `translate(${across(v)} ${up(w)})` : "scale(0)");
    svg.setAttribute("aria-label", `${svg.querySelector(".strong").textContent}: ${says}`);
  };
  return '<circle r="6" class="dot rimmed"/>';
};
function moveRings() {
  const now = countsAt(five.at), falsely = now.fp / (now.fp + now.tn), [precision, recall] = [precisionOf(now), recallOf(now)];
  rings["pr-chart"](recall, precision, `here precision ${percent(precision)}, recall ${percent(recall)}`);
  rings["roc-chart"](falsely, recall, `here ${percent(falsely)} of the others are accused, ${percent(recall)} found`);
}

/** Both curves; they stay as they are until their width changes. */
function drawCurves() {
  const { digits } = judged5;
  const all = (drawCurves.all ??= [...new Set(digits.map((d) => d.score))].map((score) => countsAt(score - 1e-9)));
  const negatives = all[0].fp + all[0].tn;
  const axes = { range: [0, 1.02], ticks: [0, 0.25, 0.5, 0.75, 1] };
  chart($("pr-chart"), {
    title: "Precision against recall", height: 0.72,
    x: { ...axes, label: "recall" }, y: { ...axes, label: "precision" },
    lines: [{ kind: "ink", points: [...all.map((c) => [recallOf(c), precisionOf(c)]), [0, 1]] }],
    over: ringOf("pr-chart"),
  });
  chart($("roc-chart"), {
    title: "ROC: recall against false alarms", height: 0.72,
    x: { ...axes, label: "false positive rate, FP / (FP + TN)" }, y: { ...axes, label: "true positive rate, recall" },
    lines: [{ kind: "soft dashed", points: [[0, 0], [1, 1]] }, { kind: "ink", points: [...all.map((c) => [c.fp / negatives, recallOf(c)]), [0, 0]] }],
    over: ringOf("roc-chart"),
  });
  moveRings();
}
