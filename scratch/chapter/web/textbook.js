"use strict";
// scratch/textbook.py's mathematics in JavaScript.
//
// X is n rows of d numbers, W is K rows of d numbers, b has K numbers. What takes long on MNIST is a
// generator: it yields between samples, so that the page stays responsive (work.js runs it).

const CHUNK = 4; // samples between two yields

const dot = (u, v) => {
  let sum = 0;
  for (let j = 0; j < u.length; j++) sum += u[j] * v[j];
  return sum;
};

const sigmoid = (z) => {
  const e = Math.exp(-Math.abs(z));
  return (z >= 0 ? 1 : e) / (1 + e);
};

/** -log of the probability given to y, 0 or 1, at the score z. */
const binaryLoss = (z, y) => {
  const margin = y ? z : -z;
  return Math.max(0, -margin) + Math.log1p(Math.exp(-Math.abs(margin)));
};

/** One sample's scores: W x + b. */
const scoresOf = (x, W, b) => W.map((w, k) => dot(w, x) + b[k]);

/** exp(z[k]) / Σ_j exp(z[j]); the maximum is taken off first. */
function softmax(z) {
  const highest = Math.max(...z);
  const e = z.map((score) => Math.exp(score - highest));
  const sum = e.reduce((total, value) => total + value, 0);
  return e.map((value) => value / sum);
}

/** log Σ_j exp(z[j] - z[y]), in nats. */
function crossEntropy(z, y) {
  const highest = Math.max(...z);
  return Math.log(z.reduce((sum, score) => sum + Math.exp(score - highest), 0)) + highest - z[y];
}

const argmax = (z) => z.indexOf(Math.max(...z));

/** The indices 0, ..., n - 1 in random order, batchSize at a time; random() is in [0, 1). */
function minibatches(n, batchSize, random) {
  const order = Array.from({ length: n }, (_, i) => i);
  for (let i = n - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [order[i], order[j]] = [order[j], order[i]];
  }
  const batches = [];
  for (let start = 0; start < n; start += batchSize) batches.push(order.slice(start, start + batchSize));
  return batches;
}

/** One step on a batch, a list of indices: W - η (Gᵀ X + α W) and b - η Σ_i G[i]. Returns new [W, b]. */
function* sgdStep(W, b, { X, y }, batch, eta, alpha) {
  const [newW, newB] = [W.map((w) => w.slice()), b.slice()];
  const shrink = 1 - eta * alpha;
  if (shrink !== 1) for (const row of newW) for (let j = 0; j < row.length; j++) row[j] *= shrink;
  for (let m = 0; m < batch.length; m++) {
    if (m % CHUNK === CHUNK - 1) yield;
    const [x, target] = [X[batch[m]], y[batch[m]]];
    const p = softmax(scoresOf(x, W, b));
    for (let k = 0; k < W.length; k++) {
      const [row, move] = [newW[k], (eta * (p[k] - (k === target))) / batch.length]; // probability - target
      if (move) for (let j = 0; j < x.length; j++) row[j] -= move * x[j];
      newB[k] -= move;
    }
  }
  return [newW, newB];
}

/** The mean loss, and the share of right answers. */
function* judged({ X, y }, W, b) {
  let [loss, right] = [0, 0];
  for (let i = 0; i < X.length; i++) {
    if (i % CHUNK === CHUNK - 1) yield;
    const z = scoresOf(X[i], W, b);
    loss += crossEntropy(z, y[i]);
    right += argmax(z) === y[i];
  }
  return { loss: loss / X.length, accuracy: right / X.length };
}

/** A generator of numbers in [0, 1) from a seed (Mulberry32, by T. Ettinger). */
function seeded(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
