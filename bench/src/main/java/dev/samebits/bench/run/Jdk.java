package dev.samebits.bench.run;

import dev.samebits.bench.jmh.Vectors;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * A Java to measure on.
 *
 * @param home its folder
 * @param feature its major version, such as 17
 */
public record Jdk(Path home, int feature) {
    /** The one that runs this program. */
    public static Jdk running() {
        return new Jdk(Path.of(System.getProperty("java.home")), Runtime.version().feature());
    }

    /**
     * A Java by major version, looked for where systems install them, or by its folder.
     *
     * @throws IllegalArgumentException if there is none; the message says where was looked
     */
    public static Jdk find(String asked) {
        List<Path> places = new ArrayList<>();
        if (!asked.matches("\\d{1,3}")) {
            places.add(Path.of(asked));
        } else {
            if (Runtime.version().feature() == Integer.parseInt(asked)) {
                return running();
            }
            if (System.getenv("JAVA_HOME") != null) {
                places.add(Path.of(System.getenv("JAVA_HOME")));
            }
            places.addAll(below(Path.of("/usr/lib/jvm"), ""));
            places.addAll(below(Path.of("/Library/Java/JavaVirtualMachines"), "Contents/Home"));
            places.addAll(below(Path.of(System.getProperty("user.home"), ".sdkman/candidates/java"), ""));
        }
        for (Path place : places) {
            int feature = feature(place);
            if (feature >= 17 && (!asked.matches("\\d{1,3}") || feature == Integer.parseInt(asked))) {
                return new Jdk(place, feature);
            }
        }
        throw new IllegalArgumentException("no Java 17 or newer is '" + asked + "': give a version installed under"
                + " /usr/lib/jvm, or the folder of a JDK");
    }

    private static List<Path> below(Path folder, String inside) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.sorted().map(entry -> entry.resolve(inside)).toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    // From the file that every JDK carries; starting each one to ask it would take seconds.
    private static int feature(Path home) {
        if (!Files.isExecutable(home.resolve("bin/java"))) {
            return 0;
        }
        Properties release = new Properties();
        try (var in = Files.newInputStream(home.resolve("release"))) {
            release.load(in);
            return Runtime.Version.parse(release.getProperty("JAVA_VERSION", "0").replace("\"", "")).feature();
        } catch (IOException | IllegalArgumentException e) {
            return 0;
        }
    }

    /**
     * Bits of the vectors that it prefers.
     *
     * @param more options for its JVM
     * @throws IllegalArgumentException if it does not start with them; the message has its own
     */
    public int vectorBits(List<String> more) throws IOException {
        List<String> command = new ArrayList<>(List.of(launcher()));
        command.addAll(options());
        command.addAll(more);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Vectors.class.getName()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        try {
            if (process.waitFor() != 0) {
                throw new IllegalArgumentException("JDK " + feature + " does not start with " + more + ": " + said);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while a JVM was asked for its vectors", e);
        }
        // Before it, the JVM may have said that the vector module incubates.
        return Integer.parseInt(said.substring(said.lastIndexOf('\n') + 1));
    }

    String launcher() {
        return home.resolve("bin/java").toString();
    }

    /** The options that every fork needs; the same on each JDK but where one does not know them. */
    List<String> options() {
        List<String> options = new ArrayList<>(List.of("--add-modules=jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED"));
        if (feature >= 23) {
            // What libraries do with memory is none of this program's business.
            options.add("--sun-misc-unsafe-memory-access=allow");
        }
        return options;
    }
}
