"""What is here only to be quick. Each has a slow twin in the tests.

Worth, of a national replicate of 30 ms:

- stream_pool: .9 ms; 150 streams one by one take 1.3 ms, together .4 ms, by numpy alone 3.3 ms;
- words: comparisons on raw 32-bit words take half the time of drawing uniforms;
- normals: normal numbers by look-up take a sixth of the time of numpy's;
- derived: columns that follow from a record alone are computed once for it.
"""
