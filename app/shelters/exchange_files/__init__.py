"""Files for the systems that the city uses beside this one; how each is laid out is data."""
