@echo off
rem Installs knockon for the person who runs it. Needs no administrator and no internet.
setlocal EnableExtensions DisableDelayedExpansion
set "WANTED={python}"
set "CHECK=import sys, sysconfig; sys.exit(sys.version_info[:2] != tuple(map(int, '{python}'.split('.'))) or sysconfig.get_platform() != 'win-amd64')"
rem Whatever starts Python here must not fetch one from the internet instead.
set "PYTHON_MANAGER_AUTOMATIC_INSTALL=false"
set "PYLAUNCHER_ALLOW_INSTALL="
set "PYTHON="
if not exist "%~dp0install.py" goto packed
py -%WANTED% -c "%CHECK%" >nul 2>nul && set "PYTHON=py -%WANTED%"
if defined PYTHON goto found
python -c "%CHECK%" >nul 2>nul && set "PYTHON=python"
if defined PYTHON goto found
python3 -c "%CHECK%" >nul 2>nul && set "PYTHON=python3"
if defined PYTHON goto found
echo.
echo No Python %WANTED% (64-bit) was found on this computer, so nothing was installed.
echo.
echo To see which versions of Python there are, type:  py --list
echo If 64-bit Python 3.11 to 3.14 is among them, take the knockon bundle made for it.
echo If there is none, ask your IT service for Python %WANTED%, then run this again.
echo If Python is in a place of its own, type:
echo     "C:\path\to\python.exe" "%~dp0install.py"
set "RESULT=1"
goto end

:packed
echo.
echo The bundle has to be unpacked first: close this window, right-click the zip file,
echo choose "Extract All", and run install.cmd in the folder that this makes.
set "RESULT=1"
goto end

:found
%PYTHON% "%~dp0install.py" %*
set "RESULT=%ERRORLEVEL%"

:end
echo.
if not defined KNOCKON_NO_PAUSE pause
exit /b %RESULT%
