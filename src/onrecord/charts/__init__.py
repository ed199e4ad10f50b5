"""Charts of the record as SVG that this package draws itself: no browser, no script, nothing to fetch.

Each chart has its title, itself in words, and its numbers as a table; pages, files and the static site share them.
"""
