"use strict";
// Training, epoch by epoch.

const growth = lesson.growth;
const lastEpoch = growth.train.length - 1;
const frames = unpack(growth.weights, Int8Array); // (n_epochs + 1, 10, side²), 127 is the largest
const growthChart = chart($("growth-chart"), {
  title: "Cross-entropy against epochs",
  says: `on the training set it falls from ${growth.train[0].toFixed(3)} to ${growth.train[lastEpoch].toFixed(4)}, `
    + `on the test set to ${growth.test[lastEpoch].toFixed(4)}`,
  x: { range: [0, lastEpoch], label: "epoch" },
  y: { range: logRange(growth.train, growth.test), label: "cross-entropy (nats), logarithmic", log: true },
  series: [
    { name: "training set", style: "one", marks: true, points: growth.train.map((loss, epoch) => [epoch, loss]) },
    { name: "test set", style: "two", marks: true, points: growth.test.map((loss, epoch) => [epoch, loss]) },
  ],
});
const weightPictures = [...lesson.classes].map((label) => {
  const canvas = element("canvas", { role: "img", "aria-label": `weights of the digit ${label}` });
  $("weights").append(element("figure", {}, canvas, element("figcaption", {}, label)));
  return canvas;
});

function showEpoch(epoch) {
  const area = lesson.side ** 2;
  weightPictures.forEach((canvas, k) => {
    const start = (epoch * 10 + k) * area;
    paint(canvas, frames.subarray(start, start + area), diverging);
  });
  growthChart.place(epoch, growth.train[epoch]);
  const said = `${epoch}: loss ${growth.train[epoch].toFixed(5)}, on the test set ${growth.test[epoch].toFixed(5)}; test accuracy ${percent(growth.accuracies[epoch])}`;
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
$("epoch").max = lastEpoch;
$("epoch").addEventListener("input", (event) => {
  stop();
  showEpoch(Number(event.target.value));
});
$("play").addEventListener("click", () => {
  if (playing) return stop();
  let epoch = Number($("epoch").value) % (lastEpoch);
  $("play").textContent = "Pause";
  showEpoch(epoch);
  playing = setInterval(() => {
    showEpoch(++epoch);
    if (epoch === lastEpoch) stop();
  }, matchMedia("(prefers-reduced-motion: reduce)").matches ? 1500 : 400);
});
showEpoch(lastEpoch);

{
  const runs = lesson.races;
  const [, slowest] = spread(...runs.map((run) => run.seconds));
  chart($("race-chart"), {
    title: "Loss against training time",
    says: runs.map((run) => `${run.name} reach ${run.losses[run.losses.length - 1].toPrecision(2)} in `
      + `${run.seconds[run.seconds.length - 1].toPrecision(2)} s`).join("; "),
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
