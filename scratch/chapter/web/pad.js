"use strict";
// Part 6: draw a digit. The chapter's weights read it, or the lab's of this moment; and why.

const ENOUGH = 0.15; // of the pad's side: less is no digit yet
const pad = { host: $("pad"), strokes: [], shown: null, truth: null, rival: null, cell: null, pen: { x: 0.5, y: 0.3, down: false }, busy: Promise.resolve() };

const reader = () => (checked("reader") === "lab" && lab.learner ? lab.learner : model);
/** The digit on the pad, read as a link to it would be; null where there is none yet. */
function* padPixels() {
  if (pad.shown) return pad.shown;
  return longOf(pad.strokes) > ENOUGH ? yield* pixelsOfStrokes(strokesOfText(strokesAsText(pad.strokes))) : null;
}

/** Judge the pad, and say why: the answer, and not the runner-up (or the truth, or a rival). */
function* padRead() {
  const pixels = yield* padPixels();
  if (!pixels) {
    showBars($("pad-bars"), null);
    $("verdict").textContent = pad.strokes.length ? "A dot is no digit yet: draw on." : "Nothing is drawn yet.";
    for (const id of ["pad-rest", "pad-sum", "pad-legend"]) $(id).textContent = "";
    $("seen").innerHTML = inkPicture(new Uint8Array(AREA));
    $("pad-why").innerHTML = whyPicture(new Float64Array(AREA), new Uint8Array(AREA), 1);
    return;
  }
  const weights = reader(), p = probabilities(pixels, weights), order = [...p.keys()].sort((u, v) => p[v] - p[u]);
  const said = order[0], other = pad.rival ?? (pad.truth !== null && pad.truth !== said ? pad.truth : order[1]);
  const rival = other === said ? order[1] : other, why = reasons(pixels, said, rival, weights);
  yield;
  showBars($("pad-bars"), p, pad.truth);
  $("seen").innerHTML = inkPicture(pixels);
  yield;
  $("pad-why").innerHTML = whyPicture(why.parts, pixels);
  $("pad-why").setAttribute("aria-label", `What every pixel adds for ${said} rather than ${rival}: in all ${signed(why.sum)}`);
  yield;
  $("rival").value = rival;
  $("pad-legend").innerHTML = legend(`speaks for ${said}`, `for ${rival}`);
  $("pad-sum").innerHTML = accountOf(why, said, rival);
  const by = weights === model ? "the chapter's weights" : `yours, after ${lab.learner.updates.toLocaleString("en")} steps`;
  const right = pad.truth === null ? "" : pad.truth === said ? " Right." : ` Wrong: it is ${an(lesson.classes[pad.truth])}.`;
  $("verdict").innerHTML = `Read by ${by}: <b>${an(said)}</b>, ${sure(p[said])} % sure.${right}`;
  const narrow = narrowZero(pixels, said, rival);
  $("pad-rest").textContent = narrow || oneVsRest(pixels, said);
  announce(`${$("verdict").textContent} ${$("pad-sum").textContent} ${narrow}`);
}

const readPad = () => { pad.busy = readPad.often(); };
readPad.often = often(function* pieces() { yield* padRead(); yield; showLink("pad"); });

/** What one-vs-rest says of the same digit. */
function oneVsRest(pixels, said) {
  const all = (oneVsRest.all ??= unpack(lesson.rest.weights, Float32Array)), x = scaled(pixels);
  const p = Array.from(lesson.classes, (_, k) => sigmoid(dot(all.subarray(k * AREA, (k + 1) * AREA), x) + lesson.rest.intercepts[k]));
  const best = argmax(p);
  return `One-vs-rest says ${best}${best === said ? " as well" : ""}; its ten probabilities sum to ${p.reduce((a, b) => a + b, 0).toFixed(2)}.`;
}
/** What the narrow 0 teaches: said where a picture without a hole is called 1. */
function narrowZero(pixels, said, rival) {
  const { side, white } = lesson;
  if (said !== 1 || rival !== 0) return "";
  const middle = [side / 2 - 1, side / 2].flatMap((row) => [side / 2 - 1, side / 2].map((at) => pixels[row * side + at]));
  const grey = middle.reduce((sum, v) => sum + v, 0) / 4 / white;
  return grey < 0.25 ? "" : `A 0 is known by its hole: ink in the centre speaks against it. Here the centre is ${Math.round(100 * grey)} % inked: on ${side} × ${side} pixels a narrow hole closes.`;
}

function drawPad() {
  const board = pad.host.getContext("2d"), { width, height } = pad.host;
  board.fillStyle = token("--sheet");
  board.fillRect(0, 0, width, height);
  if (pad.shown) {
    const image = new Image();
    image.onload = () => { if (pad.shown) { board.imageSmoothingEnabled = false; board.drawImage(image, 0, 0, width, height); } };
    image.src = inkUrl(pad.shown);
  }
  board.strokeStyle = token("--ink");
  trace(board, pad.strokes, 20, (x, y) => [x * width, y * height]);
  if (document.activeElement === pad.host && pad.host.matches(":focus-visible")) {
    board.fillStyle = pad.pen.down ? token("--accent") : token("--ghost");
    board.beginPath();
    board.arc(pad.pen.x * width, pad.pen.y * height, 8, 0, 7);
    board.fill();
  }
  $("pen").textContent = penSaid();
}
/** Draw a stroke, or the newest piece of one, over what is there. */
function inkOn(stroke) {
  const board = pad.host.getContext("2d"), { width, height } = pad.host;
  board.strokeStyle = token("--ink");
  trace(board, [stroke], 20, (x, y) => [x * width, y * height]);
}
function refreshPad() { drawPad(); readPad(); }

