"use strict";
// Part 5: precision against recall, and the ROC curve, with the present threshold on both.

function drawCurves() {
  const { digits } = judged5;
  const all = (drawCurves.all ??= [...new Set(digits.map((d) => d.score))].map((score) => countsAt(score - 1e-9)));
  const now = countsAt(five.at), negatives = now.fp + now.tn;
  const ring = (v, w) => (across, up) => (Number.isFinite(w) ? `<circle cx="${across(v)}" cy="${up(w)}" r="6" class="dot rimmed"/>` : "");
  const axes = { range: [0, 1.02], ticks: [0, 0.25, 0.5, 0.75, 1] };
  chart($("pr-chart"), {
    title: "Precision against recall", height: 0.72,
    says: `here precision ${percent(precisionOf(now))}, recall ${percent(recallOf(now))}`,
    x: { ...axes, label: "recall" }, y: { ...axes, label: "precision" },
    lines: [{ kind: "ink", points: [...all.map((c) => [recallOf(c), precisionOf(c)]), [0, 1]] }],
    over: ring(recallOf(now), precisionOf(now)),
  });
  chart($("roc-chart"), {
    title: "ROC: recall against false alarms", height: 0.72,
    says: `here ${percent(now.fp / negatives)} of the others are accused, ${percent(recallOf(now))} found`,
    x: { ...axes, label: "false positive rate, FP / (FP + TN)" }, y: { ...axes, label: "true positive rate, recall" },
    lines: [{ kind: "soft dashed", points: [[0, 0], [1, 1]] }, { kind: "ink", points: [...all.map((c) => [c.fp / negatives, recallOf(c)]), [0, 0]] }],
    over: ring(now.fp / negatives, recallOf(now)),
  });
}
