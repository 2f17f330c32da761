"use strict";
// The state is in the link: #part-4&eta=1&batch=0. A figure says what its state is, and takes one.

const states = {}; // by name: { part, read, take }

/** Declare a figure's state: read() gives { name: value }, take({ name: text }) restores it. */
function keepsState(name, part, read, take) {
  states[name] = { part, read, take };
}

/** Show the link to a figure's state. */
function showLink(name) {
  const { part, read } = states[name];
  const said = Object.entries(read()).map(([key, value]) => `&${key}=${encodeURIComponent(value).replace(/%2C/g, ",").replace(/%3A/g, ":").replace(/%3B/g, ";")}`).join("");
  $(`link-${name}`).textContent = `#part-${part}${said ? `&of=${name}${said}` : ""}`;
}

/** Take the state that the page's address tells, if it tells one. */
function restore() {
  const [anchor, ...rest] = location.hash.slice(1).split("&");
  const said = Object.fromEntries(new URLSearchParams(rest.join("&")));
  const state = states[said.of];
  if (!state) return;
  try { state.take(said); } catch { /* a link that somebody has changed by hand */ }
  showLink(said.of);
  const part = $(anchor);
  const figure = $(`link-${said.of}`).closest(".figure") ?? part;
  if (!presenting()) figure?.scrollIntoView();
}

const numberIn = (text, low, high) => { const v = Number(text); return text !== undefined && v >= low && v <= high ? v : null; };

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const text = $(button.dataset.copy).textContent, was = button.textContent;
  const whole = text.startsWith("#") ? location.href.split("#")[0] + text : text;
  if (text.startsWith("#")) history.replaceState(null, "", text);
  let words = "Copied";
  try { await navigator.clipboard.writeText(whole); } catch { words = text.startsWith("#") ? "In the address bar" : "Copy it from here"; }
  button.textContent = words;
  announce(words);
  setTimeout(() => { button.textContent = was; }, 1500);
});
