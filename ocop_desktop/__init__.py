"""OCOP Desktop: dossiers, council sessions, stars and certificates of the OCOP programme, offline."""

__version__ = "0.1.0"
