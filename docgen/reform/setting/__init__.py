"""Laying a draft's parts out with the standard's builders."""
