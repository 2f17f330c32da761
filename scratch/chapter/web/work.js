"use strict";
// Long computations in slices, so that no task holds up the page.

const SLICE = 5; // milliseconds

/** Run a generator to its end, a slice at a time; resolves to what it returns. */
function inSlices(generator) {
  return new Promise((resolve, reject) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      try {
        const until = performance.now() + SLICE;
        let next;
        do next = generator.next(); while (!next.done && performance.now() < until);
        if (next.done) { port1.close(); resolve(next.value); } else port2.postMessage(0);
      } catch (error) { port1.close(); reject(error); }
    };
    port2.postMessage(0);
  });
}

/** A drawing that is asked for often: from the next frame on, in slices, the newest state last. */
function often(pieces) {
  let asked = false, running = null;
  const run = async () => {
    while (asked) {
      await new Promise(requestAnimationFrame);
      asked = false;
      await inSlices(pieces());
    }
    running = null;
  };
  return () => { asked = true; running ??= run(); return running; };
}

/** Run a generator to its end at once: for tests, and where it is short. */
function atOnce(generator) {
  let next;
  do next = generator.next(); while (!next.done);
  return next.value;
}

/** Grey values as rows of numbers in [0, 1], rounded to 32 bits as Python's are. */
function* rowsOf(bytes) {
  const rows = [];
  for (let i = 0; i < bytes.length / AREA; i++) {
    if (i % 100 === 99) yield;
    rows.push(Float64Array.from(bytes.subarray(i * AREA, (i + 1) * AREA), (v) => Math.fround(v / lesson.white)));
  }
  return rows;
}

/** The training and the validation digits that the page carries: { X, y, bytes } each. */
const sets = {};
async function unpackSet(name) {
  const bytes = await inflate(lesson[name].pixels);
  sets[name] = { bytes, X: await inSlices(rowsOf(bytes)), y: [...lesson[name].labels].map((c) => lesson.classes.indexOf(c)) };
}
const pixelsOf = (bytes, i) => bytes.subarray(i * AREA, (i + 1) * AREA);

/** Everything that waits for the digits: `start` calls it when they are there. */
const waiting = [];
const whenReady = (act) => waiting.push(act);
