"use strict";
// Part 3: the slope of the loss, by the formula and by central differences.

const slopeNow = () => ({ z: Number($("slope-z").value), y: Number(checked("slope-y")), h: 10 ** Number($("slope-h").value) });

function showSlope() {
  const { z, y, h } = slopeNow();
  const p = sigmoid(z), formula = p - y;
  const [below, above] = [binaryLoss(z - h, y), binaryLoss(z + h, y)], difference = (above - below) / (2 * h);
  const loss = binaryLoss(z, y);
  const curve = Array.from({ length: 121 }, (_, k) => { const v = -5 + k / 12; return [v, binaryLoss(v, y)]; });
  chart($("slope"), {
    title: "The loss of one digit, by its score",
    says: `at z = ${z.toFixed(1)} with y = ${y} the slope is ${formula.toFixed(3)}`,
    x: { range: [-5, 5], label: "score z" }, y: { range: [0, 5], label: "loss −log p" },
    lines: [
      { kind: "ink", points: curve },
      { kind: "soft dashed", points: [[z - h, below], [z + h, above]] },
      { kind: "now", points: [-1.6, 1.6].map((d) => [z + d, loss + formula * d]) },
    ],
    over: (across, up) => `<circle class="dot" cx="${across(z)}" cy="${up(loss)}" r="5"/><text class="ended is-now" x="${across(0)}" y="${up(4.4)}" text-anchor="middle">slope p − y = ${signed(formula, 3)}</text>`,
  });
  $("slope-z-said").textContent = `${minus(z.toFixed(1))}, so p = ${p.toFixed(3)}`;
  $("slope-h-said").innerHTML = h === 1 ? "1" : `10<sup>${minus(Math.round(Math.log10(h)))}</sup>`;
  $("slope-formula").textContent = signed(formula, 10);
  $("slope-difference").textContent = signed(difference, 10);
  const [digits, power] = Math.abs(difference - formula).toExponential(1).split("e");
  $("slope-error").innerHTML = `${digits} · 10<sup>${minus(Number(power))}</sup>`;
  announce(`p minus y ${formula.toFixed(5)}, by differences ${difference.toFixed(5)}`);
  showLink("slope");
}

keepsState("slope", 3, () => { const { z, y } = slopeNow(); return { z, y, h: $("slope-h").value }; }, ({ z, y, h }) => {
  $("slope-z").value = numberIn(z, -4, 4) ?? 0;
  $("slope-h").value = numberIn(h, -12, 0) ?? 0;
  check("slope-y", y);
  showSlope();
});

function startSlope() {
  for (const input of document.querySelectorAll("#slope-z, #slope-h, [name=slope-y]")) input.addEventListener("input", showSlope);
  whenResized($("slope"), showSlope);
  showSlope();
}
