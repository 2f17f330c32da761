"use strict";
// Part 7: how sure the answers were, and how many of them are right, in ten bins.

/** Ten bins of the answers that weights give to the validation set. */
function reliabilityOf({ W, b }) {
  const bins = Array.from({ length: 10 }, () => ({ n: 0, sure: 0, right: 0 }));
  sets.validation.X.forEach((x, i) => {
    const p = softmax(Array.from(scoresOf(x, W, b))), said = argmax(p), bin = bins[Math.min(9, Math.floor(10 * p[said]))];
    bin.n += 1;
    bin.sure += p[said];
    bin.right += said === sets.validation.y[i];
  });
  return bins.map(({ n, sure: s, right }) => ({ n, sure: n ? s / n : 0, right: n ? right / n : 0 }));
}

function drawReliability() {
  const { counts, sure: s, right: r } = lesson.reliability, own = checked("reliability") === "run" && fits.learner;
  const bins = own ? reliabilityOf(fits.learner) : counts.map((n, k) => ({ n, sure: s[k], right: r[k] }));
  const some = bins.map((bin, k) => ({ ...bin, k })).filter(({ n }) => n);
  chart($("reliability"), {
    title: "Share of right answers, by how sure they were",
    says: some.map(({ k, n, right }) => `${10 * k} to ${10 * k + 10} % sure: ${percent(right, 0)} of ${n}`).join("; "),
    x: { range: [0, 1], label: "probability of the answer" }, y: { range: [0, 1.1], ticks: [0, 0.25, 0.5, 0.75, 1], label: "share that is right" },
    lines: [{ kind: "soft dashed", points: [[0, 0], [1, 1]] }],
    under: (across, up) => some.map(({ k, n, right }) => `<rect class="bin" x="${across(k / 10) + 2}" width="${across(0.1) - across(0) - 4}" y="${up(right)}" height="${up(0) - up(right)}"/><text x="${across((k + 0.5) / 10)}" y="${up(0) - 6}" text-anchor="middle">${n}</text>`).join(""),
    over: (across, up) => `<text class="ended" x="${across(0.02)}" y="${up(0.06 + (110 * em()) / (across(1) - across(0)))}">as sure as right</text>` + some.map(({ sure: at, right }) => `<circle class="dot rimmed" cx="${across(at)}" cy="${up(right)}" r="5"/>`).join(""),
  });
  const all = bins.reduce((sum, { n }) => sum + n, 0), [certain, right] = ["sure", "right"].map((key) => bins.reduce((sum, bin) => sum + bin.n * bin[key], 0) / all);
  $("reliability-says").textContent = checked("reliability") === "run" && !fits.learner ? "Train one above first."
    : `On average ${percent(certain)} sure, and ${percent(right)} right: ${certain > right + 0.01 ? "too sure" : certain < right - 0.01 ? "not sure enough" : "as sure as right"}.`;
}
for (const input of document.querySelectorAll("[name=reliability]")) input.addEventListener("input", () => { drawReliability(); announce($("reliability-says").textContent); });
whenReady(() => whenResized($("reliability"), drawReliability));
