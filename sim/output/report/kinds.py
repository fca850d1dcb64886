"""The kinds of pictures by name, without any drawing: the command line reads them."""

ELSEWHERE = {
    "sobol": "sim sensitivity SCENARIO --axis KEY=LOW:HIGH --plot FILE",
    "swings": "sim sensitivity SCENARIO --tornado --axis KEY=LOW:HIGH --plot FILE",
    "assumptions": "sim sensitivity SCENARIO --plot FILE",
    "box": "sim discover SCENARIO --outcome NAME --plot FILE",
    "path": "sim discover SCENARIO --outcome NAME --plot-path FILE",
    "influence": "sim influence SCENARIO --plot FILE",
    "waits": "sim queue --voters N --plot FILE",
    "margins": "sim plan --past FILE --plot FILE",
    "bargaining": "sim bargain FILE --plot FILE",
}
"""Pictures that the command draws which computes them."""

KINDS = {
    "outcomes": "chances at three moments",
    "flow": "how the three outcomes part",
    "differences": "of others from the first",
    "timeline": "what happens in which share of replicates, and when",
    "talks": "talks and licences over time",
    "polls": "polls and the lead in votes cast",
    "map": "lead by region",
    "evening": "one evening's quick count, sheets and bulletins",
    "tornado": "which drawn assumptions move the chance of office",
    "findings": "findings beside their false alarms; also of a power study",
    "announced": "announced totals against sheets",
    "bounds": "what the missing tables could do",
    "regions": "lead by region of a file of sheets",
    "fingerprint": "turnout by share",
    "integers": "tables with whole percentages",
    "digits": "last digits",
    "effects": "what the levers of a sweep move",
    "surface": "an outcome over two levers",
    "power": "heat map of a power study",
}
OF = {
    "run": (
        "outcomes",
        "flow",
        "timeline",
        "talks",
        "polls",
        "map",
        "evening",
        "findings",
        "tornado",
    ),
    "comparison": ("differences",),
    "assessment": ("announced", "bounds", "regions", "fingerprint", "integers", "digits"),
    "sweep": ("effects", "surface"),
    "power": ("findings", "power"),
}
