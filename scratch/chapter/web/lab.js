"use strict";
// Part 6: train it yourself. Runs are kept; the pad may be read by the weights of this moment.

const ETAS = [-3, -2, -1, 0, 1].flatMap((power) => [1, 1.5, 2, 3, 5, 7].map((f) => Number((f * 10 ** power).toPrecision(2)))).concat(100);
const lab = { runs: new Runs(), learner: null, running: false, busy: Promise.resolve(), eta: null };
const MOST_EPOCHS = 100;

const labSetting = () => ({ eta: lab.eta.value, batch: Number(checked("lab-batch")), mu: Number(checked("lab-mu")) });

/** The present run; a new one where the settings are others, or where there is none. */
function presentRun() {
  const how = labSetting(), { last } = lab.runs;
  if (last && lab.learner && ["eta", "batch", "mu"].every((key) => last[key] === how[key])) return last;
  return newRun();
}
function newRun() {
  lab.learner = new Learner(sets.train);
  const n = lesson.classes.length;
  return lab.runs.add({ ...labSetting(), history: [{ at: 0, train: Math.log(n), validation: Math.log(n), accuracy: sets.validation.y.filter((y) => y === 0).length / sets.validation.y.length }] });
}

/** Do something with the learner, judge it, and show both; one after another. */
function labDoes(work) {
  lab.busy = lab.busy.then(async () => {
    const run = presentRun(), { learner } = lab;
    await inSlices(work(learner, run));
    run.history.push(await inSlices(learner.judge()));
    await drawLab();
  });
  return lab.busy;
}
const oneEpoch = () => labDoes((learner, run) => learner.rest(run));

async function runLab(until = Infinity) {
  if (lab.running) { lab.running = false; return; }
  lab.running = true;
  $("lab-run").textContent = "Stop";
  let n = 0;
  while (lab.running && n < until) {
    const began = performance.now();
    await oneEpoch();
    n += 1;
    if (!Number.isFinite(lab.runs.last.history.at(-1).train) || lab.learner.epoch >= MOST_EPOCHS) break;
    const pause = calm.matches ? 1500 : 120; // so that one can follow
    await new Promise((done) => { setTimeout(done, Math.max(0, pause - (performance.now() - began))); });
  }
  lab.running = false;
  $("lab-run").textContent = "Run";
  const end = lab.runs.last.history.at(-1);
  announce(`After ${Math.round(end.at)} epochs: loss ${end.train.toFixed(3)} on the training set, ${end.validation.toFixed(3)} on the validation set`);
}

function* drawWeights() {
  const { W } = lab.learner ?? { W: model.W.map((w) => new Float64Array(w.length)) };
  const largest = Math.max(1e-9, ...W.map((w) => w.reduce((top, v) => Math.max(top, Math.abs(v)), 0)));
  for (const [k, figure] of [...$("lab-weights").children].entries()) {
    figure.firstElementChild.innerHTML = signedPicture(W[k], largest);
    if (k % 2) yield;
  }
}
/** Draw weights, chart and table, one after the other: each is a task of its own. */
function* labPictures() {
  yield* drawWeights();
  drawLabChart();
  yield;
  writeLab();
}
const drawLab = () => inSlices(labPictures());
function drawLabChart() {
  const { all } = lab.runs, longest = Math.max(5, ...all.map((run) => run.history.at(-1).at));
  const values = all.flatMap((run) => run.history.flatMap((h) => [h.train, h.validation])).filter(Number.isFinite);
  const range = logRange(values.length ? values : [2.3, 0.1], [2.5, 0.1]);
  chart($("lab-chart"), {
    title: "Loss, epoch by epoch", says: all.map((run) => `run ${run.no} ends at ${run.history.at(-1).validation.toFixed(3)} on the validation set`).join(", ") || "no run yet",
    x: { range: [0, longest], label: "epochs" }, y: { range: [range[0], Math.min(range[1], 100)], log: true, label: "solid: validation; dashed: training" },
    height: presenting() ? 0.5 : 0.62, right: 28,
    lines: all.flatMap((run) => {
      const now = lab.runs.isNow(run), points = (key) => run.history.filter((h) => Number.isFinite(h[key])).map((h) => [h.at, h[key]]);
      return [...(now ? [{ kind: "now dashed", points: points("train") }] : []), { kind: now ? "now" : "ghost", badge: run.no, points: points("validation") }];
    }),
  });
}
function writeLab() {
  $("lab-runs").innerHTML = lab.runs.rows((run) => {
    const end = run.history.at(-1);
    return [run.eta, run.batch || "all", run.mu, Number(end.at.toFixed(2)), end.train.toFixed(3), end.validation.toFixed(3), percent(end.accuracy)];
  }, "None yet. All weights are 0, and every digit has probability 1/10.", 8, { lesser: 6 });
  $("lab-when").textContent = lab.learner?.updates ? `after ${lab.learner.updates.toLocaleString("en")} steps` : "before the first step";
  $("lab-says").textContent = lab.runs.last ? describeLab(lab.runs.last) : "";
  if (checked("reader") === "lab") readPad();
  showLink("lab");
}
function describeLab({ no, history }) {
  const end = history.at(-1), highest = Math.max(...history.map((h) => h.train));
  if (!Number.isFinite(end.train)) return `Run ${no}: the weights have overflowed.`;
  if (end.train > Math.log(10)) return `Run ${no}: the loss is ${end.train.toFixed(2)}, above 2.303, where it began. It overshoots.`;
  if (highest > 2 * Math.log(10)) return `Run ${no} was thrown up to ${highest.toFixed(1)}, and is at ${end.train.toFixed(2)} now.`;
  return `Run ${no}: right for ${percent(end.accuracy)} of the validation digits.`;
}

keepsState("lab", 6, () => ({ ...labSetting(), epochs: lab.learner?.epoch ?? 0 }), ({ eta, batch, mu, epochs }) => {
  lab.eta.value = numberIn(eta, 0.001, 100) ?? 0.3;
  check("lab-batch", batch);
  check("lab-mu", mu);
  const n = numberIn(epochs, 0, MOST_EPOCHS);
  if (n) runLab(n); else drawLab();
});

whenReady(() => {
  lab.eta = listSlider("lab-eta", ETAS);
  lab.eta.value = 0.3;
  for (const label of lesson.classes) {
    const picture = element("div", { class: "picture", role: "img", "aria-label": `weights of the digit ${label}` });
    $("lab-weights").append(element("figure", {}, picture, element("figcaption", {}, label)));
  }
  $("lab-legend").innerHTML = FINE ? "" : legend("speaks for the digit", "against it");
  $("lab-run").addEventListener("click", () => runLab());
  $("lab-step").addEventListener("click", () => labDoes((learner, run) => learner.next(run)));
  $("lab-epoch").addEventListener("click", oneEpoch);
  $("lab-new").addEventListener("click", () => { lab.running = false; lab.busy = lab.busy.then(() => { newRun(); drawLab(); }); });
  for (const input of document.querySelectorAll("#lab-eta, [name=lab-batch], [name=lab-mu]")) input.addEventListener("input", () => showLink("lab"));
  whenResized($("lab-chart"), drawLab);
  whenThemed(drawLab);
  drawLab();
});
