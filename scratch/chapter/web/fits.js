"use strict";
// Part 7: few digits or many, with a penalty or without; the loss on both sets.

const ALPHAS = [0, 1e-5, 3e-5, 1e-4, 3e-4, 1e-3, 3e-3, 1e-2, 1e-1];
const fits = { runs: new Runs(), alpha: null, busy: Promise.resolve(), learner: null };

const fitSetting = () => ({ n: Number(checked("fits-n")) || sets.train.X.length, alpha: fits.alpha.value });
const firstDigits = (n) => ({ X: sets.train.X.slice(0, n), y: sets.train.y.slice(0, n) });

/** Train with a setting from the beginning, and watch it on both sets. */
async function trainFit(how) {
  const { eta, batch_size: batch, n_epochs: epochs } = lesson.fits;
  const learner = new Learner(firstDigits(how.n)), n = lesson.classes.length;
  const run = fits.runs.add({ ...how, history: [{ at: 0, train: Math.log(n), validation: Math.log(n), accuracy: 0 }] });
  for (let epoch = 0; epoch < epochs; epoch++) {
    await inSlices(learner.rest({ eta, batch, alpha: how.alpha }));
    run.history.push(await inSlices(learner.judge()));
    if (!calm.matches && epoch % 2) drawFits();
  }
  fits.learner = learner;
  drawFits();
  announce($("fits-says").textContent);
}
const queueFit = (how = fitSetting()) => { fits.busy = fits.busy.then(() => trainFit(how)).then(drawReliability); return fits.busy; };
const lowestOf = ({ history }) => history.reduce((best, h) => (h.validation < best.validation ? h : best));

function drawFits() {
  const { all } = fits.runs, values = all.flatMap((run) => run.history.flatMap((h) => [h.train, h.validation]));
  const range = logRange(values.length ? values : [2.3, 0.01], [2.5]);
  chart($("fits-chart"), {
    title: "Loss, epoch by epoch", height: presenting() ? 0.5 : 0.62, right: 28,
    says: all.map((run) => `run ${run.no} ends at ${run.history.at(-1).validation.toFixed(3)} on the validation set`).join(", ") || "no run yet",
    x: { range: [0, lesson.fits.n_epochs], label: "epochs" }, y: { range: [Math.max(range[0], 1e-3), Math.min(range[1], 30)], log: true, label: "solid: validation; dashed: training" },
    lines: all.flatMap((run) => {
      const kind = fits.runs.isNow(run) ? "now" : "ghost", points = (key) => run.history.map((h) => [h.at, h[key]]);
      return [{ kind: `${kind} dashed`, points: points("train") }, { kind, badge: run.no, points: points("validation") }];
    }),
    over: (across, up) => all.map((run) => { const low = lowestOf(run); return `<circle class="lowest ${fits.runs.isNow(run) ? "is-now" : ""}" cx="${across(low.at)}" cy="${up(low.validation)}" r="4.5"/>`; }).join(""),
  });
  $("fits-runs").innerHTML = fits.runs.rows((run) => {
    const end = run.history.at(-1), low = lowestOf(run);
    return [run.n.toLocaleString("en"), run.alpha, end.train.toFixed(3), end.validation.toFixed(3), `${low.validation.toFixed(3)}, ${low.at}`];
  }, "None yet.", 6);
  const { last } = fits.runs;
  $("fits-says").textContent = last ? sayFit(last) : "";
  showLink("fits");
}
function sayFit(run) {
  const end = run.history.at(-1), low = lowestOf(run), turned = end.validation > 1.02 * low.validation;
  return `Run ${run.no}: ${end.train.toFixed(3)} on the training set, ${end.validation.toFixed(3)} on the validation set. ${turned
    ? `It turned after epoch ${low.at}, at ${low.validation.toFixed(3)}.` : "It has not turned."}`;
}

keepsState("fits", 7, () => {
  const runs = fits.runs.all.map(({ n, alpha }) => `${n}:${alpha}`).join(";");
  return { ...fitSetting(), ...(runs ? { runs } : {}) };
}, ({ n, alpha, runs }) => {
  if (!check("fits-n", n)) check("fits-n", 0);
  fits.alpha.value = numberIn(alpha, 0, 1) ?? 0;
  for (const text of (runs ?? "").split(";").filter(Boolean).slice(-5)) {
    const [size, penalty] = text.split(":").map(Number);
    if (size >= 1 && size <= sets.train.X.length && penalty >= 0 && penalty <= 1) queueFit({ n: Math.floor(size), alpha: penalty });
  }
  drawFits();
});

whenReady(() => {
  fits.alpha = listSlider("fits-alpha", ALPHAS, (v) => `${v}`);
  fits.alpha.value = 0;
  $("fits-run").addEventListener("click", () => queueFit());
  $("fits-wipe").addEventListener("click", () => { fits.runs.wipe(); drawFits(); });
  for (const input of document.querySelectorAll("#fits-alpha, [name=fits-n]")) input.addEventListener("input", () => showLink("fits"));
  whenResized($("fits-chart"), drawFits);
  drawFits();
  drawReliability();
});
