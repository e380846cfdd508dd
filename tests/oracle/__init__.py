"""A second implementation of the Code, to hold the library against. `README.md` says what it rests on."""
