"""Reading files that other people made: from bytes to a checked table of polling tables, or a
refusal with the way out.

Each stage is a function from one record to the next and knows nothing of the later ones:
container -> text -> grid -> header -> shape -> roles -> key -> rows that count.
"""
