@echo off
rem Starts HexLens on Windows: finds a JDK, builds on first use, runs; see the script hexlens beside it.
setlocal EnableDelayedExpansion
set needed=25
for %%I in ("%~dp0..") do set "server=%%~fI"
for %%I in ("%server%\..") do set "root=%%~fI"
set "jar=%server%\target\hexlens-server.jar"

set "jdk="
if defined JAVA_HOME call :try "%JAVA_HOME%"
for /f "delims=" %%J in ('where java 2^>nul') do if not defined jdk for %%I in ("%%~dpJ..") do call :try "%%~fI"
for %%R in ("%ProgramFiles%\Java" "%ProgramFiles%\Eclipse Adoptium" "%ProgramFiles%\Microsoft" "%ProgramFiles%\Zulu" "%USERPROFILE%\.jdks" "%USERPROFILE%\scoop\apps") do (
  if not defined jdk if exist "%%~R" for /d %%D in ("%%~R\*") do if not defined jdk call :try "%%~fD"
)
if not defined jdk (
  echo hexlens: needs a Java %needed% or newer and finds none: install one, such as Adoptium's, or set JAVA_HOME 1>&2
  exit /b 2
)

if not exist "%jar%" (
  where mvn >nul 2>nul || (
    echo hexlens: the first start builds HexLens with Maven, and there is no mvn: install it 1>&2
    exit /b 2
  )
  echo hexlens: building HexLens, once; this takes a minute 1>&2
  pushd "%root%"
  set "JAVA_HOME=%jdk%"
  call mvn -q -B -DskipChecks -Dmaven.test.skip=true package 1>&2 <nul
  popd
  if not exist "%jar%" (
    echo hexlens: the build failed: run "mvn -DskipChecks -DskipTests package" in %root% to see why 1>&2
    exit /b 2
  )
)

endlocal & set "hexlens_jdk=%jdk%" & set "hexlens_jar=%jar%"
"%hexlens_jdk%\bin\java" -Xlog:disable -XX:+UseParallelGC ^
  -Dfile.encoding=UTF-8 -Dstdout.encoding=UTF-8 -Dstderr.encoding=UTF-8 %HEXLENS_JAVA_OPTS% ^
  -jar "%hexlens_jar%" %*
exit /b %errorlevel%

:try
if defined jdk goto :eof
if not exist "%~1\bin\java.exe" goto :eof
if not exist "%~1\release" goto :eof
for /f "tokens=2 delims==" %%V in ('findstr /b "JAVA_VERSION=" "%~1\release"') do (
  for /f "tokens=1 delims=." %%M in ("%%~V") do if %%M GEQ %needed% set "jdk=%~1"
)
goto :eof
