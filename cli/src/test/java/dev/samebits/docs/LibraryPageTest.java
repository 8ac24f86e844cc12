package dev.samebits.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samebits.Backends;
import dev.samebits.InferenceSession;
import dev.samebits.onnx.Onnx;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The programs of docs/library.md: compiled without a warning, and run as users run them. */
class LibraryPageTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path IRIS = ROOT.resolve("examples/iris/iris.onnx");
    private static final Path DATA = ROOT.resolve("examples/iris/iris.csv");
    /** A program, and the block behind it with what it prints, if there is one. */
    private static final Pattern PROGRAM = Pattern.compile("```java\n(.*?)```\n(?:\n```\n(.*?)```\n)?", Pattern.DOTALL);
    private static final Pattern PACKAGE = Pattern.compile("^package (\\w+);", Pattern.MULTILINE);
    private static final Pattern NAME = Pattern.compile("^public class (\\w+)", Pattern.MULTILINE);

    @TempDir
    static Path classes;

    /** What the page says each program prints, by the program's name. */
    private static final Map<String, String> PRINTED = new LinkedHashMap<>();

    @BeforeAll
    static void compile() throws IOException {
        Path sources = Files.createDirectory(classes.resolve("src"));
        List<String> arguments = new ArrayList<>(List.of("--release", "17", "-Xlint:all,-path", "-Werror", "-proc:none",
                "-cp", System.getProperty("java.class.path"), "-d", classes.toString()));
        Matcher program = PROGRAM.matcher(Files.readString(ROOT.resolve("docs/library.md")));
        while (program.find()) {
            Matcher name = NAME.matcher(program.group(1));
            assertThat(name.find()).as(program.group(1)).isTrue();
            Matcher folder = PACKAGE.matcher(program.group(1));
            Path file = sources.resolve(folder.find() ? folder.group(1) : "").resolve(name.group(1) + ".java");
            Files.createDirectories(file.getParent());
            arguments.add(Files.writeString(file, program.group(1)).toString());
            PRINTED.put(name.group(1), program.group(2));
        }
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new))).isZero();
    }

    @TestFactory
    Stream<DynamicTest> eachPrintsWhatStandsBelowIt() {
        return PRINTED.keySet().stream().filter(name -> PRINTED.get(name) != null)
                .map(name -> DynamicTest.dynamicTest(name, () -> printsWhatStandsBelowIt(name)));
    }

    private static void printsWhatStandsBelowIt(String name) throws Exception {
        Process program = start(name, DATA.toString());
        String printed = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(program.waitFor()).isZero();
        assertThat(printed).isEqualTo(PRINTED.get(name));
    }

    @Test
    void theServiceAnswersManyRequestsAtATime() throws Exception {
        Process service = start("ScoreService", IRIS.toString(), "0");
        try (InferenceSession session = Backends.named("scalar").open(Onnx.read(IRIS))) {
            BufferedReader out = new BufferedReader(new InputStreamReader(service.getInputStream(), StandardCharsets.UTF_8));
            URI address = URI.create(out.readLine());
            HttpClient client = HttpClient.newHttpClient();
            List<float[]> rows = new ArrayList<>();
            List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
            for (int n = 0; n < 50; n++) {
                float[] row = {4.3f + n / 16f, 2 + n / 32f, 1 + n / 8f, n / 20f};
                rows.add(row);
                String body = Arrays.toString(row).replaceAll("[\\[\\] ]", "");
                answers.add(client.sendAsync(post(address, body), BodyHandlers.ofString()));
            }
            for (int n = 0; n < rows.size(); n++) {
                assertThat(answers.get(n).get().body()).isEqualTo(Arrays.toString(session.predict(rows.get(n))));
            }
            HttpResponse<String> refused = client.send(post(address, "1,2,3"), BodyHandlers.ofString());
            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(refused.body()).contains("4 inputs");
            service.destroy();
            assertThat(service.waitFor(30, TimeUnit.SECONDS)).isTrue();
        } finally {
            service.destroyForcibly();
        }
    }

    private static HttpRequest post(URI address, String body) {
        return HttpRequest.newBuilder(address).POST(BodyPublishers.ofString(body)).build();
    }

    @Test
    void theBackendGivesTheSameBits() throws Exception {
        Path services = Files.createDirectories(classes.resolve("META-INF/services"));
        Files.writeString(services.resolve("dev.samebits.spi.BackendProvider"), "acme.AcmeProvider\n");
        Process verify = start("dev.samebits.cli.Main", "verify", IRIS.toString());
        assertThat(new String(verify.getInputStream().readAllBytes(), StandardCharsets.UTF_8)).contains("identical", "acme");
        assertThat(verify.waitFor()).isZero();
    }

    private static Process start(String... mainAndArguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules", "jdk.incubator.vector", "-Dsamebits.opencl.device=none", "-cp",
                classes + File.pathSeparator + System.getProperty("java.class.path")));
        command.addAll(List.of(mainAndArguments));
        return new ProcessBuilder(command).directory(classes.toFile()).redirectError(Redirect.INHERIT).start();
    }
}
