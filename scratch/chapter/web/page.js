"use strict";
// What the other scripts share: the lesson's data, and small helpers to show it.

const lesson = JSON.parse(document.getElementById("lesson").textContent);
const $ = (id) => document.getElementById(id);

/** Numbers that the page carries as base64, little-endian: unpack(text, Float32Array). */
function unpack(text, kind) {
  return new kind(Uint8Array.from(atob(text), (c) => c.charCodeAt(0)).buffer);
}

/** Bytes that the page carries compressed (zlib) and as base64. */
async function inflate(text) {
  const stream = new Blob([unpack(text, Uint8Array)]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** Tell people who listen instead of looking: the last of what comes within a second. */
function announce(words) {
  if (!announce.asked) return; // nobody has done anything yet
  clearTimeout(announce.waiting);
  announce.waiting = setTimeout(() => { $("said").textContent = words; }, 700);
}

for (const act of ["pointerdown", "keydown"]) {
  addEventListener(act, () => { announce.asked = true; }, { capture: true });
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
  const words = caption.map((part) => part.textContent ?? part).filter((part) => part).join(", ");
  const canvas = element("canvas", { role: "img", "aria-label": `handwritten digit: ${words}` });
  paint(canvas, pixels, ink);
  return element("figure", {}, canvas, element("figcaption", {}, ...caption));
}

const percent = (value) => (Number.isNaN(value) ? "–" : `${(100 * value).toFixed(2)}\u00a0%`);

/** From red (against) over white to blue (for); 127 is the strongest. */
function diverging(value) {
  const strength = Math.min(1, Math.abs(value) / 127) ** 0.6;
  const end = value > 0 ? [5, 80, 160] : [178, 24, 43];
  return end.map((c) => Math.round(250 + (c - 250) * strength));
}

const spread = (...lists) => {
  const all = lists.flat();
  return [Math.min(...all), Math.max(...all)];
};
