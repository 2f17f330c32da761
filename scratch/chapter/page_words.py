"""What fills the blanks of the page's text: numbers as words, and rows of tables as HTML."""

import re
from html import escape

import numpy as np

from scratch.chapter.formats import (
    compared,
    count,
    difference,
    listed,
    loss,
    percent,
    shape,
    signed,
    whole,
)
from scratch.chapter.formats import seconds as duration
from scratch.chapter.parts import thrown
from scratch.chapter.words import article, of_price, of_reliability, of_strangers, of_table


def words(lesson):
    """Return the blanks of the text, by name."""
    return {
        "digit": lesson.digit,
        "a_digit": article(lesson.digit),
        "rule": lesson.rule,
        "of_table": of_table(lesson.table),
        **of_data(lesson),
        **of_loss(lesson),
        **of_landscape(lesson),
        **of_judging(lesson),
        **of_ten(lesson),
        **of_generalisation(lesson),
        **of_last(lesson),
    }


def of_data(lesson):
    d, part = lesson.data, lesson.carried
    heart, nearest, _ = lesson.pupils
    return {
        "title": d.title,
        "side": d.side,
        "white": d.white,
        "split": d.split,
        "n_known": count(len(d.X)),
        "shape_known": shape(d.X.shape),
        "shape_train": shape(d.X_train.shape),
        "shape_validation": shape(d.X_validation.shape),
        "n_test": count(d.n_test),
        "n_train": count(len(d.X_train)),
        "n_validation": count(len(d.X_validation)),
        "n_carried_train": count(len(part.X_train)),
        "n_carried_validation": count(len(part.X_validation)),
        "batch_size": part.batch_size,
        "first_labels": " ".join(d.y_train[:10]),
        "heart_train": percent(heart.train.mean()),
        "heart_validation": percent(heart.validation.mean()),
        "nearest_validation": percent(nearest.validation.mean()),
    }


def of_loss(lesson):
    part, slopes = lesson.probability, lesson.derivative
    return {
        "positives_train": count(part.positives_train),
        "positives_validation": count(part.positives_validation),
        "outcomes": listed(part.forecasts[0].targets, "d"),
        "hand_loss": f"{part.by_hand.loss:.3f}",
        "slope_h": f"{slopes.h:g}",
        "fit_eta": f"{slopes.eta:g}",
        "fit_epochs": slopes.n_epochs,
        "fit_train": loss(slopes.losses[0, -1]),
        "fit_validation": loss(slopes.losses[1, -1]),
        **of_training("binary", lesson.binary.training),
    }


def of_landscape(lesson):
    land = lesson.landscape
    small, _, large, momentum, single = land.runs
    low, high = land.curvatures
    return {
        "n_land": count(int(land.counts.sum())),
        "land_lowest": f"{land.lowest:.3f}",
        "land_highest": f"{land.levels[-1]:g}",
        "land_limit": f"{land.limit:.1f}",
        "curvature_low": f"{low:.3f}",
        "curvature_high": f"{high:.3f}",
        "curvature_ratio": f"{high / low:.0f}",
        "eta_small": f"{land.etas[0]:g}",
        "eta_middle": f"{land.etas[1]:g}",
        "eta_large": f"{land.etas[2]:g}",
        "eta_single": f"{single.eta:g}",
        "end_small": f"{small.losses[-1]:.3f}",
        "end_large": f"{large.losses[-1]:.3f}",
        "end_momentum": f"{momentum.losses[-1]:.3f}",
    }


