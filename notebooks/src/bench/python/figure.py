"""What was measured, what it is held against, and whether that is good enough."""

import statistics


class Figure:
    """One line of the answer. The bar is for the ratio if there is a baseline, else for the value."""

    def __init__(self, name, value, unit, bar, baseline=None, of="", counted="", at_least=False):
        self.name, self.value, self.unit, self.bar = name, value, unit, bar
        self.baseline, self.of, self.counted = baseline, of, counted
        self.at_least = at_least

    @property
    def ratio(self):
        return None if self.baseline is None else self.value / self.baseline

    @property
    def met(self):
        judged = self.value if self.ratio is None else self.ratio
        return judged >= self.bar if self.at_least else judged <= self.bar

    def line(self):
        against = ""
        if self.baseline is not None:
            against = "%s %s %s, ratio %.2f; " % (
                self.of, number(self.baseline), self.unit, self.ratio)
        return "%s %s %s (%sbar %s %g, %s; %s)" % (
            self.name, number(self.value), self.unit, against, ">=" if self.at_least else "<=",
            self.bar, "met" if self.met else "MISSED", self.counted)

    def fact(self):
        return {
            "name": self.name, "value": round(self.value, 3), "unit": self.unit,
            "baseline": None if self.baseline is None else round(self.baseline, 3),
            "baselineOf": self.of or None,
            "ratio": None if self.ratio is None else round(self.ratio, 4),
            "bar": self.bar, "met": self.met, "counted": self.counted,
        }


def number(value):
    return "%.0f" % value if value >= 100 else "%.2f" % value


def median_millis(seconds):
    return statistics.median(seconds) * 1000
