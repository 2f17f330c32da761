"use strict";
// What the other scripts share: the lesson's data, small drawing helpers, and one kind of chart.

const lesson = JSON.parse(document.getElementById("lesson").textContent);
const $ = (id) => document.getElementById(id);

/** Numbers that the page carries as base64, little-endian: unpack(text, Float32Array). */
function unpack(text, kind) {
  return new kind(Uint8Array.from(atob(text), (c) => c.charCodeAt(0)).buffer);
}

function element(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...children);
  return node;
}

function drawn(name, attributes = {}, text = "") {
  const node = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.textContent = text;
  return node;
}

/** Paint side × side values on a canvas; colour(value) gives [red, green, blue]. */
function paint(canvas, values, colour) {
  canvas.width = canvas.height = lesson.side;
  const context = canvas.getContext("2d");
  const image = context.createImageData(lesson.side, lesson.side);
  for (let i = 0; i < values.length; i++) image.data.set([...colour(values[i]), 255], 4 * i);
  context.putImageData(image, 0, 0);
}

const ink = (value) => Array(3).fill(255 - Math.round((255 * value) / lesson.white));

/** A digit with its caption. */
function digitFigure(pixels, ...caption) {
  const words = caption.map((part) => part.textContent ?? part).join(", ");
  const canvas = element("canvas", { role: "img", "aria-label": `handwritten digit: ${words}` });
  paint(canvas, pixels, ink);
  return element("figure", {}, canvas, element("figcaption", {}, ...caption));
}

const percent = (value) => (Number.isNaN(value) ? "–" : `${(100 * value).toFixed(2)}\u00a0%`);

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

/** Round numbers for a logarithmic axis: 1, 2, 5, 10, 20, ... */
function logTicks([low, high]) {
  const found = [];
  for (let power = 10 ** Math.floor(Math.log10(low)); power <= high; power *= 10) {
    for (const factor of [1, 2, 5]) found.push(Number((factor * power).toPrecision(3)));
  }
  return found.filter((v) => v >= low && v <= high);
}

/**
 * Draw a chart into an element.
 *
 * x, y: { range: [low, high], label }, y also { log: true }; series: [{ name, points: [[x, y]...], style, marks, bars }]
 * with the style "one", "two" or "three". Returns what places the cursor: a ring, or a vertical line.
 */
function chart(host, { title, x, y, series, percentY = false }) {
  const width = Math.min(440, Math.max(280, host.clientWidth)); // so that text keeps its size
  const [height, left, right, top, bottom] = [0.68 * width, 52, 12, 30, 44];
  const across = (v) => left + ((v - x.range[0]) / (x.range[1] - x.range[0])) * (width - left - right);
  const scale = y.log ? Math.log : (v) => v;
  const [lowest, highest] = y.range.map(scale);
  const up = (v) => height - bottom - ((scale(v) - lowest) / (highest - lowest)) * (height - top - bottom);
  const svg = drawn("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": title });
  for (const v of ticks(x.range)) {
    svg.append(drawn("text", { x: across(v), y: height - bottom + 17, "text-anchor": "middle" }, `${v}`));
  }
  for (const v of y.log ? logTicks(y.range) : ticks(y.range)) {
    svg.append(drawn("line", { x1: left, x2: width - right, y1: up(v), y2: up(v), class: "grid" }));
    const said = percentY ? `${Number((100 * v).toPrecision(6))} %` : `${v}`;
    svg.append(drawn("text", { x: left - 6, y: up(v) + 4, "text-anchor": "end" }, said));
  }
  const floor = up(y.range[0]);
  svg.append(drawn("line", { x1: left, x2: width - right, y1: floor, y2: floor, class: "axis" }));
  svg.append(drawn("text", { x: (left + width - right) / 2, y: height - 6, "text-anchor": "middle" }, x.label));
  svg.append(drawn("text", { x: 4, y: 14 }, y.label));
  const legend = element("div", { class: "legend", "aria-hidden": "true" });
  for (const { name, points, style, marks, bars } of series) {
    if (bars) {
      for (const [v, w, wide] of points) {
        svg.append(drawn("rect", { x: across(v), y: up(w), width: across(v + wide) - across(v), height: floor - up(w), class: `bar ${style}` }));
      }
    } else {
      const path = points.map(([v, w]) => `${across(v).toFixed(2)},${up(w).toFixed(2)}`).join(" ");
      svg.append(drawn("polyline", { points: path, class: `line ${style}` }));
    }
    for (const [v, w] of marks ? points : []) {
      svg.append(drawn("circle", { cx: across(v), cy: up(w), r: 3.5, class: `mark ${style}` }));
    }
    if (name) legend.append(element("span", { class: style }, name));
  }
  const ring = drawn("circle", { r: 6, class: "cursor", visibility: "hidden" });
  const rule = drawn("line", { y1: top, y2: floor, class: "cursor", visibility: "hidden" });
  svg.append(ring, rule);
  host.replaceChildren(...(legend.hasChildNodes() ? [legend] : []), svg);
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

const spread = (...lists) => {
  const all = lists.flat();
  return [Math.min(...all), Math.max(...all)];
};

/** From a little below the least to a little above the largest, where the axis is logarithmic. */
function logRange(...lists) {
  const [low, high] = spread(...lists);
  return [low / 1.15, high * 1.15];
}
