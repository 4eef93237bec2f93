"""What was measured, as markdown."""

STEPS = {
    "check": "`check`",
    "check-body": "`check`, a body edited",
    "check-file": "`check`, the capability file edited",
    "build": "`build`",
    "build-body": "`build`, a body edited",
    "build-file": "`build`, the capability file edited",
    "release": "`build --release`",
}


def row(cells):
    return "| " + " | ".join(cells) + " |"


def head(titles, first):
    return [row([*first, *titles]), row([*["---"] * len(first), *["---:"] * len(titles)])]


def compared(value, ours, digits):
    """A figure, and how many times ours it is."""
    if value is None:
        return "–"
    text = f"{value:,.{digits}f}"
    return f"{text} ({value / ours:.2f} ×)" if ours and value is not ours else text


def times(shapes, count, spent):
    """One row for each step; `spent` is by step and shape."""
    for step, title in STEPS.items():
        if step in spent:
            ours = spent[step].get("portcullis")
            cells = [compared(spent[step].get(shape.name), ours, 2) for shape in shapes]
            yield row([f"{count:,}", title, *cells])


def sizes(shapes, counts, size):
    """Whole programs in kB, and what a command adds in bytes; `size` is by number and shape."""
    for count in counts:
        ours = size[count].get("portcullis")
        yield row([f"{count:,}", "kB", *[compared(size[count][shape.name] / 1000, ours and ours / 1000, 0) for shape in shapes]])
        if count:
            added = {shape.name: (size[count][shape.name] - size[0][shape.name]) / count for shape in shapes}
            ours = added.get("portcullis")
            cells = [compared(added[shape.name], ours, 0) for shape in shapes]
            yield row([f"{count:,}", "bytes of a release build for each command", *cells])


def trees(shapes, spent, crates):
    yield row(["`cargo build` from nothing, all dependencies with it", *[compared(spent[shape.name], spent.get("portcullis"), 1) for shape in shapes]])
    yield row(["crates", *[str(crates[shape.name]) for shape in shapes]])
