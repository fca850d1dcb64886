"""The parts of the spatial model of politics: rules, views, challenges, offers. The model itself is
`smp.py` above.
"""
