"""What two versions of this project make of the same content, held against each other file by file.

`trees` checks commits out, builds their sites and runs their checks; `texts` compares what can be read, `pdfs` what is
printed, and `outputs` puts two folders side by side. None of them imports the engine: it is what is compared.
"""
