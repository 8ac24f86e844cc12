package dev.samebits.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The best backend that can run is found however the jars are packed: each packing is made here, and loaded by itself. */
class PackingTest {
    private static final String SERVICES = "META-INF/services/dev.samebits.spi.BackendProvider";
    private static final String SIMD = "dev.samebits.simd.SimdProvider\n";
    private static final String OPENCL = "dev.samebits.gpu.OpenClProvider\n";
    private static final String ALL = "simd available, scalar available, opencl ";

    @TempDir
    Path folder;

    private int jars;

    /** What a jar holds, by the names of its entries. */
    private static final class Content extends TreeMap<String, byte[]> {
        private static final long serialVersionUID = 1;

        Content and(Content other) {
            Content both = new Content();
            both.putAll(this);
            both.putAll(other);
            both.remove(SERVICES);
            return both;
        }

        Content with(String entry, String text) {
            put(entry, text.getBytes(StandardCharsets.UTF_8));
            return this;
        }

        /** The same with one class's constant for another of the same length, as a jar of another version may have it. */
        Content where(String className, String constant, String other) {
            String entry = className.replace('.', '/') + ".class";
            put(entry, replaced(get(entry), constant, other));
            return this;
        }

        /** What relocation does, to a name of the same length. */
        Content relocated() {
            Content moved = new Content();
            forEach((entry, bytes) -> moved.put(entry.replace("dev/samebits", "own/packaged"),
                    replaced(replaced(bytes, "dev/samebits", "own/packaged"), "dev.samebits", "own.packaged")));
            return moved;
        }

        private static byte[] replaced(byte[] bytes, String from, String to) {
            assertThat(to).hasSameSizeAs(from);
            return new String(bytes, StandardCharsets.ISO_8859_1).replace(from, to).getBytes(StandardCharsets.ISO_8859_1);
        }
    }

    private static Content core() {
        return read("dev/samebits/Backends.class");
    }

    private static Content simd() {
        return read("dev/samebits/simd/SimdProvider.class");
    }

    private static Content gpu() {
        return read("dev/samebits/gpu/OpenClProvider.class");
    }

