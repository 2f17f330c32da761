"use strict";
// Begin: first what is in sight, then what needs the digits, a task at a time.

const pause = () => new Promise((done) => { setTimeout(done, 0); });
const started = (async () => {
  await startHero();
  for (const begin of [startFit, startSlope, startLandscape, startMatrix, startPad]) { await pause(); await begin(); }
  for (const name of ["train", "validation"]) await unpackSet(name);
  for (const act of waiting) { await pause(); act(); }
  const begun = new URLSearchParams(location.search).has("present");
  if (begun) {
    const part = Number(/^#part-(\d)/.exec(location.hash)?.[1] ?? 0);
    showPart(part);
    present(true);
  }
  restore();
  addEventListener("hashchange", restore);
})();
