"use strict";
// The eight parts: where one is, the guesses, and formula and code beside each other.

let here = 0;
function showPart(part) {
  here = Math.min(part, 8);
  [...$("stops").querySelectorAll("a")].forEach((a, i) => {
    a.removeAttribute("aria-current");
    if (i + 1 === part) a.setAttribute("aria-current", "step");
    a.classList.toggle("passed", i + 1 < part);
  });
  const name = document.querySelector(`#part-${part} h2`)?.textContent;
  $("where").textContent = name ?? (part ? "The textbook" : $("where").dataset.start);
}
$("where").dataset.start = $("where").textContent;
const inSight = new IntersectionObserver((entries) => {
  for (const entry of entries) if (entry.isIntersecting) showPart(Number(entry.target.dataset.part));
}, { rootMargin: "-30% 0px -60% 0px" });
document.querySelectorAll(".part").forEach((part) => inSight.observe(part));

/** Bring a figure into sight, without more motion than is wanted. */
function bringUp(node) {
  if (!presenting()) node.scrollIntoView({ block: "nearest", behavior: calm.matches ? "auto" : "smooth" });
}

/** What happens when somebody has committed, by the name of the guess. */
const afterGuess = {
  3: () => { $("slope-z").value = 2.2; $("slope-h").value = -2; check("slope-y", 1); showSlope(); },
  4: () => {
    lab4.runs.wipe();
    const [small, middle, large] = land.etas;
    for (const eta of [small, middle, large]) addRun({ eta, batch: 0, mu: 0 });
    setLandscape({ eta: large, batch: 0, mu: 0 });
    animateRun();
  },
  5: () => { setPrices(10, 1); drawThreshold(); toCheapest(); },
  6: () => { lab.eta.value = 30; if (!lab.running) runLab(10); },
  7: () => { queueFit({ n: 50, alpha: 0 }); queueFit({ n: sets.train.X.length, alpha: 0 }); },
  8: () => { openTestSet(); bringUp($("opened")); },
};
for (const form of document.querySelectorAll(".guess")) {
  const button = form.querySelector("[type=submit]"), out = form.querySelector(".committed");
  form.addEventListener("input", () => { button.disabled = false; });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const label = form.querySelector(":checked").parentElement, right = "right" in label.dataset;
    const mark = right ? "✓ It is." : `✗ It is: ${out.dataset.right}.`;
    const happened = out.textContent;
    out.replaceChildren("You said ", element("b", {}, label.textContent.trim()), ". ", element("span", { class: "mark" }, mark), ` ${happened}`);
    form.querySelectorAll("input, button").forEach((e) => { e.disabled = true; });
    button.hidden = true;
    form.classList.add("settled");
    out.hidden = false;
    out.tabIndex = -1;
    out.focus({ preventScroll: true });
    announce(out.textContent);
    afterGuess[form.id.replace("guess-", "")]?.();
  });
}

for (const node of document.querySelectorAll("[data-link]")) {
  const all = () => node.closest(".side").querySelectorAll(`[data-link="${node.dataset.link}"]`);
  node.addEventListener("pointerenter", () => all().forEach((other) => other.classList.add("on")));
  node.addEventListener("pointerleave", () => all().forEach((other) => other.classList.remove("on")));
}

// What scrolls can be reached by Tab, so that arrow keys scroll it; what fits takes no stop.
for (const node of document.querySelectorAll(".rows, .scroll")) {
  new ResizeObserver(() => { node.tabIndex = node.scrollWidth > node.clientWidth + 1 ? 0 : -1; }).observe(node);
}

// On paper nothing can be opened: so all is open there, but the table of twelve decimals and the textbook.
const folded = [];
addEventListener("beforeprint", () => {
  for (const form of document.querySelectorAll(".committed")) form.hidden = false;
  folded.push(...document.querySelectorAll(".side details:not([open])"));
  for (const details of folded) if (!details.querySelector(".closing")) details.open = true;
});
addEventListener("afterprint", () => { for (const details of folded.splice(0)) details.open = false; });
// A link into a folded textbook opens it.
addEventListener("click", (event) => {
  const to = event.target.closest?.('a[href^="#textbook-"]');
  if (to) $("textbook").querySelector("details").open = true;
});
