"use strict";
// One kind of chart: lines over two axes, drawn at the width that it has.

/** Round numbers that divide a range into about n parts. */
function ticks([low, high], n = 5) {
  const rough = (high - low) / n;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * [1, 2, 5, 10].find((factor) => factor * power >= rough * 0.999);
  const found = [];
  for (let k = Math.ceil(low / step - 1e-9); k * step <= high + 1e-9 * step; k++) found.push(Number((k * step).toPrecision(10)));
  return found;
}

/** Round numbers for a logarithmic axis: 1, 2, 5, 10, ...; over many powers of ten, some of these. */
function logTicks([low, high]) {
  const [first, last] = [low, high].map((v) => Math.log10(v));
  const found = [];
  const every = Math.max(1, Math.ceil((last - first) / 6));
  for (let k = Math.floor(first); k <= last; k++) {
    if (last - first < 1.2) for (const factor of [1, 2, 3, 5]) found.push(Number((factor * 10 ** k).toPrecision(3)));
    else if (last - first < 2.2) for (const factor of [1, 3]) found.push(Number((factor * 10 ** k).toPrecision(3)));
    else if (k % every === 0) found.push(Number(`1e${k}`));
  }
  return found.filter((v) => v >= low * 0.999 && v <= high * 1.001);
}

const short = (v) => (v && Math.abs(v) < 1e-3 ? `10<tspan dy="-0.4em" font-size="0.8em">${minus(Math.round(Math.log10(v)))}</tspan>` : minus(v));

/**
 * Draw a chart into an element.
 *
 * x, y: { range: [low, high], label, log }; lines: [{ points: [[x, y]...], kind, name, badge, dots }]
 * where kind is "now", "ghost", "ink" or "soft", with " dashed" after it. A line is named at its end.
 * `says` tells in words what it shows. `over` is drawn above all; it gets (across, up).
 */
function chart(host, { title, says, x, y, lines, height = 0.62, over = () => "", under = () => "", percentY = false, right = 16 }) {
  const e = em(), wide = Math.max(240, widthOf(host) || 400), small = wide < 460 * e;
  const high = Math.round(Math.min(height * wide, 400 * e));
  const [l, t, b] = [(percentY ? 52 : 44) * e, 46 * e, 42 * e], r = right * e;
  const scale = ({ range, log }, from, to) => {
    const f = log ? Math.log : (v) => v, [low, top] = range.map(f);
    return (v) => from + ((f(v) - low) / (top - low)) * (to - from);
  };
  const across = scale(x, l, wide - r), up = scale(y, high - b, t);
  const clamped = (v) => Math.min(high - b, Math.max(t, up(v)));
  const marks = (axis, n) => axis.ticks ?? (axis.log ? logTicks(axis.range) : ticks(axis.range, n));
  const grid = marks(y, small ? 4 : 5).map((v) => `<line class="grid" x1="${l}" x2="${wide - r}" y1="${up(v)}" y2="${up(v)}"/><text x="${l - 6}" y="${up(v) + 4}" text-anchor="end">${percentY ? `${Math.round(100 * v)} %` : short(v)}</text>`).join("");
  const feet = marks(x, small ? 3 : 6).map((v) => `<text x="${across(v)}" y="${high - b + 17 * e}" text-anchor="middle">${short(v)}</text>`).join("");
  const drawn = lines.map(({ points, kind, dots }) => {
    const path = points.map(([v, w]) => `${across(v).toFixed(1)},${clamped(w).toFixed(1)}`).join(" ");
    return `<polyline class="${kind}" points="${path}"/>${dots ? points.map(([v, w]) => `<circle class="dot" cx="${across(v).toFixed(1)}" cy="${clamped(w).toFixed(1)}" r="3"/>`).join("") : ""}`;
  }).join("");
  host.innerHTML = `<svg viewBox="0 0 ${wide} ${high}" role="img" aria-label="${`${title}: ${says}`.replace(/"/g, "")}">
    <text class="strong" x="0" y="${14 * e}">${title}</text><text x="0" y="${32 * e}">${y.label}</text>
    ${grid}${feet}<line class="axis" x1="${l}" x2="${wide - r}" y1="${high - b}" y2="${high - b}"/>
    <text x="${wide - r}" y="${high - 6 * e}" text-anchor="end">${x.label}</text>
    ${under(across, up)}${drawn}${endNames(lines, across, clamped, e, wide - r)}${over(across, up)}</svg>`;
}

/** Names and badges at the ends of lines, moved apart where they would lie on one another. */
function endNames(lines, across, up, e, edge) {
  const ends = lines.filter(({ name, badge, points }) => (name || badge) && points.length).map((line) => {
    const [v, w] = line.at ?? line.points[line.points.length - 1];
    const x = across(v), after = x < 0.6 * edge; // there is room for the name behind the end
    return { ...line, x, after, y: up(w) + (line.badge ? 0 : after ? 4 * e : -7 * e) };
  }).sort((p, q) => p.y - q.y);
  for (let i = ends.length - 2; i >= 0; i--) ends[i].y = Math.min(ends[i].y, ends[i + 1].y - 16 * e);
  return ends.map(({ name, badge, kind, x, after, y }) => {
    const now = kind.startsWith("now");
    if (badge) return `<g class="badge ${now ? "is-now" : ""}"><circle cx="${edge + 12 * e}" cy="${y}" r="${8 * e}"/><text x="${edge + 12 * e}" y="${y + 4 * e}">${badge}</text></g>`;
    return `<text class="ended ${now ? "is-now" : ""}" x="${after ? x + 8 : Math.min(x, edge) - 4}" y="${y}" text-anchor="${after ? "start" : "end"}">${name}</text>`;
  }).join("");
}

/** Show the first part of a line that is drawn already. */
function reveal(line, share) {
  line.points_drawn ??= line.getAttribute("points").split(" ");
  const all = line.points_drawn;
  line.setAttribute("points", all.slice(0, 1 + Math.round(share * (all.length - 1))).join(" "));
}

/** From a little below the least to a little above the largest, for a logarithmic axis. */
function logRange(...lists) {
  const all = lists.flat().filter((v) => v > 0 && Number.isFinite(v));
  return [Math.min(...all) / 1.15, Math.max(...all) * 1.15];
}
