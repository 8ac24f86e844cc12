package dev.samebits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.samebits.spi.BackendProvider;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackendsTest {
    @TempDir
    Path folder;

    @Test
    void scalarIsAlwaysThere() {
        Backend scalar = Backends.named("scalar");
        assertThat(scalar.name()).isEqualTo("scalar");
        assertThat(Backends.available()).contains(scalar);
        assertThat(Backends.report()).anySatisfy(entry -> {
            assertThat(entry.name()).isEqualTo("scalar");
            assertThat(entry.rank()).isZero();
            assertThat(entry.availability()).isEqualTo(new Availability.Available(scalar));
        });
        assertThat(Backends.report()).isUnmodifiable();
    }

    @Test
    void bestIsTheSameEveryTime() {
        assertThat(Backends.best()).isSameAs(Backends.best());
    }

    @Test
    void unknownNamesAreAnsweredWithTheKnownOnes() {
        assertThatThrownBy(() -> Backends.named("quantum"))
                .isInstanceOf(BackendUnavailableException.class)
                .hasMessage("no backend is called 'quantum'; on the class path are: scalar; take one of these");
    }

    @Test
    void aNameOfAJarThatIsNotThereIsAnsweredWithTheJar() {
        refused("opencl", "add samebits-gpu (dev.samebits:samebits-gpu) to the class path");
        refused("SIMD", "add samebits-simd (dev.samebits:samebits-simd) to the class path");
        refused("gpu", "did you mean opencl? Then add samebits-gpu (dev.samebits:samebits-gpu) to the class path");
        refused("smid", "did you mean simd? Then add samebits-simd (dev.samebits:samebits-simd) to the class path");
        refused("scaler", "did you mean scalar?");
        refused("", "take one of these");
    }

    private static void refused(String name, String remedy) {
        assertThatThrownBy(() -> Backends.named(name))
                .hasMessage("no backend is called '" + name + "'; on the class path are: scalar; " + remedy);
    }

    @Test
    void namesAreTakenInAnyCaseWithBlanksAround() {
        assertThat(Backends.named(" ScalaR\t")).isSameAs(Backends.named("scalar"));
    }

    @Test
    void theyAndTheirSessionsSayWhatTheyAre() {
        Backend scalar = Backends.named("scalar");
        Network network = Network.builder(2).dense(3, Activation.RELU).softmax().build(1);
        assertThat(scalar).hasToString("scalar (plain Java, the reference)");
        try (InferenceSession session = scalar.open(network);
                TrainingSession training = scalar.train(network, Loss.CROSS_ENTROPY, SessionOptions.ofThreads(2))) {
            assertThat(session).hasToString("inference of 2 → 3 relu → softmax on scalar, threads 1");
            assertThat(training).hasToString("training of 2 inputs to 3 outputs by cross-entropy on scalar, threads 2");
        }
    }

    /** What a child JVM prints: the choice is made once in the life of a JVM. */
    static final class Child {
        private Child() {}

        public static void main(String[] names) {
            for (int attempt = 0; attempt < 2; attempt++) {
                try {
                    System.out.println("best " + Backends.best().name());
                } catch (BackendUnavailableException e) {
                    System.out.println("refused " + e.getMessage());
                }
            }
            for (String name : names) {
                try {
                    System.out.println("named " + Backends.named(name).name());
                } catch (BackendUnavailableException e) {
                    System.out.println("refused " + e.getMessage());
                }
            }
            Backends.report().forEach(entry -> System.out.println("report " + entry.name() + " " + entry.rank()));
        }
    }

    /** A backend that no machine can run. */
    public static final class Missing implements BackendProvider {
        @Override
        public String name() {
            return "missing";
        }

        @Override
        public int rank() {
            return 5;
        }

        @Override
        public Availability probe() {
            return new Availability.Unavailable("no such chip", "buy one");
        }
    }

    /** Available, but only taken by name. */
    public static final class Shy implements BackendProvider {
        @Override
        public String name() {
            return "shy";
        }

        @Override
        public int rank() {
            return -1;
        }

        @Override
        public Availability probe() {
            return new Availability.Available(new Renamed("shy"));
        }
    }

    private record Renamed(String name) implements Backend {
        @Override
        public String device() {
            return "test";
        }

        @Override
        public LayerKernels kernels() {
            return Backends.named("scalar").kernels();
        }

        @Override
        public InferenceSession open(Network network, SessionOptions options) {
            return Backends.named("scalar").open(network, options);
        }

        @Override
        public TrainingSession train(Network network, Loss loss, Optimizer optimizer, SessionOptions options) {
            return Backends.named("scalar").train(network, loss, optimizer, options);
        }

        @Override
        public TrainingSession train(
                Network network, Objective objective, TrainingOptions training, SessionOptions options) {
            return Backends.named("scalar").train(network, objective, training, options);
        }
    }

    private record Run(List<String> out, List<String> log) {}

    private Run child(String property, String environment, List<String> providers, String... names) throws Exception {
        Path services = folder.resolve("META-INF/services/dev.samebits.spi.BackendProvider");
        Files.createDirectories(services.getParent());
        Files.write(services, providers);
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xshare:auto", "-Xint"));
        if (property != null) {
            command.add("-D" + Backends.PROPERTY + "=" + property);
        }
        command.addAll(List.of("-cp", folder + System.getProperty("path.separator") + classPath, Child.class.getName()));
        command.addAll(Arrays.asList(names));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().remove(Backends.ENVIRONMENT);
        if (environment != null) {
            builder.environment().put(Backends.ENVIRONMENT, environment);
        }
        Path out = folder.resolve("out");
        Path log = folder.resolve("log");
        Process process = builder.redirectOutput(out.toFile()).redirectError(log.toFile()).start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(() -> text(log)).isZero();
        return new Run(Files.readAllLines(out), Files.readAllLines(log).stream()
                .filter(line -> line.contains("Samebits backend")).toList());
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Test
    void propertyChooses() throws Exception {
        Run run = child("shy", "scalar", List.of(Shy.class.getName()));
        assertThat(run.out()).startsWith("best shy", "best shy");
        assertThat(run.log()).singleElement().asString().contains("shy (test), as asked for");
    }

    @Test
    void environmentChoosesWhereThereIsNoProperty() throws Exception {
        assertThat(child(null, " shy ", List.of(Shy.class.getName())).out()).startsWith("best shy");
    }

    @Test
    void aNameThatCannotRunIsNeverReplaced() throws Exception {
        Run run = child("missing", null, List.of(Missing.class.getName()), "missing", "scalar");
        String refusal = "refused backend missing is unavailable: no such chip; buy one";
        assertThat(run.out()).startsWith(refusal, refusal, refusal, "named scalar");
        assertThat(run.log()).isEmpty();
    }

    @Test
    void aNameThatIsUnknownIsRefusedEveryTime() throws Exception {
        List<String> out = child("simdd", null, List.of(Shy.class.getName())).out();
        assertThat(out.get(0)).startsWith("refused no backend is called 'simdd'").contains("scalar, shy");
        assertThat(out.get(1)).isEqualTo(out.get(0));
    }

    @Test
    void bestSkipsWhatIsUnavailableAndTheLogSaysWhy() throws Exception {
        Run run = child(null, "", List.of(Missing.class.getName(), Shy.class.getName()));
        assertThat(run.out()).containsExactly("best scalar", "best scalar", "report missing 5", "report scalar 0",
                "report shy -1");
        assertThat(run.log()).singleElement().asString().startsWith("WARNING")
                .contains("scalar", "the best that can run; backend missing is unavailable: no such chip; buy one");
    }

    @Test
    void aBrokenProviderDoesNotTakeTheOthersWithIt() throws Exception {
        Run run = child(null, null, List.of("com.example.NotThere", Shy.class.getName()), "shy");
        assertThat(run.out()).startsWith("best scalar", "best scalar", "named shy").contains("report ? 2147483647");
        assertThat(run.log()).singleElement().asString().startsWith("WARNING")
                .contains("scalar", "com.example.NotThere not found");
    }

    @Test
    void whateverAProviderThrowsIsALineOfTheReportWithItsRemedy() throws Exception {
        List<String> broken = Stream.of(BrokenProviders.FailsToStart.class, BrokenProviders.FailsToBeMade.class,
                BrokenProviders.FailsToRank.class, BrokenProviders.FailsToProbe.class, BrokenProviders.Broken.class)
                .map(Class::getName).toList();
        Run run = child(null, null, broken, "failstoprobe", "broken", "scalar");
        assertThat(run.out()).startsWith("best scalar", "best scalar").contains("named scalar");
        assertThat(run.out().stream().filter(line -> line.startsWith("refused "))).satisfiesExactly(
                line -> assertThat(line).contains("failstoprobe is unavailable: its probe failed: ", "void open(int)",
                        "take all jars of Samebits in one version"),
                line -> assertThat(line).contains("broken is unavailable: its probe gave no answer; report this"));
        assertThat(run.log()).singleElement().asString().startsWith("WARNING").contains(
                "FailsToStart cannot be loaded: java.lang.ExceptionInInitializerError", "For input string: \"lost\"",
                "FailsToBeMade cannot be loaded: java.lang.IllegalStateException: no licence",
                "FailsToRank cannot be loaded: java.lang.AbstractMethodError: rank",
                "its probe failed: java.lang.NoSuchMethodError: void open(int)", "its probe gave no answer");
    }
}
