"use strict";
// The first ten digits, and the loss of one forecast.

const firstDigits = unpack(lesson.first.pixels, Uint8Array);
for (let i = 0; i < 10; i++) {
  const pixels = firstDigits.subarray(i * lesson.side ** 2, (i + 1) * lesson.side ** 2);
  $("first-digits").append(digitFigure(pixels, lesson.first.labels[i]));
}

{
  const { p, if_one, if_zero } = lesson.loss;
  chart($("loss-chart"), {
    title: "The loss of one forecast against its probability",
    says: "for a truth of 1 it falls from without limit at 0 to 0 at 1; for a truth of 0 it is the mirror image",
    x: { range: [0, 1], label: "forecast probability of 1" },
    y: { range: [0, 5], label: "loss (nats)" },
    series: [
      { name: "the truth is 1", style: "one", points: p.map((v, i) => [v, if_one[i]]).filter((q) => q[1] <= 5) },
      { name: "the truth is 0", style: "two", points: p.map((v, i) => [v, if_zero[i]]).filter((q) => q[1] <= 5) },
    ],
  });
}
