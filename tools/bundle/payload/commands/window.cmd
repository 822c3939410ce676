@echo off
rem Opens a window in which the command knockon is known.
set "PATH=%~dp0;%PATH%"
cd /d "%USERPROFILE%"
cmd /k "echo Type  knockon demo  to see what knockon does, or  knockon --help  for every command."
