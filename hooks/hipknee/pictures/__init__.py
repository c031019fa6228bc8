"""The originals in images/, and what browsers and services get of them."""
