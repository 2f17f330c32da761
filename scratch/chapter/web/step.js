"use strict";
// One gradient step on one digit, class by class.

const one = { index: 0, W: null, b: null };

function makeStepRows() {
  one.rows = [...lesson.classes].map((label) => {
    const cell = (...children) => element("td", {}, ...children);
    const parts = { score: cell(), p: element("span"), bar: element("i"), gap: element("span"), swing: element("i") };
    const pictures = ["before", "change", "after"].map((name) =>
      element("canvas", { role: "img", "aria-label": `${label}: ${name}` }));
    $("step-rows").append(element("tr", {}, element("th", { scope: "row" }, label), parts.score,
      cell(element("div", { class: "share" }, parts.bar), parts.p),
      cell(element("div", { class: "swing" }, parts.swing), parts.gap), ...pictures.map((canvas) => cell(canvas))));
    return { ...parts, pictures };
  });
}

function weightsToStepFrom() {
  const zeros = () => ({ W: model.W.map((w) => new Float64Array(w.length)), b: new Float64Array(model.W.length) });
  const { W, b } = { zero: zeros, lab: () => live.learner, trained: () => model }[$("step-from").value]();
  Object.assign(one, { W: W.map((w) => w.slice()), b: b.slice() });
}

/** The step that `sgdStep` takes on the digit, and all that leads to it. */
function takeApart() {
  const [x, y, eta] = [live.train.X[one.index], live.train.y[one.index], Number($("step-eta").value)];
  const [z] = scoresOf([x], one.W, one.b);
  const [p] = softmax([z]);
  const [residual] = crossEntropyGradient([z], [y]); // p - y
  const [W, b] = sgdStep(one.W, one.b, [x], [y], eta, 0);
  const after = softmax(scoresOf([x], W, b))[0];
  return { x, y, eta, z, p, residual, W, b, after };
}

function showStep() {
  const { x, y, z, p, residual, W, after } = takeApart();
  paint($("step-digit"), x.map((v) => v * lesson.white), ink);
  $("step-digit").setAttribute("aria-label", `a training digit, ${lesson.classes[y]}`);
  const changes = W.map((w, k) => w.map((weight, j) => weight - one.W[k][j]));
  const largest = (rows) => Math.max(1e-9, ...rows.map((row) => row.reduce((top, v) => Math.max(top, Math.abs(v)), 0)));
  const top = Math.max(...[one.W, changes, W].map(largest)); // one scale for all pictures
  one.rows.forEach((row, k) => {
    row.score.textContent = signed(z[k]);
    row.p.textContent = p[k].toFixed(3);
    row.gap.textContent = signed(residual[k], 3);
    row.bar.style.width = `${100 * p[k]}%`;
    row.swing.style.width = `${50 * Math.abs(residual[k])}%`;
    row.swing.style.left = residual[k] < 0 ? `${50 - 50 * Math.abs(residual[k])}%` : "50%";
    row.swing.className = residual[k] < 0 ? "less" : "more";
    [one.W[k], changes[k], W[k]].forEach((values, n) =>
      paint(row.pictures[n], values, (v) => diverging((127 * v) / top)));
  });
  const loss = (q) => (-Math.log(q)).toPrecision(3);
  $("step-words").textContent = `A ${lesson.classes[y]}. The step takes its probability from ${percent(p[y])} to ${percent(after[y])}, `
    + `its loss from ${loss(p[y])} to ${loss(after[y])}.`;
}

live.ready.then(() => {
  makeStepRows();
  weightsToStepFrom();
  for (const [name, act] of Object.entries({
    take: () => Object.assign(one, { W: takeApart().W, b: takeApart().b }),
    next: () => { one.index = (one.index + 1) % live.train.X.length; },
    from: weightsToStepFrom,
    eta: () => {},
  })) {
    $(`step-${name}`).addEventListener($(`step-${name}`).tagName === "BUTTON" ? "click" : "input", () => {
      act();
      showStep();
      announce($("step-words").textContent);
    });
    $(`step-${name}`).disabled = false;
  }
  showStep();
});
