"""The core: from Markdown, data and pictures to a site and its sheets. It takes and returns values; MkDocs is not here.

The map, from the ground up. Each room may ask those above it in this list, as tests/test_house.py has it:

    problems wording addresses fingerprints places pdf_names    the ground: who everybody may ask
    content     what authors write: front matter, models, data files, the clinic, the catalogue
    pictures    originals, the sizes that browsers get, look-alikes, what a picture was drawn from, share cards
    text        what happens to an author's Markdown: links, citations, pictures, tables, headings
    gate        the check: all rules in one run, and waivers
    pages       the printed page; search, linked data and exercises.json
    print       handouts, tick chart and booklet; Typst and its templates
    publish     the swap, the check of a built site, policy, service worker, hosting
"""
