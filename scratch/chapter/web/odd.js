"use strict";
// Part 7: a digit that is turned, and scribbles: what the classifier is sure about all the same.

/** Grey values turned about the middle, clockwise; between pixels, interpolated. */
function turnedBy(pixels, degrees) {
  const { side } = lesson, angle = (degrees * Math.PI) / 180, [sin, cos] = [Math.sin(angle), Math.cos(angle)], centre = (side - 1) / 2;
  const at = (row, column) => (row < 0 || column < 0 || row >= side || column >= side ? 0 : pixels[row * side + column]);
  return Float64Array.from(pixels, (_, j) => {
    const [row, column] = [Math.floor(j / side) - centre, (j % side) - centre];
    const [y, x] = [cos * row - sin * column + centre, sin * row + cos * column + centre];
    const [top, left] = [Math.floor(y), Math.floor(x)], [v, u] = [y - top, x - left];
    return at(top, left) * (1 - v) * (1 - u) + at(top + 1, left) * v * (1 - u) + at(top, left + 1) * (1 - v) * u + at(top + 1, left + 1) * v * u;
  });
}

function oddFigure(pixels, words = "") {
  const p = probabilities(pixels), said = argmax(p);
  const picture = element("div", { class: "picture", role: "img", "aria-label": `${words} called ${said}, ${sure(p[said])} % sure`.trim() });
  picture.innerHTML = inkPicture(pixels);
  return element("figure", {}, picture, element("figcaption", {}, ...(words ? [`${words}: `] : []), element("b", {}, `${said}`), `, ${sure(p[said])}\u00a0%`));
}
function drawTurned() {
  const seven = pixelsOf(sets.validation.bytes, lesson.seven), by = Number($("turn").value);
  $("turn-said").textContent = `${by}°`;
  $("turned").replaceChildren(...[...new Set([by, 45, 90, 135, 180])].map((angle) => oddFigure(turnedBy(seven, angle), `${angle}°`)));
  $("turned").firstElementChild.classList.add("is-now");
  announce($("turned").firstElementChild.textContent);
}
whenReady(() => {
  $("turn").addEventListener("input", drawTurned);
  const draw = () => {
    drawTurned();
    $("scribbles").replaceChildren(...lesson.scribbles.map((text) => oddFigure(unpack(text, Uint8Array))));
  };
  whenThemed(draw);
  draw();
});
