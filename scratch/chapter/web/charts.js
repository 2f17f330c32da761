"use strict";
// One kind of chart: lines or bars over two axes, with words and a table for who does not see it.

/** Round numbers that divide a range into about five parts. */
function ticks([low, high]) {
  const rough = (high - low) / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * [1, 2, 5, 10].find((factor) => factor * power >= rough);
  const found = [];
  for (let k = Math.ceil(low / step - 1e-9); k * step <= high + 1e-9 * step; k++) {
    found.push(Number((k * step).toPrecision(10)));
  }
  return found;
}

/** Round numbers for a logarithmic axis: 1, 2, 5, 10, 20, ...; over many powers of ten, some of these. */
function logTicks([low, high]) {
  const [first, last] = [low, high].map((v) => Math.log10(v));
  if (last - first > 4) {
    const every = Math.ceil((last - first) / 6);
    return Array.from({ length: 7 }, (_, i) => Number(`1e${Math.ceil(first) + i * every}`)).filter((v) => v <= high);
  }
  const found = [];
  for (let power = 10 ** Math.floor(Math.log10(low)); power <= high; power *= 10) {
    for (const factor of [1, 2, 5]) found.push(Number((factor * power).toPrecision(3)));
  }
  return found.filter((v) => v >= low && v <= high);
}

/** The chart's numbers, some of them, as a table that is made when somebody opens it. */
function tableBehind(host, title) {
  const behind = element("details", { class: "behind" }, element("summary", {}, "Table"),
    element("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": `${title}, table` }, element("table")));
  behind.addEventListener("toggle", () => behind.open && fillTable(host));
  return behind;
}

const ROWS = 12; // at most, of each series

function fillTable(host) {
  const { x, y, series } = host.charted;
  const cells = (tag, scope, ...texts) => texts.map((text) => element(tag, scope ? { scope } : {}, text));
  const rows = series.flatMap(({ name, points }) => {
    const every = Math.ceil(points.length / ROWS);
    const some = points.filter((_, i) => i % every === 0 || i === points.length - 1);
    return some.map(([v, w]) => element("tr", {},
      ...cells("td", null, ...(series.length > 1 ? [name] : []), ...[v, w].map((n) => `${Number(n.toPrecision(4))}`))));
  });
  const head = element("tr", {}, ...cells("th", "col", ...(series.length > 1 ? ["curve"] : []), x.label, y.label));
  host.querySelector("table").replaceChildren(element("thead", {}, head), element("tbody", {}, ...rows));
}

/**
 * Draw a chart into an element.
 *
 * x, y: { range: [low, high], label }, y also { log: true }; series: [{ name, points: [[x, y]...], style, marks, bars }]
 * with the style "one", "two" or "three"; ground: a canvas under them. `says` tells in words what it shows. Returns what places the cursor: a ring, or a vertical line.
 */
function chart(host, { title, says, x, y, series, ground, percentY = false }) {
  const width = Math.min(440, Math.max(280, host.clientWidth)); // so that text keeps its size
  const [height, left, right, top, bottom] = [0.68 * width, 52, 18, 30, 44];
  const across = (v) => left + ((v - x.range[0]) / (x.range[1] - x.range[0])) * (width - left - right);
  const scale = y.log ? Math.log : (v) => v;
  const [lowest, highest] = y.range.map(scale);
  const up = (v) => height - bottom - ((scale(v) - lowest) / (highest - lowest)) * (height - top - bottom);
  const svg = drawn("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": says ? `${title}: ${says}` : title });
  for (const v of ticks(x.range)) {
    svg.append(drawn("text", { x: across(v), y: height - bottom + 17, "text-anchor": "middle" }, `${v}`));
  }
  for (const v of y.log ? logTicks(y.range) : ticks(y.range)) {
    svg.append(drawn("line", { x1: left, x2: width - right, y1: up(v), y2: up(v), class: "grid" }));
    const short = v && Math.abs(v) < 1e-3 ? v.toExponential(0) : `${v}`;
    const said = percentY ? `${Number((100 * v).toPrecision(6))} %` : short;
    svg.append(drawn("text", { x: left - 6, y: up(v) + 4, "text-anchor": "end" }, said));
  }
  const floor = up(y.range[0]);
  svg.append(drawn("line", { x1: left, x2: width - right, y1: floor, y2: floor, class: "axis" }));
  svg.append(drawn("text", { x: (left + width - right) / 2, y: height - 6, "text-anchor": "middle" }, x.label));
  svg.append(drawn("text", { x: 4, y: 14 }, y.label));
  const legend = element("div", { class: "legend", "aria-hidden": "true" });
  const [wide, tall] = [width - left - right, height - top - bottom];
  const inside = drawn("svg", { x: left, y: top, width: wide, height: tall, viewBox: `${left} ${top} ${wide} ${tall}` });
  if (ground) svg.insertBefore(drawn("image", { href: ground.toDataURL(), x: left, y: top, width: wide, height: tall, preserveAspectRatio: "none" }), svg.firstChild);
  for (const { name, points, style, marks, bars } of series) {
    if (bars) {
      for (const [v, w, wide] of points) {
        svg.append(drawn("rect", { x: across(v), y: up(w), width: across(v + wide) - across(v), height: floor - up(w), class: `bar ${style}` }));
      }
    } else {
      const path = points.map(([v, w]) => `${across(v).toFixed(2)},${up(w).toFixed(2)}`).join(" ");
      (ground ? inside : svg).append(drawn("polyline", { points: path, class: `line ${style}` }));
    }
    for (const [v, w] of marks ? points : []) {
      (ground ? inside : svg).append(drawn("circle", { cx: across(v), cy: up(w), r: ground ? 2 : 3.5, class: `mark ${style}` }));
    }
    if (name) legend.append(element("span", { class: style }, name));
  }
  if (ground) svg.append(inside);
  const ring = drawn("circle", { r: 6, class: "cursor", visibility: "hidden" });
  const rule = drawn("line", { y1: top, y2: floor, class: "cursor", visibility: "hidden" });
  svg.append(ring, rule);
  host.firstElementChild ?? host.append(element("div"), tableBehind(host, title));
  host.firstElementChild.replaceChildren(...(legend.hasChildNodes() ? [legend] : []), svg);
  host.charted = { x, y, series };
  if (host.lastElementChild.open) fillTable(host);
  return {
    place(v, w) {
      for (const [key, value] of [["cx", across(v)], ["cy", up(w)], ["visibility", "visible"]]) ring.setAttribute(key, value);
    },
    rule(v) {
      const inside = across(Math.min(Math.max(v, x.range[0]), x.range[1]));
      for (const [key, value] of [["x1", inside], ["x2", inside], ["visibility", "visible"]]) rule.setAttribute(key, value);
    },
  };
}

/** From a little below the least to a little above the largest, where the axis is logarithmic. */
function logRange(...lists) {
  const [low, high] = spread(...lists);
  return [low / 1.15, high * 1.15];
}
