package dev.samebits.cli;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/**
 * Starts the program again, with the flags of java that no manifest can give, where it was started as {@code java -jar}.
 * Then the class path is one jar whose manifest names {@link Main}: that of the launcher script has many entries, and a
 * program that embeds this one has a main class of its own. {@code -Dsamebits.relaunch=never} goes on as it is.
 */
final class Relaunch {
    private static final String PROPERTY = "samebits.relaunch";
    private static final String NEVER = "never";
    private static final String VECTORS = "jdk.incubator.vector";
    private static final List<String> FLAGS = List.of("--add-modules=" + VECTORS, "--enable-native-access=ALL-UNNAMED",
            "--add-opens=java.base/java.io=ALL-UNNAMED",
            // What is started here never starts another.
            "-D" + PROPERTY + "=" + NEVER);
    // The options in them are among those that the JVM tells, and would be given twice.
    private static final Set<String> JAVA_OPTIONS = Set.of("JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS");

    private Relaunch() {}

    /** Runs all of it in another JVM, and gives its exit code; empty where this one goes on: no need, or no way. */
    static OptionalInt run(String... arguments) {
        String jar = System.getProperty("java.class.path");
        if (!isNeeded() || !isOurs(jar)) {
            return OptionalInt.empty();
        }
        try {
            return OptionalInt.of(await(builder(jar, arguments).start()));
        } catch (IOException e) {
            // No other JVM can be started here: this one does the same, more slowly, and says so.
            return OptionalInt.empty();
        }
    }

    private static boolean isNeeded() {
        return !NEVER.equals(System.getProperty(PROPERTY))
                && ModuleLayer.boot().findModule(VECTORS).isEmpty()
                && ModuleFinder.ofSystem().find(VECTORS).isPresent();
    }

    private static boolean isOurs(String classPath) {
        if (classPath.isEmpty() || classPath.contains(File.pathSeparator)) {
            return false;
        }
        try (JarFile jar = new JarFile(classPath)) {
            Manifest manifest = jar.getManifest();
            return manifest != null
                    && Main.class.getName().equals(manifest.getMainAttributes().getValue(Attributes.Name.MAIN_CLASS));
        } catch (IOException e) {
            return false;
        }
    }

    private static ProcessBuilder builder(String jar, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(FLAGS);
        command.addAll(List.of("-jar", jar));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
        builder.environment().keySet().removeAll(JAVA_OPTIONS);
        keepSignals(builder.environment());
        return builder;
    }

    // As the launcher script does: an OpenCL driver's compiler would take the JVM's signals for itself. A blank or a colon
    // would divide the name.
    private static void keepSignals(Map<String, String> environment) {
        Path library = Path.of(System.getProperty("java.home"), "lib", "libjsig.so");
        if (Files.exists(library) && !library.toString().matches(".*[\\s:].*")) {
            environment.merge("LD_PRELOAD", library.toString(), (others, ours) -> ours + ":" + others);
        }
    }

    // A signal that ends this JVM ends the other one first, which may have a file to remove.
    private static int await(Process other) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            other.destroy();
            waitFor(other);
        }));
        return waitFor(other);
    }

    private static int waitFor(Process other) {
        while (true) {
            try {
                return other.waitFor();
            } catch (InterruptedException e) {
                // Nobody interrupts; and there is nothing else to do.
            }
        }
    }
}