def of_judging(lesson):
    b, small, tumours = lesson.binary, lesson.small, lesson.tumours
    return {
        "six_truth": listed(small.truth, "d"),
        "six_said": listed(small.said, "d"),
        "six_right": f"{int(np.sum(small.truth == small.said))}/{len(small.truth)}",
        "six_accuracy": percent(small.accuracy.ours),
        "six_precision": percent(small.counts.precision.ours),
        "six_recall": percent(small.counts.recall.ours),
        "tumour_accuracy": whole(tumours.accuracy.ours),
        "tumour_precision": whole(tumours.counts.precision.ours),
        "tumour_recall": whole(tumours.counts.recall.ours),
        "folds": ", ".join(percent(fold.ours) for fold in b.folds),
        "dumb_accuracy": percent(b.dumb_accuracy.ours),
        "binary_precision": percent(b.counts.precision.ours),
        "binary_recall": percent(b.counts.recall.ours),
        "binary_f1": percent(b.counts.f1.ours),
        **of_counts("", b.counts),
        "area": f"{b.area.ours:.4f}",
        "average_macro": percent(b.averages.macro.ours),
        "average_micro": percent(b.averages.micro.ours),
        "average_weighted": percent(b.averages.weighted.ours),
        "price_words": of_price(lesson),
    }


def of_counts(name, counts):
    return {
        f"{name}tn": count(counts.true_negatives),
        f"{name}fp": count(counts.false_positives),
        f"{name}fn": count(counts.false_negatives),
        f"{name}tp": count(counts.true_positives),
    }


def of_ten(lesson):
    ten, d = lesson.ten, lesson.data
    if len(ten.mistakes):
        i = ten.mistakes[0]
        sure = certain(ten.probabilities[i].max())
        hook = f"You see {article(d.y_validation[i])}. The classifier is"
        rest = f"of {article(ten.predictions[i])}."
    else:
        hook, sure, rest = "The classifier is", "never wrong", "here. Should you trust it?"
    return {
        "hook_before": hook,
        "hook_sure": f"{sure} sure" if len(ten.mistakes) else sure,
        "hook_after": rest,
        "small_first": listed(ten.small_probabilities[0], ".2f"),
        "small_second": listed(ten.small_probabilities[1], ".2f"),
        "small_first_target": ten.small_targets[0],
        "small_second_target": ten.small_targets[1],
        "small_loss": loss(ten.small_loss.ours),
        "small_loss_theirs": loss(ten.small_loss.theirs),
        "rest_accuracy": percent(ten.rest_accuracy.ours),
        "thrown": thrown(ten),
        **of_training("ten", ten.training),
    }


def certain(p):
    """Return a probability in per cent, never rounded up to certainty: 97 %, over 99.9 %."""
    return "over 99.9 %" if p > 0.9995 else whole(p)


def of_generalisation(lesson):
    part = lesson.generalisation
    few, *_, every, penalised = part.fits
    return {
        "fits_eta": f"{part.eta:g}",
        "fits_batch": part.batch_size,
        "fits_epochs": part.n_epochs,
        "few_train": loss(few.losses[0, -1]),
        "few_validation": loss(few.losses[1, -1]),
        "all_train": loss(every.losses[0, -1]),
        "all_validation": loss(every.losses[1, -1]),
        "all_turn": every.turn,
        "all_lowest": loss(every.losses[1, every.turn]),
        "alpha": f"{penalised.alpha:g}",
        "penalised_validation": loss(penalised.losses[1, -1]),
        "reliability_words": of_reliability(part.reliability),
        "odd_words": of_strangers(part),
    }


def of_last(lesson):
    last = lesson.last
    return {
        "n_wrong": count(last.wrong),
        "single_difference": difference(last.single_weights.difference),
        **of_counts("last_", last.counts),
        **of_training("last", last.ten),
    }


def of_training(name, training):
    return {
        f"{name}_call": training.call,
        f"{name}_epochs": training.n_epochs,
        f"{name}_seconds": duration(training.seconds),
        f"{name}_train_loss": loss(training.train_loss.ours),
        f"{name}_judged_loss": loss(training.judged_loss.ours),
        f"{name}_train_accuracy": percent(training.train_accuracy.ours),
        f"{name}_judged_accuracy": percent(training.judged_accuracy.ours),
    }


