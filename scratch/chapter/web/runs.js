"use strict";
// Runs that are kept: the newest in the accent, earlier ones grey and numbered; five at most.

class Runs {
  constructor(most = 5) { Object.assign(this, { all: [], next: 1, most }); }
  add(run) {
    run.no = this.next++;
    this.all.push(run);
    if (this.all.length > this.most) this.all.shift();
    return run;
  }
  get last() { return this.all[this.all.length - 1]; }
  isNow(run) { return run === this.last; }
  remove(no) { this.all = this.all.filter((run) => run.no !== no); }
  wipe() { Object.assign(this, { all: [], next: 1 }); }
  /** The rows of a table: cells(run) gives the texts of one. */
  rows(cells, empty, columns, { removable = false, lesser = null } = {}) { // lesser: a column that narrow tables leave out
    if (!this.all.length) return `<tr><td colspan="${columns}" class="none">${empty}</td></tr>`;
    return this.all.map((run) => `<tr class="${this.isNow(run) ? "is-now" : ""}"><th scope="row"><span class="no">${run.no}</span></th>${cells(run)
      .map((cell, k) => `<td${k === lesser ? ' class="samples"' : ""}>${cell}</td>`).join("")}${removable ? `<td><button type="button" aria-label="Remove run ${run.no}" data-remove="${run.no}">×</button></td>` : ""}</tr>`).join("");
  }
}

/** A slider whose positions are the numbers of a list. */
function listSlider(id, values, said = minus) {
  const slider = $(id);
  Object.assign(slider, { min: 0, max: values.length - 1, step: 1 });
  const show = () => {
    const words = said(values[slider.value]);
    $(`${id}-said`).textContent = words;
    slider.setAttribute("aria-valuetext", words);
  };
  slider.addEventListener("input", show);
  return {
    get value() { return values[slider.value]; },
    set value(v) {
      const nearest = values.reduce((best, u, k) => (Math.abs(u - v) < Math.abs(values[best] - v) ? k : best), 0);
      slider.value = nearest;
      show();
    },
  };
}
