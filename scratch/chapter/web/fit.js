"use strict";
// Part 2: a sigmoid to fit by hand to twenty digits, and the arrows p - y.

const hand = { ...lesson.hand, dragged: null };

const handLoss = (w, b) => hand.x.reduce((sum, x, i) => sum + binaryLoss(w * x + b, hand.y[i]), 0) / hand.x.length;

function showFit() {
  const [w, b] = [Number($("fit-w").value), Number($("fit-b").value)];
  const gaps = hand.x.map((x, i) => sigmoid(w * x + b) - hand.y[i]);
  const [sum, moment] = [gaps.reduce((s, g) => s + g, 0), gaps.reduce((s, g, i) => s + g * hand.x[i], 0)];
  const loss = handLoss(w, b), best = handLoss(hand.w, hand.b);
  const curve = Array.from({ length: 101 }, (_, k) => [k / 100, sigmoid((w * k) / 100 + b)]);
  chart($("fit"), {
    title: "The probability of a 1, by the grey value of one pixel",
    says: `w ${w.toFixed(1)}, b ${b.toFixed(1)}: loss ${loss.toFixed(3)}`,
    x: { range: [0, 1], label: "grey value x" }, y: { range: [0, 1], label: "label y, and probability p" },
    lines: [{ kind: "now", points: curve }],
    over: (across, up) => apart().map(([x, y, dx], i) => {
      const at = across(x) + dx, p = sigmoid(w * x + b);
      const arrow = Math.abs(p - y) > 0.02 ? `<line class="arrow" x1="${at}" x2="${at}" y1="${up(y)}" y2="${up(p) + (y > p ? -3 : 3)}" marker-end="url(#fit-head)"/>` : "";
      return `${arrow}<circle class="sample" cx="${at}" cy="${up(y)}" r="5"/>`;
    }).join(""),
    under: () => `<defs><marker id="fit-head" viewBox="0 0 10 10" refX="7" refY="5" markerWidth="5" markerHeight="5" orient="auto"><path d="M0 0 10 5 0 10z" class="arrowhead"/></marker></defs>`,
  });
  $("fit-w-said").textContent = minus(w.toFixed(1));
  $("fit-b-said").textContent = minus(b.toFixed(1));
  $("fit-loss").textContent = loss.toFixed(3);
  $("fit-sum").textContent = signed(sum, 2);
  $("fit-moment").textContent = signed(moment, 2);
  $("fit-says").textContent = loss < best + 0.002 ? "The arrows balance: this is the lowest loss." : Math.abs(sum) > 0.3
    ? `The arrows point ${sum > 0 ? "up" : "down"} more than ${sum > 0 ? "down" : "up"}: ${sum > 0 ? "lower" : "raise"} b.`
    : `The arrows balance in sum, but not weighted by x: make w ${moment > 0 ? "smaller" : "larger"}.`;
  announce(`Loss ${loss.toFixed(3)}. ${$("fit-says").textContent}`);
  showLink("fit");
}

/** The digits, those with the same grey value a little apart: [x, y, pixels to the right]. */
function apart() {
  const seen = {};
  return hand.x.map((x, i) => {
    const key = `${hand.y[i]} ${x.toFixed(1)}`, n = (seen[key] = (seen[key] ?? -1) + 1);
    return [x, hand.y[i], 11 * n * (x > 0.5 ? -1 : 1)];
  });
}
function setFit(w, b) { $("fit-w").value = w; $("fit-b").value = b; showFit(); }

keepsState("fit", 2, () => ({ w: $("fit-w").value, b: $("fit-b").value }),
  ({ w, b }) => setFit(numberIn(w, -4, 16) ?? 0, numberIn(b, -8, 4) ?? 0));

/** Dragging the curve: up and down changes b, sideways w; w moves about the middle. */
function startFit() {
  for (const id of ["fit-w", "fit-b"]) $(id).addEventListener("input", showFit);
  $("fit-best").addEventListener("click", () => setFit(hand.w.toFixed(1), hand.b.toFixed(1)));
  $("fit-flat").addEventListener("click", () => setFit(0, 0));
  dragging($("fit"), (event) => {
    const from = { x: event.clientX, y: event.clientY, w: Number($("fit-w").value), b: Number($("fit-b").value) };
    return (e) => {
      const w = from.w + (e.clientX - from.x) / 20;
      setFit(w, from.b - (e.clientY - from.y) / 40 - (w - from.w) / 2);
    };
  });
  whenResized($("fit"), showFit);
  showFit();
}
