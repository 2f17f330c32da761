"use strict";
// The first screen: a digit that is misread, and why. One may move it, and ink or clear its pixels.

const hero = { all: null, index: 0, pixels: null, truth: 0, moved: 0, cursor: null };

function showHero() {
  const { pixels, truth, moved } = hero, { side } = lesson;
  const p = probabilities(pixels);
  const order = [...p.keys()].sort((a, b) => p[b] - p[a]);
  const said = order[0], rival = said === truth ? order[1] : truth;
  const why = reasons(pixels, said, rival);
  $("digit").innerHTML = inkPicture(pixels, hero.cursor);
  $("why").innerHTML = whyPicture(why.parts, pixels);
  $("why").setAttribute("aria-label", `What every pixel adds for ${said} rather than ${rival}: in all ${signed(why.sum)}`);
  $("hero-legend").innerHTML = legend(`speaks for ${said}`, `for ${rival}`);
  $("hero-sum").innerHTML = accountOf(why, said, rival);
  showBars($("bars"), p, truth);
  const by = Math.abs(moved) === 1 ? "one pixel" : `${Math.abs(moved)} pixels`;
  const where = moved ? `Moved ${by} to the ${moved < 0 ? "left" : "right"}: ` : "";
  const certain = `${sure(p[said])} % sure of ${an(said)}`;
  $("hero-verdict").innerHTML = said === truth
    ? `${where}<b>${where ? "right" : "Right"}</b>, ${certain}.${moved ? " It knows places, not shapes." : ""}`
    : `${where}<b>${where ? "wrong" : "Wrong"}</b>, ${certain}; it is ${an(truth)}.`;
  announce($("hero-verdict").textContent);
}
function takeHero(index) {
  Object.assign(hero, { index, pixels: pixelsOf(hero.all, index).slice(), truth: Number(lesson.heroes.labels[index]), moved: 0, cursor: null });
  showHero();
}
function inkAt(j) {
  hero.pixels[j] = hero.pixels[j] > lesson.white / 3 ? 0 : lesson.white;
  showHero();
}

async function startHero() {
  makeBars($("bars"));
  hero.all = await inflate(lesson.heroes.pixels);
  const n = lesson.heroes.labels.length, { side } = lesson;
  for (const button of document.querySelectorAll("[data-shift]")) {
    button.addEventListener("click", () => {
      const by = Number(button.dataset.shift), before = hero.pixels;
      hero.pixels = before.map((_, j) => { const x = (j % side) - by; return x < 0 || x >= side ? 0 : before[j - by]; });
      hero.moved += by;
      showHero();
    });
  }
  $("back").addEventListener("click", () => takeHero(hero.index));
  $("another").addEventListener("click", () => takeHero((hero.index + 1) % n));
  $("digit").addEventListener("click", (event) => {
    const box = $("digit").getBoundingClientRect();
    const [x, y] = [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height].map((v) => Math.floor(v * (side + 0.7) - 0.35));
    if (x >= 0 && x < side && y >= 0 && y < side) inkAt(side * y + x);
  });
  const middle = side * (side / 2) + side / 2;
  $("digit").addEventListener("keydown", (event) => {
    const by = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -side, ArrowDown: side }[event.key];
    if (by) {
      const next = (hero.cursor ?? middle) + by;
      if (next >= 0 && next < AREA) hero.cursor = next;
      showHero();
    } else if (event.key === " ") inkAt(hero.cursor ?? middle);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  $("digit").addEventListener("focus", () => { if ($("digit").matches(":focus-visible")) { hero.cursor ??= middle; showHero(); } });
  $("digit").addEventListener("blur", () => { hero.cursor = null; showHero(); });
  whenThemed(showHero);
  takeHero(0);
}
