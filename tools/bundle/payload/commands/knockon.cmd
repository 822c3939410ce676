@echo off
rem Starts knockon with the Python it was installed for; nothing else on this computer is used.
setlocal
set "PYTHONPATH=%~dp0lib"
"{executable}" -S -s -P -m knockon %*
