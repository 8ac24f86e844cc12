package dev.samebits.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The command line as a user runs it: a JVM of its own. */
public final class Cli {
    /** What a run left. */
    public record Result(int exitCode, String out, String err) {
        /** The lines of stderr without blank ones and the JVM's own, about the incubating module and memory access. */
        public List<String> errLines() {
            return err.lines().filter(line -> !line.isBlank() && !line.startsWith("WARNING: ")).toList();
        }

        /** The 64 hex digits behind a text on stdout. */
        public String digest(String before) {
            int at = out.indexOf(before) + before.length();
            return out.substring(at, at + 64);
        }
    }

    private final Path folder;
    private final List<String> jvm = new ArrayList<>();

    public Cli(Path folder, String... jvmOptions) {
        this.folder = folder;
        jvm.addAll(List.of(jvmOptions));
    }

    public Process start(String... arguments) throws IOException {
        return start(Redirect.PIPE, arguments);
    }

    public Process start(Redirect out, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("--add-modules", "jdk.incubator.vector", "-XX:+UseSerialGC", "-XX:-UsePerfData"));
        command.addAll(jvm);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile()).redirectOutput(out);
        builder.environment().remove("SAMEBITS_BACKEND");
        // For a quick start without C2: simd cannot run there, and unless another is asked for, a warning says so.
        if (jvm.contains("-XX:TieredStopAtLevel=1")) {
            builder.environment().put("SAMEBITS_BACKEND", "scalar");
        }
        return builder.start();
    }

    /** In this JVM and its working directory, where starting one for each of many would take a minute. */
    public static Result here(String... arguments) throws IOException {
        int[] exitCode = new int[1];
        String err = Stderr.of(() -> exitCode[0] = Main.run(arguments));
        return new Result(exitCode[0], "", err);
    }

    public Result run(String... arguments) throws Exception {
        return feed(new byte[0], arguments);
    }

    public Result feed(byte[] stdin, String... arguments) throws Exception {
        return feed(start(arguments), stdin);
    }

    /** Gives a process its input, and waits for its end. */
    static Result feed(Process process, byte[] stdin) throws Exception {
        CompletableFuture<String> out = text(process.getInputStream());
        CompletableFuture<String> err = text(process.getErrorStream());
        try (OutputStream in = process.getOutputStream()) {
            in.write(stdin);
        } catch (IOException e) {
            // The command may end without reading stdin.
        }
        if (!process.waitFor(120, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("no end of " + process.info());
        }
        return new Result(process.exitValue(), out.get(), err.get());
    }

    public static CompletableFuture<String> text(InputStream stream) {
        return CompletableFuture.supplyAsync(() -> {
            try (stream) {
                return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
