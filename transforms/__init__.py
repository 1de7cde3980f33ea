"""Pure steps from bytes to observations: decode, main text, repair, simplify, split, extract. No I/O, no clock.

`transforms.document` composes them and is the file to read first.
"""