def rows(lesson):
    """Return the blanks that hold HTML: rows of tables, options, list items."""
    said = {name: escape(text) for name, text in of_ten(lesson).items() if name[:4] == "hook"}
    classes = lesson.ten.classes
    forecasts = [
        (f.kind, listed(f.probabilities, ".2f"), loss(f.loss.ours), loss(f.loss.theirs))
        for f in lesson.probability.forecasts
    ]
    slopes = [
        (f"z = {s.z:g}, y = {s.y}", signed(s.formula, 6), signed(s.difference, 6))
        for s in lesson.derivative.slopes
    ]
    choices = [
        (c.what, c.measure, percent(c.promised), percent(c.kept.ours)) for c in lesson.last.choices
    ]
    table = [
        (row.name, compared(row.ours), compared(row.theirs), difference(row.difference))
        for row in lesson.table
    ]
    return {
        "hook": f"{said['hook_before']} <i>{said['hook_sure']}</i> {said['hook_after']}",
        "forecast_rows": "\n".join(map(html_row, forecasts)),
        "slope_rows": "\n".join(map(html_row, slopes)),
        "choice_rows": "\n".join(map(html_row, choices)),
        "table_rows": "\n".join(map(html_row, table)),
        "binary_report": report_rows(lesson.binary.report.ours),
        "ten_report": report_rows(lesson.ten.report.ours),
        "last_report": report_rows(lesson.last.report.ours),
        "matrix_rows": "\n".join(matrix_rows(classes, lesson.ten.confusion.ours)),
        "last_matrix_rows": "\n".join(matrix_rows(classes, lesson.last.confusion.ours)),
        "rivals": "".join(f'<option value="{k}">{c}</option>' for k, c in enumerate(classes)),
        "pupil_options": "".join(
            f'<label><input type="radio" name="pupil" value="{k}"{" checked" if not k else ""}>'
            f"{pupil.name}</label>"
            for k, pupil in enumerate(lesson.pupils)
        ),
        "wishes": "".join(wish_item(wish, lesson.digit) for wish in lesson.binary.wishes),
    }


def wish_item(wish, digit):
    threshold = f"{wish.threshold:.3f}"
    shown = f"threshold <data>{signed(wish.threshold, 3)}</data>"
    return (
        f'<li><b>{wish.name.capitalize()}</b>: {wish.wish}. <button type="button" class="try js"'
        f' data-threshold="{threshold}">Set it</button> <span class="said">{shown}: precision'
        f" <data>{percent(wish.precision.ours)}</data>, recall"
        f" <data>{percent(wish.recall.ours)}</data></span></li>"
    )


def matrix_rows(classes, matrix):
    """Return a confusion matrix as rows of HTML."""
    head = "".join(f'<th scope="col">{label}</th>' for label in classes)
    yield f'<tr><td class="corner"></td>{head}</tr>'
    for i, (label, row) in enumerate(zip(classes, matrix.tolist(), strict=True)):
        counts = "".join(
            f"<td{' class=right' if i == j else ' class=wrong' if n else ''}>{n}</td>"
            for j, n in enumerate(row)
        )
        yield f'<tr><th scope="row">{label}</th>{counts}</tr>'


def report_rows(report):
    """Return a classification report as rows of HTML: a head, the classes, the averages."""
    head, *groups = report.strip("\n").split("\n\n")
    names = "".join(f'<th scope="col">{name}</th>' for name in head.split())
    found = f"<thead><tr><td></td>{names}</tr></thead>"
    for group in groups:
        lines = [re.split(r"\s{2,}", line.strip()) for line in group.splitlines()]
        found += f"<tbody>{''.join(report_row(*line) for line in lines)}</tbody>"
    return found


def report_row(name, *numbers):
    cells = [""] * (4 - len(numbers)) + list(numbers)  # the accuracy stands under f1-score
    return f'<tr><th scope="row">{name}</th>{"".join(f"<td>{cell}</td>" for cell in cells)}</tr>'


def html_row(cells):
    head, *rest = (escape(str(cell)) for cell in cells)
    head = re.sub(r"(?<= )-(?=\d)", "\N{MINUS SIGN}", head)
    data = "".join(f"<td><data>{cell}</data></td>" for cell in rest)
    return f'<tr><th scope="row">{head}</th>{data}</tr>'
