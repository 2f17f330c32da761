"use strict";
// Part 5: the threshold, what its mistakes cost, and the digit under the ring.

const five = { at: 0, picked: null, drawn: "", busy: Promise.resolve() };

function drawCosts() {
  const g = geometry(), e = em(), h = 164 * e, t = 28 * e, b = 24 * e, cost = prices(), [low, high] = strip.range;
  const at = [low, ...judged5.digits.map((d) => d.score).filter((s) => s > low && s < high), high];
  const steps = at.map((s) => [s, costAt(s, cost)]);
  const top = Math.max(...steps.map((s) => s[1]), 1), y = (v) => t + (1 - v / top) * (h - t - b);
  const best = cheapest(cost), now = costAt(five.at, cost);
  const path = steps.map(([s, v], i) => (i ? `H${toX(s, g).toFixed(1)}V${y(v).toFixed(1)}` : `M${toX(s, g).toFixed(1)} ${y(v).toFixed(1)}`)).join("");
  const within = (v) => Math.min(g.wide - g.right, Math.max(g.left, toX(v, g)));
  const [bx, by, x] = [within(best.t), y(best.cost), within(five.at)];
  const left = five.at > best.t ? x - g.left > 80 : x > g.wide - g.right - 80;
  $("costs").innerHTML = `<svg viewBox="0 0 ${g.wide} ${h}" role="img" aria-label="Cost of every threshold. The cheapest is ${minus(best.t.toFixed(2))}, at ${best.cost}; yours costs ${now}.">
    ${[0, 0.5, 1].map((f) => { const v = Math.round(f * top); return `<line class="grid" x1="${g.left}" x2="${g.wide - g.right}" y1="${y(v)}" y2="${y(v)}"/><text x="${g.left - 6}" y="${y(v) + 4}" text-anchor="end">${v}</text>`; }).join("")}
    <path d="${path}" class="ink"/>
    <line x1="${bx}" x2="${bx}" y1="${by + 5}" y2="${y(0)}" class="drop"/><path d="M${bx - 6} ${y(0) + 13}h12l-6 -11z" class="mark"/>
    <text class="strong haloed" x="${bx + (bx > g.wide - 130 ? -10 : 10)}" y="${y(0) + 14 * e}" text-anchor="${bx > g.wide - 130 ? "end" : "start"}">cheapest: ${best.cost}</text>
    <line class="now" x1="${x}" x2="${x}" y1="0" y2="${y(0)}"/><text class="strong haloed" x="${g.left}" y="${14 * e}">${g.wide < 400 ? "What all mistakes cost" : "What all mistakes cost, for every threshold"}</text><circle cx="${x}" cy="${y(now)}" r="6" class="dot rimmed"/>
    ${Math.abs(x - bx) > 5 ? `<text class="ended is-now" x="${x + (left ? -12 : 12)}" y="${Math.max(t + 12, y(now) - 9)}" text-anchor="${left ? "end" : "start"}">here: ${now}</text>` : ""}</svg>`;
}

function drawPicked() {
  const d = five.picked;
  if (!d) return;
  const wrong = d.is !== d.score > five.at, key = `${d.i} ${wrong} ${d.score > five.at} ${token("--ink")}`;
  if (key === five.drawn) return;
  five.drawn = key;
  const x = scaled(d.pixels), parts = binary.w.map((w, j) => w * x[j]), sum = parts.reduce((a, b) => a + b, 0), { digit } = lesson;
  const kind = wrong ? `: ${d.is ? "a miss" : "a false alarm"}` : "";
  $("picked").innerHTML = `<div class="picture">${inkPicture(d.pixels)}</div><div role="img" aria-label="What every pixel adds">${whyPicture(parts, d.pixels)}</div><div><p><b>${d.is === (d.label === "8") && d.label === "8" ? "An 8" : `A ${d.label}`}, ${d.score > five.at ? `called ${digit}` : `called not ${digit}`}${kind}.</b></p><p class="n">Pixels ${signed(sum)}, intercept ${signed(binary.b)}: score ${minus(d.score.toFixed(1))}, <span class="line">p = ${sigmoid(d.score).toFixed(2)}</span>.</p><p class="legend">${legend(`speaks for ${digit}`, `for not ${digit}`)}</p></div>`;
  announce($("picked").textContent);
}

