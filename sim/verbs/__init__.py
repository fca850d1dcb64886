"""The public verbs that are put together from several rooms, with the names of the command line."""
