"use strict";
// Part 8: two runs that add up in another order; and the race against the clock.

const TWIN_STEPS = 3000;
/** How far two runs are apart after each step, relative to the weights: w · x from either end. */
function* twins(eta, n) {
  const random = seeded(2), { X } = sets.train, runs = [1, -1].map(() => ({ w: new Float64Array(AREA), b: 0 })), apart = [];
  let order = [];
  while (apart.length < n) {
    if (!order.length) order = minibatches(X.length, 1, random).flat();
    const i = order.shift(), x = X[i], y = isDigit(i);
    runs.forEach((run, backwards) => {
      let z = 0;
      for (let j = 0; j < x.length; j++) {
        const at = backwards ? x.length - 1 - j : j;
        z += run.w[at] * x[at];
      }
      const move = eta * (sigmoid(z + run.b) - y);
      for (let j = 0; j < x.length; j++) run.w[j] -= move * x[j];
      run.b -= move;
    });
    const [u, v] = runs.map((run) => run.w);
    let [gap, size] = [0, 0];
    for (let j = 0; j < u.length; j++) { gap += (u[j] - v[j]) ** 2; size += u[j] ** 2; }
    apart.push(Math.sqrt(gap / Math.max(size, 1e-300)));
    if (apart.length % 5 === 0) yield;
  }
  return apart;
}

const twinRuns = {}; // by η
async function showTwins() {
  const eta = Number(checked("twin"));
  for (const value of [0.01, eta]) twinRuns[value] ??= await inSlices(twins(value, TWIN_STEPS));
  const shown = [...new Set([0.01, eta])];
  const ends = shown.map((value) => `η = ${value}: ${Math.max(twinRuns[value].at(-1), 1e-17).toExponential(0)}`).join("; ");
  chart($("twin-chart"), {
    title: "How far apart the two runs are", says: ends,
    x: { range: [0, TWIN_STEPS], label: "step" }, y: { range: [1e-17, 10], log: true, label: "distance / size of the weights" },
    lines: shown.map((value) => ({ kind: value === eta ? "now" : "ghost", name: `η = ${value}`, points: twinRuns[value].map((d, i) => [i + 1, Math.max(d, 1e-17)]).filter((_, i) => i % 15 === 14) })),
  });
  const end = twinRuns[eta].at(-1);
  $("twin-says").textContent = end > 1e-8 ? `With η = ${eta} the last digit's difference has grown to ${end > 0.01 ? percent(end) : end.toExponential(0)} of the weights.`
    : `With η = ${eta} the two runs still agree to ${Math.floor(-Math.log10(Math.max(end, 1e-17)))} digits.`;
}
function drawRaces() {
  const slowest = Math.max(...lesson.races.flatMap((race) => race.seconds));
  chart($("race-chart"), {
    title: "Log loss on the training set against training time",
    says: lesson.races.map((r) => `${r.name}: ${r.losses.at(-1).toPrecision(2)} in ${r.seconds.at(-1).toPrecision(2)} s`).join("; "),
    x: { range: [0, slowest * 1.03], label: "seconds" }, y: { range: logRange(...lesson.races.map((r) => r.losses)), log: true, label: "log loss" },
    lines: lesson.races.map((r, k) => ({ kind: ["now", "ink", "soft dashed"][k], name: r.name, points: r.seconds.map((s, i) => [s, r.losses[i]]) })),
  });
}
function drawPrice() {
  const { p, ifOne, ifZero } = lesson.loss, points = (losses) => p.map((v, i) => [v, losses[i]]).filter((q) => q[1] <= 5);
  chart($("loss-chart"), {
    title: "The price of a probability", says: "for a truth of 1 it falls from without limit at 0 to 0 at 1; for a truth of 0 it is the mirror image",
    x: { range: [0, 1], label: "probability p of 1" }, y: { range: [0, 5], label: "loss (nats)" },
    lines: [{ kind: "ink", name: "the truth is 1: −log p", at: [0.62, 2.9], points: points(ifOne) }, { kind: "soft dashed", name: "the truth is 0", at: [0.9, 4.2], points: points(ifZero) }],
  });
}
/** The test set stays shut until somebody commits, or opens it. */
function openTestSet() {
  $("part-8").classList.remove("is-shut");
  drawRaces();
}
$("part-8").classList.add("is-shut");
$("open-it").addEventListener("click", () => { openTestSet(); $("opened").scrollIntoView({ block: "nearest" }); });
addEventListener("beforeprint", openTestSet);

whenReady(() => {
  for (const input of document.querySelectorAll("[name=twin]")) input.addEventListener("input", () => showTwins().then(() => announce($("twin-says").textContent)));
  whenResized($("twin-chart"), showTwins);
  whenResized($("race-chart"), drawRaces);
  whenResized($("loss-chart"), drawPrice);
  showTwins();
  drawRaces();
  drawPrice();
});
