"use strict";
// Mini-batch training in this page: `sgdStep`, with momentum around it.

class Learner {
  constructor(train, seed = 0) {
    Object.assign(this, { train, random: seeded(seed), epoch: 0, updates: 0, queue: [] });
    this.W = Array.from(lesson.classes, () => new Float64Array(AREA));
    this.b = new Float64Array(lesson.classes.length);
    this.V = this.W.map((w) => w.slice()); // the velocity: what momentum keeps of the last step
    this.v = this.b.slice();
  }

  /** One step on a batch, a list of indices. */
  *step(batch, { eta, alpha = 0, mu = 0 }) {
    const [newW, newB] = yield* sgdStep(this.W, this.b, this.train, batch, eta, alpha);
    if (mu) { // V ← μ V + what the step changes, W ← W + V
      newW.forEach((row, k) => this.go(this.W[k], row, this.V[k], mu));
      this.go(this.b, newB, this.v, mu);
    }
    [this.W, this.b] = [newW, newB];
    this.updates += 1;
  }

  /** Turn where a step has led, `next`, into where it leads with momentum. */
  go(old, next, velocity, mu) {
    for (let j = 0; j < next.length; j++) {
      velocity[j] = mu * velocity[j] + next[j] - old[j];
      next[j] = old[j] + velocity[j];
    }
  }

  /** The next mini-batch; after the last one an epoch is over, and the order is drawn anew. */
  *next(settings) {
    if (!this.queue.length) {
      this.queue = minibatches(this.train.X.length, settings.batch || this.train.X.length, this.random);
      this.perEpoch = this.queue.length;
    }
    yield* this.step(this.queue.shift(), settings);
    if (!this.queue.length) this.epoch += 1;
  }

  /** The rest of the epoch. */
  *rest(settings) {
    const { epoch } = this;
    while (this.epoch === epoch) { yield; yield* this.next(settings); }
  }

  /** How far training has come, in epochs. */
  get progress() {
    return this.queue.length ? this.epoch + 1 - this.queue.length / this.perEpoch : this.epoch;
  }

  /** Loss and accuracy on training and validation set. */
  *judge(train = this.train) {
    const one = yield* judged(train, this.W, this.b), two = yield* judged(sets.validation, this.W, this.b);
    return { at: this.progress, train: one.loss, validation: two.loss, accuracy: two.accuracy };
  }
}
