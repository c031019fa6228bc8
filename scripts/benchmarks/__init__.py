"""What `scripts/benchmark.py` measures: print beside other engines, and large libraries beside plain Material."""
