package dev.samebits.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The script that users start, in a copy of the project that is built already; its folder has a name that is not ASCII. */
class LauncherTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final String MODEL = "--model \"$S\"/examples/iris/iris.onnx";
    private static final String PREDICT = "\"$S\"/samebits predict --data x.csv " + MODEL;

    @TempDir
    static Path home;

    @TempDir
    Path folder;

    private static Path project;

    @BeforeAll
    static void build() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")));
        project = home.resolve("größe 1");
        Path app = Files.createDirectories(project.resolve("cli/target/app"));
        int number = 0;
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path jar = app.resolve(number++ + ".jar");
            if (Files.isRegularFile(Path.of(entry))) {
                Files.createSymbolicLink(jar, Path.of(entry).toAbsolutePath());
            } else if (Files.isDirectory(Path.of(entry, "dev"))) {
                assertThat(ToolProvider.findFirst("jar").orElseThrow().run(new PrintStream(PrintStream.nullOutputStream()),
                        System.err, "--create", "--file", jar.toString(), "-C", entry, ".")).isZero();
            }
        }
        Files.createSymbolicLink(project.resolve("examples"), ROOT.resolve("examples"));
        Files.createSymbolicLink(project.resolve("dist"), ROOT.resolve("dist"));
        Files.copy(ROOT.resolve("samebits"), project.resolve("samebits"));
        Files.writeString(project.resolve("pom.xml"), "");
        Path marker = Files.writeString(project.resolve("cli/target/app.built"), "");
        Files.setLastModifiedTime(marker, FileTime.from(Instant.now().plusSeconds(60)));
    }

    private record Result(int exitCode, String text) {}

    // What a shell makes of a line. What it prints on stderr is in the text, unless the line sends it elsewhere.
    private Result run(String line, String... environment) throws Exception {
        Files.writeString(folder.resolve("x.csv"), "größe,a,b,c,d\nk,5.1,3.5,1.4,0.2\n");
        ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-c", line).directory(folder.toFile())
                .redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("S", project.toString());
        builder.environment().put("LC_ALL", "C.UTF-8");
        for (String setting : environment) {
            String[] parts = setting.split("=", 2);
            builder.environment().put(parts[0], parts[1]);
        }
        Process process = builder.start();
        process.getOutputStream().close();
        String text = Cli.text(process.getInputStream()).get();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Result(process.exitValue(), text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"C", "POSIX", "de_XX.UTF-8", "C.UTF-8"})
    void namesThatAreNotAsciiWorkInEveryLocale(String locale) throws Exception {
        Result result = run("mkdir 日本; mv x.csv 日本/dä.csv; cd 日本; " + PREDICT.replace("x.csv", "dä.csv")
                + " --id größe --output ü.csv && cat ü.csv", "LC_ALL=" + locale);
        assertThat(result.text()).contains("1 row in ").endsWith("größe,class\nk,0\n").doesNotContain("WARNING");
        assertThat(result.exitCode()).isZero();
        assertThat(folder.resolve("日本/ü.csv")).exists();
        // The archive of classes has been made, under its own name; it is empty where the JVM could not.
        try (var files = Files.list(project.resolve("cli/target"))) {
            assertThat(files.filter(file -> file.getFileName().toString().startsWith("app-"))).singleElement()
                    .satisfies(file -> assertThat(file.toString()).endsWith(".jsa"))
                    .satisfies(file -> assertThat(file).isNotEmptyFile());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        // What is closed and not needed does no harm.
        "predict --id 1 --output y.csv 2>&- | 0 | ''",
        "predict --id 1 --output y.csv >&- 2>&- <&- | 0 | ''",
        "predict --id 1 2>&- | 0 | größe,class",
        // What is needed is told.
        "predict --id 1 >&- | 2 | samebits: cannot write (it is closed): stdout: ",
        "predict --id 1 --data - <&- | 2 | samebits: cannot read (it is closed): stdin: ",
        "inspect >&- | 2 | samebits: cannot write (it is closed): stdout: ",
        // The launcher's own descriptors are none of the user's.
        "predict --id 1 --output /dev/fd/3 3> y.csv | 0 | 1 row in ",
        "predict --id 1 --output /dev/fd/3 3>&1 4>&1 5>&1 6>&1 7>&1 8>&1 9>&1 | 0 | größe,class",
        "predict --id 1 --output y.csv --bad-rows skip --bad-rows-file /dev/stderr | 0 | größe,a,b,c,d",
        "predict --zap | 2 | Unknown option: '--zap'",
    })
    void descriptorsMayBeClosedOrTaken(String line, int exitCode, String text) throws Exception {
        String command = line.contains("inspect") ? line.replace("inspect", "inspect \"$S\"/examples/iris/iris.onnx")
                : line.replace("predict", "predict " + MODEL + (line.contains("--data") ? "" : " --data x.csv"));
        Result result = run("\"$S\"/samebits " + command);
        assertThat(result.exitCode()).as(result.text()).isEqualTo(exitCode);
        assertThat(result.text()).contains(text);
        if (text.isEmpty()) {
            assertThat(result.text()).isEmpty();
        }
        if (line.contains("y.csv")) {
            assertThat(folder.resolve("y.csv")).hasContent("größe,class\nk,0\n");
        }
    }

    @Test
    void aReaderThatHasHadEnoughHearsNothing() throws Exception {
        Result result = run("awk 'BEGIN { print \"a,b,c,d\"; for (i = 0; i < 300000; i++) print \"1,2,3,4\" }' > x.csv; { "
                + PREDICT + "; echo \"code $?\" >&2; } | head -n 1");
        assertThat(result.text()).isEqualTo("class\ncode 141\n");
    }
}
