@echo off
rem Starts the samebits command on Windows. Nobody has tried this yet: please tell how it went.
rem
rem   JAVA_HOME            a Java of at least 17; without it the one in PATH is taken
rem   SAMEBITS_JAVA_OPTS   more options for the JVM, such as -Xmx4g
setlocal
set "JAVA=java"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java.exe"
"%JAVA%" --add-modules jdk.incubator.vector -XX:+UseParallelGC -XX:-UsePerfData %SAMEBITS_JAVA_OPTS% -Dsamebits.relaunch=never -jar "%~dp0..\samebits.jar" %*
exit /b %ERRORLEVEL%
