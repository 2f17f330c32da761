"use strict";
// Part 5: the digits as small pictures along their score; what is above the axis, what is not below.

const strip = { range: [-6, 7.5], places: [], size: 0, sheet: null };

function geometry() {
  const wide = widthOf($("strip")) || 1000, side = wide < 520 ? 5 : 10;
  return { wide, left: side + 34 * em(), right: side + 4 };
}
const toX = (score, g = geometry()) => g.left + ((score - strip.range[0]) / (strip.range[1] - strip.range[0])) * (g.wide - g.left - g.right);
const toScore = (x, g = geometry()) => strip.range[0] + ((x - g.left) / (g.wide - g.left - g.right)) * (strip.range[1] - strip.range[0]);

/** Every digit once, as a small picture; kept until its size or colour changes. */
function spriteSheet(size, ratio, ink) {
  const key = `${size} ${ratio} ${ink}`;
  if (strip.sheet?.key === key) return strip.sheet;
  const { digits } = judged5, { side, white } = lesson, big = Math.ceil(size * ratio);
  const small = document.createElement("canvas"), canvas = document.createElement("canvas");
  small.width = small.height = side;
  [canvas.width, canvas.height] = [big * 20, big * Math.ceil(digits.length / 20)];
  const [c, pixels] = [canvas.getContext("2d"), small.getContext("2d", { willReadFrequently: true })];
  const colour = rgb(ink), image = pixels.createImageData(side, side);
  c.imageSmoothingEnabled = side > 12;
  digits.forEach((d, i) => {
    for (let j = 0; j < AREA; j++) image.data.set([...colour, (255 * d.pixels[j]) / white], 4 * j);
    pixels.putImageData(image, 0, 0);
    d.at = [(i % 20) * big, Math.floor(i / 20) * big];
    c.drawImage(small, d.at[0] + 1.5 * ratio, d.at[1] + 1.5 * ratio, big - 3 * ratio, big - 3 * ratio);
  });
  return (strip.sheet = { key, canvas, big });
}

/** Stack the digits in bins as wide as a picture: their places, and how tall it all becomes. */
function stacked(size, g, e) {
  const bins = new Map(), places = [], head = 30 * e;
  for (const d of judged5.digits) {
    if (d.score < strip.range[0] || d.score > strip.range[1]) continue;
    const bin = Math.floor((toX(d.score, g) - g.left) / size), key = `${bin} ${d.is}`, n = bins.get(key) ?? 0;
    bins.set(key, n + 1);
    places.push({ d, x: g.left + bin * size, n });
  }
  const most = (is) => Math.max(0, ...places.filter((p) => p.d.is === is).map((p) => p.n + 1));
  const base = head + Math.max(4, most(true)) * (size + 1) + 4;
  return { size, places, base, head, tall: base + 52 * e + most(false) * (size + 1) };
}
function fitted(g, e) {
  const many = judged5.digits.length > 500;
  const sizes = g.wide < 520 ? [13, 10, 8] : g.wide < 900 ? [17, 13, 10] : [21, 17, 14, 11];
  const room = presenting() ? innerHeight - $("part-5").querySelector(".opening").offsetHeight - 330 * e : many ? 700 : 780;
  for (let size = presenting() ? Math.round(22 * e) : sizes[0]; size >= 8; size--) {
    const fit = stacked(size, g, e);
    if (fit.tall <= room || size === 8) return fit;
  }
  return stacked(8, g, e);
}

/** Where every digit lies, and all of them drawn: kept until the room for them or their colour changes. */
function layout(g, e, ratio, ink) {
  const key = [g.wide, e, ratio, ink, presenting() && innerHeight].join(" ");
  if (strip.layout?.key === key) return strip.layout;
  const fit = fitted(g, e), { size, base, tall } = fit, foot = base + 26 * e, sprites = spriteSheet(size, ratio, ink);
  for (const p of fit.places) p.y = p.d.is ? base - 3 - (p.n + 1) * (size + 1) : foot + p.n * (size + 1) + 2;
  const all = document.createElement("canvas");
  [all.width, all.height] = [g.wide * ratio, tall * ratio];
  const c = all.getContext("2d");
  c.scale(ratio, ratio);
  c.globalAlpha = 0.82;
  for (const { d, x, y } of fit.places) c.drawImage(sprites.canvas, d.at[0], d.at[1], sprites.big, sprites.big, x, y, size, size);
  return (strip.layout = { key, ...fit, foot, sprites, all });
}

