"use strict";
// Part 4: the landscape drawn, its start to drag, and the runs down it.

const STEPS = 100;
const lab4 = { runs: new Runs(), start: [...land.start], ground: null, built: "", contours: "" };
const LIMITS = land.axes.map(([low, high]) => [low + 0.5, high - 0.5]);
const view = { wide: 660, left: 46, top: 8, w: 600, h: 490 }; // the picture's place, in pixels

const px = (w) => view.left + ((w - land.axes[0][0]) / (land.axes[0][1] - land.axes[0][0])) * view.w;
const py = (b) => view.top + ((land.axes[1][1] - b) / (land.axes[1][1] - land.axes[1][0])) * view.h;
const landSetting = () => ({ eta: Number((10 ** Number($("eta").value)).toPrecision(2)), batch: Number(checked("batch")), mu: Number(checked("mu")) });

function addRun(how, steps = STEPS) {
  const run = lab4.runs.add({ ...how, start: [...lab4.start] });
  rerun(run, steps);
  return run;
}
function rerun(run, steps) {
  run.path = walk(run, steps);
  run.losses = run.path.map(([w, b]) => landLoss(w, b));
}

const inside = ([w, b]) => [w, b].every((v, k) => v > LIMITS[k][0] && v < LIMITS[k][1]);
/** Where a run's number stands: at the early step that is farthest from what stands already. */
function badgeAt(run, taken) {
  let best = null, far = -1;
  run.path.forEach((p, k) => {
    if (k < 1 || k > 14 || !inside(p)) return;
    const d = Math.min(...taken.map((q) => Math.hypot(p[0] - q[0], p[1] - q[1])), 6);
    if (d > far + 0.05) { far = d; best = p; }
  });
  return best;
}
/** The runs alone: all that moves while one of them is drawn. */
function runsLayer() {
  const small = view.wide < 460, taken = [land.minimum, lab4.start];
  const shown = lab4.runs.all.map((run) => ({ run, now: lab4.runs.isNow(run) }));
  const lines = shown.map(({ run, now }) => {
    const points = run.path.map(([w, b]) => `${px(w).toFixed(1)},${py(b).toFixed(1)}`).join(" ");
    const dots = now ? run.path.slice(1, 41).map(([w, b]) => `<circle class="dot" cx="${px(w).toFixed(1)}" cy="${py(b).toFixed(1)}" r="${small ? 2 : 3}"/>`).join("") : "";
    return `<polyline class="casing ${now ? "moving" : "thin"}" points="${points}"/><polyline class="${now ? "now moving" : "ghost"}" points="${points}"/>${dots}`;
  }).join("");
  const badges = shown.map(({ run, now }) => {
    const at = badgeAt(run, taken);
    if (!at) return "";
    taken.push(at);
    return `<g class="badge ${now ? "is-now" : ""}"><circle cx="${px(at[0])}" cy="${py(at[1])}" r="${small ? 8.5 : 10}"/><text x="${px(at[0])}" y="${py(at[1]) + 4.5}">${run.no}</text></g>`;
  }).join("");
  return lines + badges;
}