function drawThreshold() {
  const k = countsAt(five.at);
  sayPrices();
  $("threshold").value = five.at;
  const said = `score ${minus(five.at.toFixed(2))}, probability ${sigmoid(five.at).toFixed(2)}`;
  $("threshold-said").textContent = said;
  $("threshold").setAttribute("aria-valuetext", said);
  for (const name of ["tp", "fp", "fn", "tn"]) $(name).textContent = k[name].toLocaleString("en");
  const { digit } = lesson;
  $("measures").innerHTML = [[`Precision, of those called ${digit}`, precisionOf(k)], [`Recall, of the ${digit}s`, recallOf(k)], ["F1, their harmonic mean", f1Of(k)], ["Accuracy", accuracyOf(k)]]
    .map(([name, v]) => `<div><span>${name}</span><b>${percent(v)}</b><span class="track"><i style="width:${100 * (v || 0)}%"></i></span></div>`).join("");
  five.busy = drawFive();
}
/** The pictures of it, one after the other: each is a task of its own. */
const drawFive = often(function* pictures() {
  placeSlider();
  drawCosts();
  yield;
  drawStrip(five.at, five.picked);
  yield;
  drawPicked();
  moveRings();
  yield;
  showLink("threshold");
});
function placeSlider() {
  const g = geometry();
  $("threshold").style.cssText = `margin-inline:${g.left - 10}px ${g.right - 10}px;width:calc(100% - ${g.left + g.right - 20}px)`;
}
/** New prices change what mistakes cost, and no digit. */
const drawPrices = often(function* costs() { drawCosts(); yield; showLink("threshold"); });
function sayPrices() {
  const [miss, alarm] = prices();
  $("miss-said").textContent = miss;
  $("alarm-said").textContent = alarm;
}
function setThreshold(at) {
  five.at = at;
  drawThreshold();
  const k = countsAt(at);
  announce(`Threshold ${minus(at.toFixed(2))}: precision ${percent(precisionOf(k))}, recall ${percent(recallOf(k))}, cost ${costAt(at)}.`);
}
function pick(d) { five.picked = d; drawStrip(five.at, d); drawPicked(); }

function toCheapest() {
  const from = five.at, to = cheapest().t, began = performance.now();
  if (calm.matches) { setThreshold(to); return; }
  const frame = (now) => {
    const f = Math.min(1, Math.max(0, now - began) / 500), e = f * f * (3 - 2 * f);
    setThreshold(f < 1 ? from + (to - from) * e : to);
    if (f < 1) requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
}
function setPrices(miss, alarm) {
  $("miss").value = miss;
  $("alarm").value = alarm;
}

keepsState("threshold", 5, () => ({ threshold: Number(five.at.toFixed(4)), miss: $("miss").value, alarm: $("alarm").value }), ({ threshold, miss, alarm }) => {
  setPrices(numberIn(miss, 1, 20) ?? 1, numberIn(alarm, 1, 20) ?? 1);
  setThreshold(numberIn(threshold, -100, 100) ?? 0);
});

whenReady(() => {
  makeScores();
  five.picked = judged5.digits.find((d) => d.is);
  const wide = judged5.digits[judged5.digits.length - 1].score;
  strip.range = [Math.max(-6, Math.floor(judged5.digits[0].score)), Math.min(9, Math.ceil(2 * wide) / 2 + 0.5)];
  Object.assign($("threshold"), { min: strip.range[0], max: strip.range[1] });
  $("threshold").addEventListener("input", () => setThreshold(Number($("threshold").value)));
  for (const id of ["miss", "alarm"]) $(id).addEventListener("input", () => { sayPrices(); five.busy = drawPrices(); });
  $("cheapest").addEventListener("click", toCheapest);
  for (const button of document.querySelectorAll("[data-threshold]")) {
    button.addEventListener("click", () => { setThreshold(Number(button.dataset.threshold)); bringUp($("strip")); });
  }
  const nextWrong = (is) => {
    const list = judged5.digits.filter((d) => d.is === is && d.is !== d.score > five.at);
    if (list.length) pick(list[(list.indexOf(five.picked) + 1) % list.length]);
  };
  $("next-miss").addEventListener("click", () => nextWrong(true));
  $("next-alarm").addEventListener("click", () => nextWrong(false));
  dragging($("strip"), (event) => {
    const at = (e) => { const box = $("strip").getBoundingClientRect(); return [e.clientX - box.left, e.clientY - box.top]; };
    const [x, y] = at(event);
    if (Math.abs(x - toX(five.at)) <= 14) return (e) => setThreshold(Math.min(strip.range[1], Math.max(strip.range[0], toScore(at(e)[0]))));
    const far = (p) => Math.hypot(p.x + strip.size / 2 - x, p.y + strip.size / 2 - y);
    const near = strip.places.reduce((p, q) => (!p || far(q) < far(p) ? q : p), null);
    if (near) pick(near.d);
    return null;
  });
  $("strip").addEventListener("keydown", (event) => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!by) return;
    event.preventDefault();
    event.stopPropagation();
    const list = strip.places.map((p) => p.d);
    pick(list[Math.min(list.length - 1, Math.max(0, list.indexOf(five.picked) + by))]);
  });
  whenResized($("strip"), drawThreshold);
  whenResized($("pr-chart"), drawCurves);
  whenThemed(drawThreshold);
  drawCurves();
  drawThreshold();
});
