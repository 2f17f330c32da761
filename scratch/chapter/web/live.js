"use strict";
// Train it yourself: mini-batch SGD on the training digits, in this page.

/** Grey values as rows of numbers in [0, 1], rounded to 32 bits as Python's are. */
function rowsOf(bytes) {
  const area = lesson.side ** 2;
  return Array.from({ length: bytes.length / area }, (_, i) =>
    Float64Array.from(bytes.subarray(i * area, (i + 1) * area), (v) => Math.fround(v / lesson.white)));
}

/** The weights, and how they move: `sgdStep`, with momentum around it. */
class Learner {
  constructor(train, nClasses, seed = 0) {
    Object.assign(this, { train, random: seeded(seed), epoch: 0, updates: 0, queue: [] });
    this.W = Array.from({ length: nClasses }, () => new Float64Array(train.X[0].length));
    this.b = new Float64Array(nClasses);
    this.V = this.W.map((w) => w.slice()); // the velocity: what momentum keeps of the last step
    this.v = this.b.slice();
  }

  /** One step on the samples of a batch, a list of indices. */
  step(batch, { eta, alpha, momentum }) {
    const [X, y] = [batch.map((i) => this.train.X[i]), batch.map((i) => this.train.y[i])];
    const [newW, newB] = sgdStep(this.W, this.b, X, y, eta, alpha);
    if (momentum) { // V ← momentum · V + what the step changes, W ← W + V
      newW.forEach((row, k) => this.go(this.W[k], row, this.V[k], momentum));
      this.go(this.b, newB, this.v, momentum);
    }
    [this.W, this.b] = [newW, newB];
    this.updates += 1;
  }

  /** Turn where a step has led, `next`, into where it leads with momentum. */
  go(old, next, velocity, momentum) {
    for (let j = 0; j < next.length; j++) {
      velocity[j] = momentum * velocity[j] + next[j] - old[j];
      next[j] = old[j] + velocity[j];
    }
  }

  /** The next mini-batch; after the last one an epoch is over, and the order is drawn anew. */
  next(settings) {
    if (!this.queue.length) {
      this.queue = minibatches(this.train.X.length, settings.batchSize, this.random);
      this.perEpoch = this.queue.length;
    }
    this.step(this.queue.shift(), settings);
    if (!this.queue.length) this.epoch += 1;
  }

  /** How far training has come, in epochs. */
  get progress() {
    return this.queue.length ? this.epoch + 1 - this.queue.length / this.perEpoch : this.epoch;
  }

  judge({ X, y }) {
    const Z = scoresOf(X, this.W, this.b);
    return { loss: crossEntropy(Z, y), accuracy: accuracy(y, Z.map((z) => z.indexOf(Math.max(...z)))) };
  }
}

/** The first step that the rule of learning_rate="auto" gives for these pixels: scratch/solvers/minibatch/first_step.py. */
function automatic({ batchSize, momentum }, n, { curvature, variance, entropy }) {
  const size = Math.min(batchSize, n);
  const share = (n - size) / Math.max(n - 1, 1) / size; // variance of a batch's mean, of one sample's
  const swing = ((1.5 * (1 + momentum)) / (1 - momentum)) * ((2 * share * variance) / entropy);
  return (1.5 * (1 + momentum)) / (curvature + swing);
}

const live = { train: null, test: null, learner: null, past: [], running: 0 };

function liveSettings() {
  const batch = $("live-batch").value;
  const settings = {
    batchSize: batch === "all" ? live.train.X.length : Number(batch),
    momentum: Number($("live-momentum").value),
    alpha: Number($("live-alpha").value),
  };
  settings.auto = automatic(settings, live.train.X.length, lesson.live.auto);
  settings.eta = $("live-auto").checked ? settings.auto : 10 ** Number($("live-eta").value);
  return settings;
}

/** With "auto" the step falls to 0 in a straight line over the run, as in `fit`. */
function stepNow(settings) {
  if (!$("live-auto").checked) return settings.eta;
  return settings.eta * Math.max(0, 1 - live.learner.progress / lesson.live.epochs);
}

function forward(nSteps) {
  const settings = liveSettings();
  for (let i = 0; i < nSteps; i++) live.learner.next({ ...settings, eta: stepNow(settings) });
}

function oneEpoch() {
  const before = live.learner.epoch;
  while (live.learner.epoch === before) forward(1);
}

const finished = () => $("live-auto").checked && live.learner.epoch >= lesson.live.epochs;

/** Note where training stands, and show it. */
function noteLive() {
  const [train, test] = [live.learner.judge(live.train), live.learner.judge(live.test)];
  live.past.push({ epoch: live.learner.progress, train: train.loss, test: test.loss });
  showLive(train, test);
}

const START = Math.log(10); // the loss of zero weights: all ten classes are equally likely

