"use strict";
// Presenting: one part a screen, some steps within it; arrow keys.

const slides = [...document.querySelectorAll(".part:not(#textbook)")];
const stage = { part: 0, step: 1 };
const stepsOf = (part) => [...new Set([...part.querySelectorAll("[data-step]")].map((node) => Number(node.dataset.step)))].sort();
const STEP_NAMES = JSON.parse($("stage").dataset.steps);

function showStage() {
  const part = slides[stage.part], steps = stepsOf(part), no = Number(part.dataset.part);
  slides.forEach((slide) => slide.classList.toggle("shown", slide === part));
  part.querySelectorAll("[data-step]").forEach((node) => node.classList.toggle("on-stage", Number(node.dataset.step) === stage.step));
  fitStage(part);
  const name = part.querySelector("h2")?.textContent ?? "";
  $("stage").innerHTML = `<span><b>${no || "Start"}</b>${no ? ` of 8, ${name}` : ""}</span><ol>${steps.map((s) => `<li><button type="button" class="tab" data-to="${s}" ${s === stage.step ? 'aria-current="step"' : ""}>${STEP_NAMES[no - 1][s - 1]}</button></li>`).join("")}</ol><span><kbd>←</kbd> <kbd>→</kbd> part, <kbd>↑</kbd> <kbd>↓</kbd> step, <kbd>Esc</kbd> leave</span>`;
  showPart(no);
}
/** Make what is on the stage as large as the window allows: nothing scrolls. */
function fitStage(part) {
  part.scrollTop = 0;
  part.style.setProperty("--fit", 1);
  for (let scale = 0.96; scale > 0.4 && part.scrollHeight > part.clientHeight + 1; scale -= 0.04) part.style.setProperty("--fit", scale);
}
addEventListener("resize", () => { if (presenting()) fitStage(slides[stage.part]); });
function goTo(part, step) {
  stage.part = Math.min(slides.length - 1, Math.max(0, part));
  const n = Math.max(1, ...stepsOf(slides[stage.part]));
  stage.step = Math.min(n, Math.max(1, step));
  showStage();
}
function present(on) {
  root.classList.toggle("present", on);
  if (on) goTo(slides.findIndex((slide) => Number(slide.dataset.part) === here), 1);
  else {
    document.querySelectorAll("[data-step]").forEach((node) => node.classList.remove("on-stage"));
    slides[stage.part].scrollIntoView();
  }
}
$("present").addEventListener("click", (event) => { event.preventDefault(); present(true); });
$("stage").addEventListener("click", (event) => { const { to } = event.target.dataset; if (to) goTo(stage.part, Number(to)); });
addEventListener("keydown", (event) => {
  if (!presenting() || event.target.matches("input:not([type=radio]), select, textarea")) return;
  if (event.key === "Escape") present(false);
  const [dp, ds] = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1], PageDown: [1, 0], PageUp: [-1, 0] }[event.key] ?? [0, 0];
  if (!dp && !ds || (event.target.matches("input[type=radio]") && event.target.checked)) return;
  event.preventDefault();
  if (dp) goTo(stage.part + dp, 1); else goTo(stage.part, stage.step + ds);
});