function beginStroke(point) {
  if (pad.shown) Object.assign(pad, { shown: null, truth: null, cell: null, strokes: [] });
  pad.rival = null;
  pad.strokes.push([point]);
}
function clearPad() {
  Object.assign(pad, { strokes: [], shown: null, truth: null, rival: null, cell: null, pen: { x: 0.5, y: 0.3, down: false } });
  refreshPad();
}
/** A 0 whose hole is so narrow that the training set's pixels can't show it. */
function drawNarrowZero() {
  clearPad();
  const angles = Array.from({ length: 41 }, (_, i) => (i * Math.PI) / 20);
  pad.strokes = [angles.map((angle) => [0.5 + 0.1 * Math.sin(angle), 0.5 - 0.35 * Math.cos(angle)])];
  pad.rival = 0;
  refreshPad();
}
/** Put a validation digit on the pad: the k-th of those of the confusion matrix. */
function showDigit(k) {
  Object.assign(pad, { strokes: [], shown: cellPixels(k), truth: lesson.cells.truth[k], rival: null, cell: k });
  refreshPad();
}

/** Where the pen is, in words. */
function penSaid() {
  const { x, y, down } = pad.pen, third = (v, names) => names[v < 0.35 ? 0 : v > 0.65 ? 2 : 1];
  return `Pen ${down ? "down" : "up"}, ${third(y, ["top", "middle", "bottom"])} ${third(x, ["left", "middle", "right"])}: ${Math.round(100 * x)} % across, ${Math.round(100 * y)} % down.`;
}

keepsState("pad", 6, () => {
  const by = checked("reader");
  if (pad.cell !== null) return { cell: pad.cell, by };
  return pad.strokes.length ? { drawn: strokesAsText(pad.strokes), by } : {};
}, ({ drawn, cell, by }) => {
  check("reader", by);
  if (cell !== undefined && lesson.cells.truth[cell] !== undefined) return showDigit(Number(cell));
  clearPad();
  pad.strokes = strokesOfText((drawn ?? "").slice(0, 8000));
  return refreshPad();
});

function startPad() {
  makeBars($("pad-bars"));
  let box; // where the pad is while a stroke is drawn: to ask at every point would lay out the page
  const at = (event) => [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
  pad.host.addEventListener("contextmenu", (event) => event.preventDefault());
  dragging(pad.host, (event) => {
    pad.host.setPointerCapture?.(event.pointerId);
    pad.host.focus({ preventScroll: true });
    pad.pen.down = false;
    box = pad.host.getBoundingClientRect();
    const from = at(event);
    let begun = !pad.shown; // a click on a digit that is shown wipes nothing
    if (begun) { beginStroke(from); refreshPad(); }
    return (e) => {
      const to = at(e);
      if (!begun && Math.hypot(to[0] - from[0], to[1] - from[1]) < 0.03) return;
      if (!begun) { begun = true; beginStroke(from); drawPad(); }
      pad.strokes[pad.strokes.length - 1].push(to);
      inkOn(pad.strokes[pad.strokes.length - 1].slice(-2));
      readPad();
    };
  });
  pad.host.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key], { pen } = pad;
    if (event.key === " ") {
      pen.down = !pen.down;
      if (pen.down) beginStroke([pen.x, pen.y]);
    } else if (step) {
      pen.x = Math.min(1, Math.max(0, pen.x + 0.04 * step[0]));
      pen.y = Math.min(1, Math.max(0, pen.y + 0.04 * step[1]));
      if (pen.down) pad.strokes[pad.strokes.length - 1].push([pen.x, pen.y]);
    } else return;
    event.preventDefault();
    event.stopPropagation();
    refreshPad();
    pad.busy.then(() => announce(`${penSaid()} ${$("verdict").textContent}`));
  });
  pad.host.addEventListener("focus", drawPad);
  pad.host.addEventListener("blur", () => { pad.pen.down = false; drawPad(); });
  for (const [button, right] of [["sample", true], ["mistake", false]]) {
    const digits = lesson.cells.truth.flatMap((is, k) => ((is === lesson.cells.said[k]) === right ? [k] : []));
    $(button).disabled = !digits.length;
    $(button).addEventListener("click", () => showDigit(digits[Math.floor(Math.random() * digits.length)]));
  }
  $("clear").addEventListener("click", clearPad);
  $("narrow").addEventListener("click", drawNarrowZero);
  $("rival").addEventListener("input", () => { pad.rival = Number($("rival").value); readPad(); });
  $("reader").addEventListener("input", refreshPad);
  whenThemed(refreshPad);
  clearPad();
}
