"use strict";
// Formula and code, one next to the other: point at a term and its lines light up, and the reverse.

const termsOf = (node) => node.dataset.term.split(" ");

// On paper nothing can be opened: so all is open there.
const folded = [];
addEventListener("beforeprint", () => {
  folded.push(...document.querySelectorAll("details:not([open], .behind)"));
  for (const details of folded) details.open = true;
});
addEventListener("afterprint", () => {
  for (const details of folded.splice(0)) details.open = false;
});

for (const spelled of document.querySelectorAll(".spelled")) {
  const all = [...spelled.querySelectorAll("[data-term]")];
  const light = (target) => {
    const terms = target ? termsOf(target) : [];
    for (const node of all) node.classList.toggle("lit", termsOf(node).some((term) => terms.includes(term)));
  };
  for (const [come, go] of [["pointerover", "pointerleave"], ["focusin", "focusout"]]) {
    spelled.addEventListener(come, (event) => light(event.target.closest("[data-term]")));
    spelled.addEventListener(go, () => light(null));
  }
}