/** Where a level is crossed above the valley, far to the right: the place of its number. */
function heightLabel(level) {
  const c = Math.round(0.9 * (land.columns - 1));
  for (let r = 0; r < land.rows - 1; r++) {
    if (land.heights[r * land.columns + c] > level && land.heights[(r + 1) * land.columns + c] <= level) {
      return [view.left + 0.9 * view.w, view.top + ((r + 0.5) / (land.rows - 1)) * view.h];
    }
  }
  return null;
}
/** Ground, contours and axes: once for every width. */
function buildLand() {
  lab4.ground ??= landGround();
  lab4.contours ||= land.levels.map((level, i) => `<path class="${i % 3 === 1 ? "index" : ""}" d="${contour(level)}"/>`).join("");
  view.wide = Math.max(200, widthOf($("land")));
  const small = view.wide < 460, e = em(), { levels, axes, minimum } = land;
  [view.left, view.top] = (small ? [30, 24] : [46, 8]).map((v) => v * e);
  view.w = view.wide - view.left - 10;
  view.h = (view.w * (axes[1][1] - axes[1][0])) / (axes[0][1] - axes[0][0]); // equal units on both axes
  const { left, top, w, h } = view, [mx, my] = [px(minimum[0]), py(minimum[1])];
  const numbers = levels.filter((_, i) => (small ? i % 3 === 1 : i % 2 === 0 || i > 8)).map((level) => {
    const at = heightLabel(level);
    return at ? `<text class="height" x="${at[0]}" y="${at[1] + 4}" text-anchor="middle">${level}</text>` : "";
  }).join("");
  $("land").innerHTML = `<svg viewBox="0 0 ${view.wide} ${Math.round(top + h + 42 * e)}" role="group" aria-label="Landscape of the loss. Minimum ${land.lowest.toFixed(3)} at w ${minus(minimum[0].toFixed(1))}, b ${minus(minimum[1].toFixed(1))}.">
    <defs><marker id="head" viewBox="0 0 10 10" refX="6" refY="5" markerWidth="6" markerHeight="6" orient="auto"><path d="M0 0 10 5 0 10z" class="arrowhead"/></marker></defs>
    <image href="${lab4.ground}" x="${left}" y="${top}" width="${w}" height="${h}" preserveAspectRatio="none"/>
    <g class="contours" transform="translate(${left} ${top}) scale(${w / (land.columns - 1)} ${h / (land.rows - 1)})">${lab4.contours}</g>${numbers}
    <svg x="${left}" y="${top}" width="${w}" height="${h}" viewBox="${left} ${top} ${w} ${h}"><g id="runs-layer"></g></svg>
    <g class="minimum"><path d="M${mx - 7} ${my}h14M${mx} ${my - 7}v14"/></g>
    <text class="named" x="${mx + 12}" y="${my + 20}">${small ? "min" : "minimum"} ${land.lowest.toFixed(3)}</text>
    ${ticks(axes[0]).map((v) => `<text x="${px(v)}" y="${top + h + 17 * e}" text-anchor="middle">${minus(v)}</text>`).join("")}${ticks(axes[1]).map((v) => `<text x="${left - 7}" y="${py(v) + 4}" text-anchor="end">${minus(v)}</text>`).join("")}
    <text class="strong" x="${left + w / 2}" y="${top + h + 36 * e}" text-anchor="middle">weight w of the pixel</text>
    ${small ? `<text class="strong" x="0" y="13">intercept b</text>` : `<text class="strong" transform="translate(13 ${top + h / 2}) rotate(-90)" text-anchor="middle">intercept b</text>`}
    <rect x="${left}" y="${top}" width="${w}" height="${h}" fill="none" class="axis"/>
    <g class="handle" id="start-handle" tabindex="0" role="button"><circle class="reach" r="22"/><circle class="ring" r="${small ? 7 : 8}"/><text class="named" x="-14" y="-13" text-anchor="middle">start</text></g></svg>`;
}
function drawLand() {
  const key = `${widthOf($("land"))} ${token("--low")} ${em()}`;
  if (key !== lab4.built) {
    if (!lab4.built.includes(token("--low"))) lab4.ground = null;
    buildLand();
    lab4.built = key;
  }
  const [w, b] = lab4.start, [sx, sy] = [px(w), py(b)], [gw, gb] = landGradient(w, b), long = Math.hypot(gw, gb) || 1;
  $("runs-layer").innerHTML = lab4.runs.all.length ? runsLayer() : `<line class="now" x1="${sx}" y1="${sy}" x2="${sx - (gw / long) * 52}" y2="${sy + (gb / long) * 52}" marker-end="url(#head)"/>`;
  $("start-handle").setAttribute("transform", `translate(${sx.toFixed(1)} ${sy.toFixed(1)})`);
  $("start-handle").setAttribute("aria-label", `Start at w ${minus(w.toFixed(1))}, b ${minus(b.toFixed(1))}. Arrow keys move it.`);
}
function drawLosses() {
  const { all } = lab4.runs, low = land.lowest * 0.9, top = 3;
  chart($("losses"), {
    title: "Loss, step by step",
    says: all.map((run) => `run ${run.no} ends at ${run.losses[run.losses.length - 1].toFixed(3)}`).join(", ") || "no run yet",
    x: { range: [0, STEPS], label: "steps" }, y: { range: [low, top], log: true, label: "", ticks: [0.25, 0.5, 1, 2].filter((v) => v > low) },
    height: presenting() ? 0.38 : 0.5, right: 28,
    lines: all.map((run) => {
      return { kind: lab4.runs.isNow(run) ? "now" : "ghost", badge: run.path.length > 20 ? run.no : null, at: [STEPS, run.losses[run.losses.length - 1]], points: run.losses.map((v, k) => [k, v]) };
    }),
  });
}
function describe(run) {
  const end = run.losses[run.losses.length - 1], tail = run.losses.slice(-20);
  const ups = tail.filter((v, k) => k && v > tail[k - 1] + 1e-6).length;
  if (run.batch) return `Run ${run.no} ends at ${end.toFixed(3)}, by chance: it jitters, since every step sees only ${run.batch === 1 ? "one sample" : `${run.batch} samples`}.`;
  if (end - land.lowest < 0.0015) return `Run ${run.no} has arrived: ${end.toFixed(3)}, the minimum.`;
  const thrown = run.eta > (2 * (1 + run.mu)) / land.curvature || ups > 3;
  return `Run ${run.no} ends at ${end.toFixed(3)}; the minimum is ${land.lowest.toFixed(3)}. ${thrown ? "It is thrown from wall to wall." : "It still creeps along the floor."}`;
}
function drawLandscape() {
  drawLand();
  drawLosses();
  const { eta, mu } = landSetting();
  $("eta-said").textContent = eta;
  const limit = (2 * (1 + mu)) / land.curvature, place = (v) => (100 * (Math.log10(v) + 1)) / 3;
  $("ruler").innerHTML = `${[0.1, 1, 10, 100].map((v) => `<span style="left:${place(v)}%">${v}</span>`).join("")}<span class="beyond" style="left:${place(limit)}%"></span><span class="limit" style="left:${place(limit)}%">limit ${limit.toFixed(1)} = ${mu ? `2 × ${1 + mu}` : "2"} / curvature</span>`;
  $("limit-words").textContent = `On all samples, steps above ${limit.toFixed(1)} do not settle.`;
  $("runs").innerHTML = lab4.runs.rows((run) => [run.eta, run.batch || "all", run.mu, ((run.batch || land.n) * (run.path.length - 1)).toLocaleString("en"), run.losses[run.losses.length - 1].toFixed(3)], "None yet. The arrow shows the first step's direction.", 7, { removable: true, lesser: 3 });
  $("land-says").textContent = lab4.runs.last ? describe(lab4.runs.last) : "";
  showLink("land");
}
/** Draw all, then show the newest run step by step: in a frame nothing else changes. */
function animateRun() {
  drawLandscape();
  if (calm.matches) return;
  const began = performance.now(), lines = document.querySelectorAll("#runs-layer .moving, #losses .now");
  const dots = document.querySelectorAll("#runs-layer .dot"), steps = lab4.runs.last.path.length - 1;
  const frame = (now) => {
    const share = Math.min(1, (Math.max(0, now - began) / 1600) ** 1.6), n = Math.max(1, share * steps);
    for (const line of lines) reveal(line, n / steps);
    dots.forEach((dot, k) => dot.classList.toggle("later", k >= n));
    if (share < 1) requestAnimationFrame(frame);
  };
  frame(began);
}
function setLandscape({ eta, batch, mu }) {
  $("eta").value = Math.log10(eta);
  check("batch", batch);
  check("mu", mu);
}
function runLandscape() {
  addRun(landSetting());
  animateRun();
  announce(describe(lab4.runs.last));
}
function moveStart(w, b) {
  lab4.start = [w, b].map((v, k) => Math.min(LIMITS[k][1], Math.max(LIMITS[k][0], v)));
  const { last } = lab4.runs;
  if (last) { last.start = [...lab4.start]; rerun(last, last.path.length - 1); }
  drawLandscape();
}