    // From the classes or the jar that this test runs on.
    private static Content read(String entry) {
        try {
            URI uri = PackingTest.class.getClassLoader().getResource(entry).toURI();
            if (uri.getScheme().equals("file")) {
                return read(Path.of(Path.of(uri).toString().replace(entry, "")));
            }
            try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
                return read(jar.getPath("/"));
            }
        } catch (URISyntaxException | IOException e) {
            throw new AssertionError(entry, e);
        }
    }

    private static Content read(Path root) throws IOException {
        Content content = new Content();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = root.relativize(file).toString().replace('\\', '/');
                if (name.startsWith("dev/") || name.equals(SERVICES)) {
                    content.put(name, Files.readAllBytes(file));
                }
            }
        }
        return content;
    }

    private URL jar(Content content, String... manifest) {
        Manifest lines = new Manifest();
        lines.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        for (int i = 0; i < manifest.length; i += 2) {
            lines.getMainAttributes().putValue(manifest[i], manifest[i + 1]);
        }
        Path file = folder.resolve(jars++ + ".jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(file), lines)) {
            for (Map.Entry<String, byte[]> entry : content.entrySet()) {
                out.putNextEntry(new JarEntry(entry.getKey()));
                out.write(entry.getValue());
            }
            return file.toUri().toURL();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String report(Content... content) throws Exception {
        URL[] urls = Arrays.stream(content).map(this::jar).toArray(URL[]::new);
        try (URLClassLoader loader = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader())) {
            return report(loader, "dev.samebits");
        }
    }

    // The report, in short, after a look at what best() takes: the first of those available.
    private static String report(ClassLoader loader, String root) throws Exception {
        Class<?> backends = Class.forName(root + ".Backends", true, loader);
        assertThat(backends.getClassLoader()).isSameAs(loader);
        Object best = backends.getMethod("best").invoke(null);
        List<String> lines = ((List<?>) backends.getMethod("report").invoke(null)).stream().map(Object::toString)
                .map(line -> line.replaceAll("Entry\\[name=(.*), rank=.*, availability=Available\\[.*", "$1 available"))
                .map(line -> line.replaceAll("Entry\\[name=(.*), rank=.*, availability=Una\\w*\\[(.*)]]", "$1 ($2)"))
                .toList();
        String first = lines.stream().filter(line -> line.endsWith("available")).findFirst().orElseThrow();
        assertThat(best).asString().startsWith(first.replace(" available", " ("));
        return String.join(", ", lines);
    }

    @Test
    void inJarsOfTheirOwnInAnyOrder() throws Exception {
        assertThat(report(core(), simd(), gpu())).startsWith(ALL);
        assertThat(report(gpu(), simd(), core())).startsWith(ALL);
        assertThat(report(core())).isEqualTo("scalar available");
    }

    @Test
    void mergedIntoOneJarWhateverIsLeftOfTheServices() throws Exception {
        Content merged = core().and(simd()).and(gpu());
        for (String services : List.of("", SIMD, OPENCL, SIMD + OPENCL, OPENCL + SIMD, SIMD + SIMD)) {
            assertThat(report(new Content().and(merged).with(SERVICES, services))).as(services).startsWith(ALL);
        }
        assertThat(report(merged)).startsWith(ALL);
        assertThat(report(merged, simd(), core())).as("and again beside it").startsWith(ALL);
    }

    @Test
    void movedToAnotherPackage() throws Exception {
        Content moved = core().and(simd()).and(gpu()).relocated();
        String services = SERVICES.replace("dev.samebits", "own.packaged");
        for (Content packed : List.of(moved, new Content().and(moved).with(SERVICES, SIMD),
                new Content().and(moved).with(services, SIMD.replace("dev.samebits", "own.packaged")))) {
            try (URLClassLoader loader = new URLClassLoader(new URL[] {jar(packed)}, ClassLoader.getPlatformClassLoader())) {
                assertThat(report(loader, "own.packaged")).startsWith(ALL);
            }
        }
        // The file was renamed, what it says was not.
        Content half = new Content().and(moved).with(services, SIMD);
        try (URLClassLoader loader = new URLClassLoader(new URL[] {jar(half)}, ClassLoader.getPlatformClassLoader())) {
            assertThat(report(loader, "own.packaged")).startsWith("? (reason=a provider on the class path cannot be loaded")
                    .contains("dev.samebits.simd.SimdProvider not found").contains(ALL);
        }
    }

    @Test
    void whatWasLeftOutIsToldWithItsRemedy() throws Exception {
        Content without = simd();
        without.remove("dev/samebits/simd/SimdProvider.class");
        assertThat(report(core(), without)).startsWith("simd (reason=its provider dev.samebits.simd.SimdProvider cannot be")
                .contains("not found, remedy=take all jars of Samebits in one version, with nothing left out")
                .endsWith("scalar available");
        without = core().and(simd());
        without.remove("dev/samebits/simd/SimdBackend.class");
        assertThat(report(without)).startsWith("simd (reason=its probe failed: java.lang.NoClassDefFoundError: ")
                .contains("remedy=take all jars of Samebits in one version, with nothing left out")
                .endsWith("scalar available");
    }

    @Test
    void jarsOfTwoVersionsAreToldApart() throws Exception {
        Content older = simd().where("dev.samebits.simd.SimdProvider", "unavailable", "isAvailable");
        assertThat(report(core(), older)).startsWith("simd (reason=its probe failed: java.lang.NoSuchMethodError: ")
                .contains("remedy=take all jars of Samebits in one version").endsWith("scalar available");
        URL[] two = {jar(core(), "Implementation-Title", "Samebits core", "Implementation-Version", "2.1"),
            jar(simd(), "Implementation-Title", "Samebits simd", "Implementation-Version", "2.0")};
        try (URLClassLoader loader = new URLClassLoader(two, ClassLoader.getPlatformClassLoader())) {
            assertThat(report(loader, "dev.samebits")).isEqualTo("simd (reason=Samebits simd is of version 2.0, but"
                    + " Samebits core of 2.1, remedy=take all jars of Samebits in one version), scalar available");
        }
        URL[] merged = {jar(core(), "Implementation-Title", "an application", "Implementation-Version", "7"), two[1]};
        try (URLClassLoader loader = new URLClassLoader(merged, ClassLoader.getPlatformClassLoader())) {
            assertThat(report(loader, "dev.samebits")).isEqualTo("simd available, scalar available");
        }
    }

    @Test
    void inClassLoadersBelowAnother() throws Exception {
        URL[] all = {jar(core()), jar(simd())};
        try (URLClassLoader parent = new URLClassLoader(all, ClassLoader.getPlatformClassLoader());
                ChildFirst whole = new ChildFirst(all, parent);
                ChildFirst coreOnly = new ChildFirst(new URL[] {all[0]}, parent)) {
            assertThat(report(whole, "dev.samebits")).isEqualTo("simd available, scalar available");
            assertThat(report(coreOnly, "dev.samebits"))
                    .startsWith("simd (reason=its class loader has another copy of samebits-core")
                    .endsWith("scalar available");
        }
    }

    /** As web containers load an application: its own classes before those of its parents. */
    private static final class ChildFirst extends URLClassLoader {
        ChildFirst(URL[] urls, ClassLoader parent) {
            super(urls, parent);
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                if (loaded == null && findResource(name.replace('.', '/') + ".class") != null) {
                    return findClass(name);
                }
                return loaded == null ? super.loadClass(name, resolve) : loaded;
            }
        }
    }
}
