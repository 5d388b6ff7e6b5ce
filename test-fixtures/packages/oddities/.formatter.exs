# Nothing of this package is to be formatted.
[inputs: []]
