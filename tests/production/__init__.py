"""`make production-check`: the commands of the compose file as processes of this machine, behind nginx, and used."""
