"use strict";
// scratch/textbook.py's training, in JavaScript: the same functions, in the same order.
//
// X is n rows of d numbers, W is K rows of d numbers, b has K numbers. Nothing is changed in place.

const dot = (u, v) => {
  let sum = 0;
  for (let j = 0; j < u.length; j++) sum += u[j] * v[j];
  return sum;
};

/** X Wᵀ + b: one row of K scores for each sample. */
const scoresOf = (X, W, b) => X.map((x) => W.map((w, k) => dot(w, x) + b[k]));

/** P[i][k] = exp(Z[i][k]) / Σ_j exp(Z[i][j]); the row's maximum is taken off first. */
function softmax(Z) {
  return Z.map((z) => {
    const highest = Math.max(...z);
    const e = z.map((score) => Math.exp(score - highest));
    const sum = e.reduce((total, value) => total + value, 0);
    return e.map((value) => value / sum);
  });
}

/** The mean of log Σ_j exp(Z[i][j] - Z[i][y[i]]), in nats. */
function crossEntropy(Z, y) {
  let total = 0;
  Z.forEach((z, i) => {
    const highest = Math.max(...z);
    const sum = z.reduce((partial, score) => partial + Math.exp(score - highest), 0);
    total += Math.log(sum) + highest - z[y[i]];
  });
  return total / Z.length;
}

/** (softmax(Z) - T) / n, where T[i][k] is 1 for k = y[i], else 0. */
function crossEntropyGradient(Z, y) {
  const residual = softmax(Z);
  residual.forEach((row, i) => { row[y[i]] -= 1; }); // probability - target
  return residual.map((row) => row.map((value) => value / y.length));
}

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

/** One step on a mini-batch: W - η (Gᵀ X + α W) and b - η Σ_i G[i]. Returns new [W, b]. */
function sgdStep(W, b, X, y, eta, alpha) {
  const gradient = crossEntropyGradient(scoresOf(X, W, b), y); // n rows of K
  const [newW, newB] = [W.map((w) => w.slice()), b.slice()];
  const shrink = 1 - eta * alpha;
  if (shrink !== 1) newW.forEach((row) => { for (let j = 0; j < row.length; j++) row[j] *= shrink; });
  gradient.forEach((g, i) => {
    for (let k = 0; k < W.length; k++) {
      const [x, row, move] = [X[i], newW[k], eta * g[k]];
      for (let j = 0; j < x.length; j++) row[j] -= move * x[j];
      newB[k] -= move;
    }
  });
  return [newW, newB];
}

/** The label that each sample gets: the index of its highest score. */
const predict = (X, W, b) => scoresOf(X, W, b).map((z) => z.indexOf(Math.max(...z)));

const accuracy = (y, said) => y.reduce((right, label, i) => right + (label === said[i]), 0) / y.length;

/** A generator of numbers in [0, 1) from a seed (Mulberry32, by T. Ettinger). */
function seeded(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