/** Draw all of it for a threshold; `picked`: the digit with a ring. */
function drawStrip(threshold, picked) {
  const g = geometry(), e = em(), tiny = Math.max(13, 13 * e), ratio = Math.max(1, devicePixelRatio);
  const fit = layout(g, e, ratio, token("--ink")), { size, base, tall, head, foot, sprites } = fit;
  Object.assign(strip, { size, places: fit.places });
  const canvas = $("strip").querySelector("canvas") ?? $("strip").appendChild(element("canvas", { tabindex: 0, role: "application", "aria-roledescription": "picture" }));
  [canvas.width, canvas.height] = [fit.all.width, fit.all.height]; // this also clears it
  canvas.style.aspectRatio = `${g.wide} / ${tall}`;
  const c = canvas.getContext("2d");
  c.scale(ratio, ratio);
  const [ink, soft, edge, accent, wash, sheet] = ["--ink", "--soft", "--edge", "--accent", "--wash", "--sheet"].map(token);
  const x = Math.min(g.wide - g.right, Math.max(g.left, toX(threshold, g)));
  const fade = (y0, y1) => { const f = c.createLinearGradient(0, y0, 0, y1); f.addColorStop(0, wash); f.addColorStop(1, `${wash}00`); return f; };
  c.fillStyle = fade(base, head - 12);
  c.fillRect(g.left, head - 12, x - g.left, base - head + 12);
  c.fillStyle = fade(foot, tall - 20);
  c.fillRect(x, foot, g.wide - g.right - x, tall - foot);
  c.drawImage(fit.all, 0, 0, g.wide, tall);
  Object.assign(c, { fillStyle: sheet, strokeStyle: accent, lineWidth: 1.6 });
  for (const { d, x: left, y: top } of fit.places) {
    if (d.is === d.score > threshold) continue;
    c.fillRect(left, top, size, size);
    c.drawImage(sprites.canvas, d.at[0], d.at[1], sprites.big, sprites.big, left, top, size, size);
    c.strokeRect(left + 0.6, top + 0.6, size - 1.2, size - 1.2);
  }
  c.strokeStyle = edge;
  c.lineWidth = 1;
  c.font = `${tiny}px ${token("--sans")}`;
  c.fillStyle = soft;
  c.textAlign = "center";
  c.beginPath();
  c.moveTo(g.left, base + 0.5);
  c.lineTo(g.wide - g.right, base + 0.5);
  for (const v of ticks(strip.range, g.wide < 520 ? 4 : 7)) {
    c.moveTo(toX(v, g) + 0.5, base);
    c.lineTo(toX(v, g) + 0.5, base + 4);
    c.fillText(minus(v), toX(v, g), base + 4 + tiny);
  }
  c.stroke();
  labelStrip(c, g, { threshold, x, base, foot, head, tall, tiny, e, ink, soft, accent });
  c.strokeStyle = accent;
  c.lineWidth = 2.5;
  c.beginPath();
  c.moveTo(x, 2);
  c.lineTo(x, tall);
  c.stroke();
  const place = fit.places.find((p) => p.d === picked);
  if (place) { c.strokeStyle = ink; c.lineWidth = 2; c.beginPath(); c.arc(place.x + size / 2, place.y + size / 2, size * 0.82, 0, 7); c.stroke(); }
  const k = countsAt(threshold);
  canvas.setAttribute("aria-label", `Threshold ${minus(threshold.toFixed(2))}: ${k.fn} missed, ${k.tp} found, ${k.fp} false alarms, ${k.tn} left alone. Arrow keys go from digit to digit.`);
}

/** The words beside the line, and at the edges. */
function labelStrip(c, g, { threshold, x, base, foot, head, tall, tiny, e, ink, soft, accent }) {
  const k = countsAt(threshold), plain = `${tiny}px ${token("--sans")}`, strong = `600 ${plain}`;
  c.font = strong;
  c.fillStyle = ink;
  const upright = (text, y) => { c.save(); c.translate(tiny, y); c.rotate(-Math.PI / 2); c.textAlign = "center"; c.fillText(text, 0, 0); c.restore(); };
  upright(`is ${lesson.digit}`, (head + base) / 2);
  upright("is not", Math.min(foot + 50 * e, (foot + tall) / 2));
  const beside = (text, y, right) => {
    const wide = c.measureText(text).width, turn = right ? x + 8 + wide > g.wide : x - 8 - wide < 0, at = right !== turn;
    c.textAlign = at ? "left" : "right";
    c.fillText(text, x + (at ? 8 : -8), y);
  };
  c.fillStyle = accent;
  beside(`${k.fn} missed`, tiny + 2, false);
  beside(`${k.fp} false alarm${k.fp === 1 ? "" : "s"}`, tall - 7, true);
  c.fillStyle = ink;
  beside(`${k.tp} found`, x + 70 * e > g.wide ? 2 * tiny + 4 : tiny + 2, true);
  const far = judged5.digits.filter((d) => d.score < strip.range[0]).length, room = x - g.left;
  c.font = plain;
  c.fillStyle = soft;
  c.textAlign = "left";
  if (far && room > 90 * e) c.fillText(`← ${far} more${room < 300 * e ? "" : ` lie further left, down to ${minus(judged5.digits[0].score.toFixed(0))}`}`, g.left, tall - 7);
}
