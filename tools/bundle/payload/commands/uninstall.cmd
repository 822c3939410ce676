@echo off
rem Removes knockon for the person who runs it, and nothing that knockon did not put there.
setlocal EnableExtensions DisableDelayedExpansion
cd /d "%~dp0"
if not exist "knockon-install.json" goto missing
if exist "lib" rmdir /s /q "lib"
if exist "lib" goto busy
del /q "knockon-install.json" "knockon.cmd" "window.cmd"
for /d %%K in ("%LOCALAPPDATA%\knockon\kernels-*") do rmdir /s /q "%%~K"
rmdir "%LOCALAPPDATA%\knockon" 2>nul
echo knockon has been removed. Your plans and pages are where you left them.
if not defined KNOCKON_NO_PAUSE pause
rem The last line is read before the file it stands in is gone.
cd /d "%USERPROFILE%" & del /q "%~f0" & rmdir "%~dp0." 2>nul & exit /b 0

:missing
echo knockon is not installed in this folder, so nothing was removed.
if not defined KNOCKON_NO_PAUSE pause
exit /b 1

:busy
echo Some files are in use: close every window that runs knockon, and run this again.
if not defined KNOCKON_NO_PAUSE pause
exit /b 1
