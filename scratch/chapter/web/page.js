"use strict";
// What the other scripts share: the lesson's data, and small helpers.

const lesson = JSON.parse(document.getElementById("lesson").textContent);
const $ = (id) => document.getElementById(id);
const root = document.documentElement;
const AREA = lesson.side ** 2;

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

// To ask for a style the browser would work out all of them again, so what it said is kept.
const styles = new Map();
const keptStyle = (name, ask) => { if (!styles.has(name)) styles.set(name, ask(getComputedStyle(root))); return styles.get(name); };
const token = (name) => keptStyle(name, (style) => style.getPropertyValue(name).trim());
const em = () => keptStyle("em", (style) => parseFloat(style.fontSize) / 16); // charts grow with the words around them
addEventListener("resize", () => styles.clear());
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => styles.clear());
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const presenting = () => root.classList.contains("present");

const minus = (text) => `${text}`.replace(/-/g, "−");
const signed = (value, digits = 1) => `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(digits)}`;
const percent = (value, digits = 1) => (Number.isNaN(value) ? "–" : `${(100 * value).toFixed(digits)} %`);
/** A probability for people, in per cent: "> 99.9", "96", "1.8", "0". */
const sure = (p) => (p > 0.9995 ? "> 99.9" : p >= 0.0995 ? (100 * p).toFixed(0) : p >= 0.0005 ? (100 * p).toFixed(1) : "0");
const article = (label) => (`${label}` === "8" ? "an" : "a");
const an = (label) => `${article(label)} ${label}`;
const checked = (name) => [...document.getElementsByName(name)].find((input) => input.checked)?.value;
function check(name, value) {
  const input = document.querySelector(`[name="${name}"][value="${value}"]`);
  if (input) input.checked = true;
  return Boolean(input);
}

/** How wide elements are: to measure one, the browser would lay out the page again. */
const widths = new WeakMap();
const widthOf = (host) => widths.get(host) || host.clientWidth;
/** Draw again what has got another width. */
function whenResized(host, draw) {
  widths.set(host, host.clientWidth);
  new ResizeObserver(([{ contentRect }]) => {
    const wide = Math.round(contentRect.width);
    if (wide && wide !== widths.get(host)) { widths.set(host, wide); draw(); }
  }).observe(host);
}
/** What is drawn again when light turns to dark. */
function whenThemed(draw) {
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
}
/** Follow a pointer from where it was pressed until it is let go. */
function dragging(host, begin) {
  host.addEventListener("pointerdown", (event) => {
    const move = event.button === 0 && begin(event);
    if (!move) return;
    event.preventDefault();
    const up = () => { removeEventListener("pointermove", move); removeEventListener("pointerup", up); removeEventListener("pointercancel", up); };
    addEventListener("pointermove", move);
    addEventListener("pointerup", up);
    addEventListener("pointercancel", up);
  });
}