const startOf = (run) => run.start.map((v) => Number(v.toFixed(2))).join(",");
keepsState("land", 4, () => {
  const { eta, batch, mu } = landSetting();
  const runs = lab4.runs.all.map((run) => [run.eta, run.batch, run.mu, run.path.length - 1, startOf(run)].join(":")).join(";");
  return { eta, batch, mu, start: startOf(lab4), ...(runs ? { runs } : {}) };
}, ({ eta, batch, mu, start, runs }) => {
  setLandscape({ eta: numberIn(eta, 0.1, 100) ?? 1, batch: [0, 1, 8].includes(Number(batch)) ? batch : 0, mu: [0, 0.5, 0.9].includes(Number(mu)) ? mu : 0 });
  const placeOf = (text) => { const at = (text ?? "").split(",").map(Number); return at.length === 2 && at.every((v, k) => v >= LIMITS[k][0] && v <= LIMITS[k][1]) ? at : [...land.start]; };
  lab4.runs.wipe();
  for (const text of (runs ?? "").split(";").filter(Boolean).slice(-5)) {
    const [eta, batch, mu, steps, from] = text.split(":");
    if (numberIn(eta, 0.1, 100) === null || numberIn(batch, 0, 8) === null || numberIn(mu, 0, 0.9) === null || numberIn(steps, 1, STEPS) === null) continue;
    lab4.start = placeOf(from);
    addRun({ eta: Number(eta), batch: Number(batch), mu: Number(mu) }, Number(steps));
  }
  lab4.start = placeOf(start);
  drawLandscape();
});

