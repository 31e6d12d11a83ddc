"""OFD (GB/T 33190-2016) written from a PDF's own text, lines and pictures; see `making.ofd_of`."""
