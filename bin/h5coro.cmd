@rem SPDX-License-Identifier: Apache-2.0
@rem Starts the h5coro command of an unpacked distribution, or of a built checkout, on Windows.
@rem JAVA_HOME picks the Java, JAVA_OPTS adds options to it.
@setlocal DisableDelayedExpansion EnableExtensions
@echo off

set "TOP=%~dp0.."
set "CLASSES=%TOP%\lib\h5coro-cli.jar;%TOP%\lib\*"
if not exist "%TOP%\lib\h5coro-cli.jar" set "CLASSES=%TOP%\h5coro-cli\target\h5coro\h5coro-cli.jar"
if exist "%TOP%\lib\h5coro-cli.jar" goto built
if exist "%TOP%\h5coro-cli\target\h5coro\h5coro-cli.jar" goto built
echo h5coro: not built yet; run in "%TOP%": mvnw.cmd -q -Dquick -DskipTests package>&2
exit /b 1

:built
set "JAVA=java"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java"
"%JAVA%" -version >nul 2>&1
if not errorlevel 1 goto found
echo h5coro: no Java found at "%JAVA%"; install a JDK 17 or newer, or set JAVA_HOME>&2
exit /b 1

:found
if "%~1"=="serve" set "CLASSES=%CLASSES%;%TOP%\lib\serve\*;%TOP%\h5coro-cli\target\h5coro\lib\serve\*"
@rem Commands that end soon: the fast compiler and one thread for garbage are enough. JAVA_OPTS may choose others.
set "MODEST="
if not defined JAVA_OPTS if not defined JDK_JAVA_OPTIONS if not defined JAVA_TOOL_OPTIONS if not defined _JAVA_OPTIONS if not "%~1"=="dump" if not "%~1"=="cat" if not "%~1"=="stat" if not "%~1"=="diff" if not "%~1"=="export" if not "%~1"=="serve" if not "%~1"=="plot" set "MODEST=-XX:TieredStopAtLevel=1 -XX:-UsePerfData -XX:+UseSerialGC"
"%JAVA%" -Xshare:auto %MODEST% %JAVA_OPTS% -cp "%CLASSES%" io.h5coro.cli.Main %*
exit /b %ERRORLEVEL%
