"use strict";
// Part 1: three pupils, and what each gets right on digits that it has learnt, and on others.

const TILES = 20;

function showPupil() {
  const pupil = lesson.pupils[checked("pupil")];
  ["train", "validation"].forEach((name, side) => {
    [...$(`tiles-${name}`).children].forEach((tile, i) => {
      const right = pupil.tiles[side][i] === "1";
      tile.classList.toggle("wrong", !right);
      tile.setAttribute("aria-label", `${an(sets[name].y[i])}, ${right ? "right" : "wrong"}`);
    });
    $(`right-${name}`).textContent = pupil.right[side].toLocaleString("en");
  });
  const [learnt, kept] = pupil.right.map((n, k) => percent(n / sets[["train", "validation"][k]].y.length));
  announce(`${learnt} of the training set right, ${kept} of the validation set`);
}

whenReady(() => {
  for (const name of ["train", "validation"]) {
    for (let i = 0; i < TILES; i++) {
      const tile = element("span", { role: "img" });
      tile.innerHTML = inkPicture(pixelsOf(sets[name].bytes, i));
      $(`tiles-${name}`).append(tile);
    }
  }
  for (let i = 0; i < TILES; i++) $("tiles-test").append(element("span"));
  $("pupil").addEventListener("input", showPupil);
  for (const button of document.querySelectorAll("[data-pupil]")) {
    button.addEventListener("click", () => { check("pupil", button.dataset.pupil); showPupil(); bringUp($("tiles-train")); });
  }
  showPupil();
});
