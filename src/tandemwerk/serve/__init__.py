"""`tandemwerk serve`: web server and job worker under one roof.

`command` reads the options and starts, `prepare` brings database, static files and demo up to date
in a process of its own, `child` is what a started process runs, `supervisor` keeps them alive and
ends them together. The supervising process never imports Django: it stays small and can't stumble
over what its children stumble over.
"""
