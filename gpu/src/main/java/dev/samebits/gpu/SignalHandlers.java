package dev.samebits.gpu;

import dev.samebits.Availability.Unavailable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Whether the JVM keeps its signal handlers beside a driver's compiler. That of PoCL, LLVM's, sets its own for good when it
 * writes its first file, also for SIGSEGV, with which the JVM stops its threads: now and then that ends the process without
 * a word. The JDK's libjsig, if loaded before all else, keeps the JVM's in front. Other drivers were not seen to do so.
 */
final class SignalHandlers {
    private static final String PLATFORM = "Portable Computing Language";
    private static final String CHAINING = "libjsig.so";

    private SignalHandlers() {}

    /** Why a device of this platform must not be given a program in this process, if so. */
    static Optional<Unavailable> replacedBy(String platform) {
        boolean linux = System.getProperty("os.name").equals("Linux");
        return linux ? replacedBy(platform, loaded(), System.getProperty("java.home")) : Optional.empty();
    }

    static Optional<Unavailable> replacedBy(String platform, String loaded, String javaHome) {
        if (!platform.contains(PLATFORM) || loaded.contains("/" + CHAINING)) {
            return Optional.empty();
        }
        return Optional.of(new Unavailable(
                "PoCL's compiler replaces the JVM's signal handlers, which now and then crashes it",
                "start java with LD_PRELOAD=" + javaHome + "/lib/" + CHAINING + " in its environment, or use ./samebits"));
    }

    // The files mapped into this process: the loader passes over a library to preload that it does not find. Where they
    // cannot be read, for want of /proc, what it was told to preload.
    private static String loaded() {
        try {
            return Files.readString(Path.of("/proc/self/maps"), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return Optional.ofNullable(System.getenv("LD_PRELOAD")).orElse("");
        }
    }
}