function stateOf(train) {
  if (!Number.isFinite(train.loss)) {
    return ["diverged", "Diverged: the weights are too large for a computer's numbers. Reset, and take smaller steps."];
  }
  if (live.learner.updates && train.loss > START) {
    return ["diverging", `Diverging: the loss is above ${START.toFixed(3)}, where training began. Every step overshoots.`];
  }
  if (finished()) return ["finished", `After ${lesson.live.epochs} epochs the step of “auto” has fallen to 0: training has ended.`];
  return ["well", ""];
}

function showLive(train, test) {
  const { W, updates, progress } = live.learner;
  const settings = liveSettings();
  $("live-eta").disabled = $("live-auto").checked;
  $("live-eta-said").textContent = stepNow(settings).toPrecision(3);
  $("live-eta").setAttribute("aria-valuetext", settings.eta.toPrecision(3));
  $("live-auto-said").textContent = settings.auto.toPrecision(3);
  const [state, words] = stateOf(train);
  $("live-state").dataset.state = state;
  $("live-state").textContent = words;
  const numbers = { epochs: progress.toFixed(progress % 1 ? 2 : 0), updates: updates.toLocaleString("en"),
    "train-loss": train.loss.toPrecision(4), "test-loss": test.loss.toPrecision(4),
    "train-accuracy": percent(train.accuracy), "test-accuracy": percent(test.accuracy) };
  for (const [name, number] of Object.entries(numbers)) $(`live-${name}`).textContent = number;
  const largest = Math.max(1e-9, ...W.map((w) => w.reduce((top, v) => Math.max(top, Math.abs(v)), 0)));
  live.pictures.forEach((canvas, k) => paint(canvas, W[k], (v) => diverging((127 * v) / largest)));
  const { past } = live;
  const thin = Math.ceil(past.length / 300);
  const points = (which) => past.filter((p, i) => (i % thin === 0 || i === past.length - 1) && Number.isFinite(p[which]))
    .map((p) => [p.epoch, Math.max(p[which], 1e-6)]);
  const [one, two] = [points("train"), points("test")];
  chart($("live-chart"), {
    title: "Loss while you train",
    says: `training ${train.loss.toPrecision(3)}, test ${test.loss.toPrecision(3)} after ${numbers.epochs} epochs`,
    x: { range: [0, Math.max(10, past[past.length - 1].epoch)], label: "epoch" },
    y: { range: logRange([START], [...one, ...two].map((p) => p[1])), label: "cross-entropy (nats), logarithmic", log: true },
    series: [
      { name: "training set", style: "one", points: one, marks: one.length < 12 },
      { name: "test set", style: "two", points: two, marks: one.length < 12 },
    ],
  });
  return { state, said: `Epoch ${numbers.epochs}: loss ${numbers["train-loss"]} on the training set, `
    + `${numbers["test-loss"]} on the test set; test accuracy ${numbers["test-accuracy"]}. ${words}` };
}

function sayLive() {
  announce(showLive(live.learner.judge(live.train), live.learner.judge(live.test)).said);
}

function stopLive() {
  if (!live.running) return;
  live.running = 0;
  $("live-run").textContent = "Run";
  sayLive();
}

/** Epoch after epoch, one for each frame of the screen; two a second where less motion is wanted. */
function runLive() {
  const run = (live.running = performance.now());
  $("live-run").textContent = "Pause";
  let shown = 0;
  const frame = (now) => {
    if (live.running !== run) return;
    oneEpoch();
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches && now - shown < 500;
    if (!calm || finished()) {
      noteLive();
      shown = now;
    }
    if (finished() || $("live-state").dataset.state === "diverged") return stopLive();
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
}

function resetLive() {
  stopLive();
  live.learner = new Learner(live.train, lesson.classes.length);
  live.past = [];
  noteLive();
}

async function startLive() {
  const area = lesson.side ** 2;
  for (const part of ["train", "test"]) {
    const { pixels, labels } = lesson.live[part];
    live[part] = { X: rowsOf(await inflate(pixels)), y: [...labels].map(Number) };
  }
  live.pictures = [...lesson.classes].map((label) => {
    const canvas = element("canvas", { role: "img", "aria-label": `weights of the digit ${label}, as they are now` });
    $("live-weights").append(element("figure", {}, canvas, element("figcaption", {}, label)));
    return canvas;
  });
  $("live-step").addEventListener("click", () => { stopLive(); forward(1); noteLive(); sayLive(); });
  $("live-epoch").addEventListener("click", () => { stopLive(); oneEpoch(); noteLive(); sayLive(); });
  $("live-run").addEventListener("click", () => (live.running ? stopLive() : runLive()));
  $("live-reset").addEventListener("click", resetLive);
  for (const name of ["eta", "auto", "batch", "momentum", "alpha"]) {
    $(`live-${name}`).addEventListener("input", () => {
      if (name === "batch") live.learner.queue = []; // the rest of the epoch was cut for another size
      sayLive();
    });
  }
  for (const button of $("live-lab").querySelectorAll("button")) button.disabled = false;
  resetLive();
}
live.ready = startLive();
