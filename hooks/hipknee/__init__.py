"""The core: from Markdown, data and pictures to a site and its sheets. It takes and returns values; MkDocs is not here.

The map, from the ground up. A room asks only those above it in this list; tests/test_house.py has the exact arrows:

    problems rules refusals calls unseen broken_letters wording phones addresses fingerprints places colours letters
    keeping stock progress changes pdf_names page_facts qr  the ground: who everybody may ask
    content     what authors write: front matter, models, kinds of pages, data files, the clinic, the catalogue
    pictures    originals, the sizes that browsers get, look-alikes, what a picture was drawn from, share cards
    text        what happens to an author's Markdown: links, citations, pictures, tables, headings
    programme   what a clinician picks for one patient: its code; ready-made programmes
    gate        the check: all rules in one run, waivers, and what may be printed
    pages       the presenter; the printed page; search, linked data and exercises.json
    print       handouts, tick chart and booklet; Typst and its templates
    publish     the swap, the check of a built site, policy, service worker, hosting
    site.py     above all rooms: one build as a value
"""