function startLandscape() {
  setLandscape({ eta: land.etas[0], batch: 0, mu: 0 });
  $("scale").innerHTML = bandColours().map((c) => `<i style="background:rgb(${c})"></i>`).join("");
  $("run").addEventListener("click", runLandscape);
  $("one").addEventListener("click", () => {
    const { last } = lab4.runs, how = landSetting();
    const same = last && last.path.length <= 20 && ["eta", "batch", "mu"].every((key) => last[key] === how[key]);
    if (same) rerun(last, last.path.length); else addRun(how, 1);
      drawLandscape();
    announce(`Loss ${lab4.runs.last.losses[lab4.runs.last.losses.length - 1].toFixed(3)}`);
  });
  $("wipe").addEventListener("click", () => { lab4.runs.wipe(); drawLandscape(); });
  for (const id of ["eta", "batch", "mu"]) $(id).addEventListener("input", drawLandscape);
  $("runs").addEventListener("click", (event) => {
    const no = event.target.dataset.remove;
    if (no) { lab4.runs.remove(Number(no)); drawLandscape(); $("run").focus({ preventScroll: true }); }
  });
  for (const button of document.querySelectorAll("[data-set]")) {
    button.addEventListener("click", () => { setLandscape(JSON.parse(button.dataset.set)); runLandscape(); bringUp($("land")); });
  }
  dragging($("land"), (event) => event.target.closest("#start-handle") && ((e) => {
    const box = $("land").firstElementChild.getBoundingClientRect(), s = view.wide / box.width, [wAxis, bAxis] = land.axes;
    moveStart(wAxis[0] + (((e.clientX - box.left) * s - view.left) / view.w) * (wAxis[1] - wAxis[0]), bAxis[1] - (((e.clientY - box.top) * s - view.top) / view.h) * (bAxis[1] - bAxis[0]));
  }));
  $("land").addEventListener("keydown", (event) => {
    const by = { ArrowLeft: [-0.5, 0], ArrowRight: [0.5, 0], ArrowUp: [0, 0.5], ArrowDown: [0, -0.5] }[event.key];
    if (!by || !event.target.closest("#start-handle")) return;
    event.preventDefault();
    event.stopPropagation();
    moveStart(lab4.start[0] + by[0], lab4.start[1] + by[1]);
  });
  whenResized($("land"), drawLandscape);
  whenThemed(() => {
    $("scale").innerHTML = bandColours().map((c) => `<i style="background:rgb(${c})"></i>`).join("");
    drawLandscape();
  });
  drawLandscape();
}
