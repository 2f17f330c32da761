"use strict";
// Presenting: one figure a screen, and at most three steps to it; arrow keys.

const NAMES = JSON.parse($("stage").dataset.screens); // of each part, of each screen: the steps
/** All screens in their order: a part with several figures has several. */
const screens = [...document.querySelectorAll(".part:not(#textbook)")].flatMap((part) => {
  const steps = NAMES[Number(part.dataset.part) - 1] ?? [[""]];
  return steps.map((names, k) => ({ part, names, no: k + 1, of: steps.length }));
});
const stage = { screen: 0, step: 1 };

function showStage() {
  const { part, names, no, of } = screens[stage.screen], number = Number(part.dataset.part);
  for (const other of document.querySelectorAll(".part")) other.classList.toggle("shown", other === part);
  for (const node of part.querySelectorAll("[data-step]")) node.classList.toggle("on-stage", node.dataset.step === `${no}.${stage.step}`);
  const title = number ? `<b>${number}</b> of 8, ${part.querySelector("h2").textContent}${of > 1 ? ` (${no}/${of})` : ""}` : "<b>Start</b>";
  const tabs = names.map((name, k) => `<li><button type="button" class="tab" data-to="${k + 1}" ${k + 1 === stage.step ? 'aria-current="step"' : ""}>${name}</button></li>`);
  $("stage").innerHTML = `<span>${title}</span><ol>${number ? tabs.join("") : ""}</ol><span><kbd>←</kbd> <kbd>→</kbd> screen, <kbd>↑</kbd> <kbd>↓</kbd> step, <kbd>Esc</kbd> leave</span>`;
  showPart(number);
  fitStage();
  requestAnimationFrame(() => requestAnimationFrame(fitStage)); // charts have taken their new width
}
/** Make what is on the stage as large as the window allows: nothing scrolls. */
function fitStage() {
  if (!presenting()) return;
  const { part } = screens[stage.screen];
  part.scrollTop = 0;
  let scale = part.querySelector(".on-stage:is(.figure, .guess)") ? 1 : 1.3; // words may grow
  do part.style.setProperty("--fit", scale.toFixed(2)); while ((scale -= 0.04) > 0.4 && part.scrollHeight > part.clientHeight + 1);
}
addEventListener("resize", fitStage);
function goTo(screen, step) {
  stage.screen = Math.min(screens.length - 1, Math.max(0, screen));
  stage.step = Math.min(screens[stage.screen].names.length, Math.max(1, step));
  showStage();
}
function present(on) {
  root.classList.toggle("present", on);
  styles.clear();
  if (on) goTo(screens.findIndex(({ part }) => Number(part.dataset.part) === here), 1);
  else {
    for (const node of document.querySelectorAll("[data-step]")) node.classList.remove("on-stage");
    screens[stage.screen].part.scrollIntoView();
  }
}
$("present").addEventListener("click", (event) => { event.preventDefault(); present(true); });
$("stage").addEventListener("click", (event) => { const { to } = event.target.dataset; if (to) goTo(stage.screen, Number(to)); });
addEventListener("keydown", (event) => {
  if (!presenting() || event.target.matches("input:not([type=radio]), select, textarea")) return;
  if (event.key === "Escape") present(false);
  const [ahead, down] = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1], PageDown: [1, 0], PageUp: [-1, 0] }[event.key] ?? [0, 0];
  if (!ahead && !down || (event.target.matches("input[type=radio]") && event.target.checked)) return;
  event.preventDefault();
  if (ahead) goTo(stage.screen + ahead, 1); else goTo(stage.screen, stage.step + down);
});
