"""Bargaining on a user's files: paths of many actors, two sides over packages, divisions,
benchmark.
"""
