package dev.samebits.cli.predict;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import dev.samebits.Activation;
import dev.samebits.Network;
import dev.samebits.SplitMix64;
import dev.samebits.cli.Cli;
import dev.samebits.cli.TestData;
import dev.samebits.onnx.Onnx;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Receipts of {@code predict}, and what {@code replay} says of them. By itself, since it listens to this JVM's stdout. */
@Isolated
class ReceiptTest {
    private static final int ROWS = 700;

    @TempDir
    Path folder;

    @BeforeEach
    void makeModelAndData() throws IOException {
        Onnx.write(Network.builder(3).dense(9, Activation.TANH).dense(4, Activation.IDENTITY).softmax().build(2),
                folder.resolve("m.onnx"));
        SplitMix64 random = new SplitMix64(5);
        StringBuilder csv = new StringBuilder("who,a,b,c\n");
        ByteBuffer npy = ByteBuffer.allocate(128 + ROWS * 3 * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        npy.put("\u0093NUMPY\1\0\u0076\0{'descr': '<f4', 'fortran_order': False, 'shape': (700, 3), }"
                .getBytes(StandardCharsets.ISO_8859_1));
        while (npy.position() < 128) {
            npy.put((byte) ' ');
        }
        for (int n = 0; n < ROWS; n++) {
            csv.append("\"no, ").append(n).append('"');
            for (int j = 0; j < 3; j++) {
                float value = Math.fma(8f, random.nextFloat(), -4f);
                npy.putFloat(value);
                csv.append(',').append(value);
            }
            csv.append('\n');
        }
        Files.writeString(folder.resolve("x.csv"), csv);
        Files.write(folder.resolve("x.csv.gz"), TestData.gzip(csv.toString().getBytes(StandardCharsets.UTF_8)));
        Files.write(folder.resolve("x.npy"), npy.array());
    }

    private String at(String name) {
        return folder.resolve(name).toString();
    }

    private void predict(String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of("predict", "--model", at("m.onnx"), "--output", at("y.csv"), "--receipt",
                at("r.json")));
        all.addAll(List.of(arguments));
        if (!all.contains("--columns") && !all.contains(at("x.npy"))) {
            all.addAll(List.of("--id", "who"));
        }
        Cli.Result result = Cli.here(all.toArray(new String[0]));
        assertThat(result.exitCode()).as(result.err()).isZero();
    }

    private Cli.Result replay(String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of("replay", at("r.json")));
        all.addAll(List.of(arguments));
        PrintStream before = System.out;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        try {
            Cli.Result result = Cli.here(all.toArray(new String[0]));
            return new Cli.Result(result.exitCode(), out.toString(StandardCharsets.UTF_8), result.err());
        } finally {
            System.setOut(before);
        }
    }

    private void assertReplay(int exitCode, String start, String contained, String... arguments) throws IOException {
        Cli.Result result = replay(arguments);
        assertThat(result.out()).as(result.err()).startsWith(start + ": ").contains(contained)
                .endsWith(": " + at("r.json") + "\n").hasLineCount(1);
        assertThat(result.exitCode()).isEqualTo(exitCode);
    }

    private JsonObject receipt() throws IOException {
        return JsonParser.parseString(Files.readString(folder.resolve("r.json"))).getAsJsonObject();
    }

    private void change(Consumer<JsonObject> how) throws IOException {
        JsonObject receipt = receipt();
        how.accept(receipt);
        Files.writeString(folder.resolve("r.json"), receipt.toString());
    }

    private String sha256(String name) throws Exception {
        byte[] bytes = Files.readAllBytes(folder.resolve(name));
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    private static String digest(JsonObject of) {
        return of.getAsJsonObject("digest").get("sha256").getAsString();
    }

    private static JsonObject subject(JsonObject receipt) {
        return receipt.getAsJsonArray("subject").get(0).getAsJsonObject();
    }

    @Test
    void aReceiptNamesWhatWasReadAndWrittenByDigests() throws Exception {
        predict("--data", at("x.csv.gz"), "--as", "probabilities", "--fingerprint");
        JsonObject receipt = receipt();
        assertThat(receipt.get("_type").getAsString()).isEqualTo("https://in-toto.io/Statement/v1");
        assertThat(receipt.get("predicateType").getAsString()).isEqualTo("https://samebits.dev/receipt/v1");
        assertThat(subject(receipt).get("name").getAsString()).isEqualTo("y.csv");
        assertThat(digest(subject(receipt))).isEqualTo(sha256("y.csv"));
        JsonObject predicate = receipt.getAsJsonObject("predicate");
        assertThat(digest(predicate.getAsJsonObject("data"))).isEqualTo(sha256("x.csv.gz"));
        JsonObject model = predicate.getAsJsonObject("model");
        assertThat(digest(model)).isEqualTo(sha256("m.onnx"));
        assertThat(model.get("fingerprint").getAsString()).isEqualTo(Onnx.read(folder.resolve("m.onnx")).fingerprint());
        assertThat(model.get("structure").getAsString()).isEqualTo("3 → 9 tanh → 4 identity → softmax");
        assertThat(predicate.get("rows").getAsInt()).isEqualTo(ROWS);
        assertThat(predicate.get("scores").getAsString()).hasSize(64);
        assertThat(predicate.get("arithmetic").getAsInt()).isEqualTo(1);
        assertReplay(0, "REPRODUCED", "700 rows, arithmetic 1", "--model", at("m.onnx"), "--data", at("x.csv.gz"),
                "--output",
                at("y.csv"), "--threads", "1", "--backend", "scalar");
        assertReplay(4, "TAMPERED", "x.csv (--data) has the SHA-256 ", "--model", at("m.onnx"), "--data", at("x.csv"));
    }

    @Test
    void numbersOfAnArrayAreReproduced() throws Exception {
        predict("--data", at("x.npy"), "--as", "raw");
        assertThat(digest(receipt().getAsJsonObject("predicate").getAsJsonObject("data"))).isEqualTo(sha256("x.npy"));
        assertReplay(0, "REPRODUCED", "700 rows", "--model", at("m.onnx"), "--data", at("x.npy"), "--threads", "3");
    }

    @Test
    void choicesOfColumnsAndSkippedRowsAreReproducedFromAPipe() throws Exception {
        Files.writeString(folder.resolve("x.csv"), Files.readString(folder.resolve("x.csv")).replace(',', ';')
                + "?;1;x;2\n");
        predict("--data", at("x.csv"), "--separator", ";", "--header", "yes", "--columns", "c,2,3", "--as", "raw",
                "--bad-rows",
                "skip");
        assertThat(receipt().getAsJsonObject("predicate").get("badRows").getAsInt()).isPositive();
        Files.delete(folder.resolve("y.csv.bad"));
        // A command of its own, since stdin is.
        Cli.Result piped = new Cli(folder,
                "-XX:TieredStopAtLevel=1").feed(Files.readAllBytes(folder.resolve("x.csv")), "replay",
                "r.json", "--model", "m.onnx", "--data", "-", "--output", "y.csv");
        assertThat(piped.out()).as(piped.err()).startsWith("REPRODUCED: ");
        assertThat(folder.resolve("y.csv.bad")).doesNotExist();
        Cli.Result other = new Cli(folder, "-XX:TieredStopAtLevel=1").feed(
                (Files.readString(folder.resolve("x.csv")) + "1;2;3;4\n").getBytes(StandardCharsets.UTF_8), "replay",
                        "r.json",
                "--model", "m.onnx", "--data", "-");
        assertThat(other.out()).as(other.err()).startsWith("TAMPERED: stdin is not the data");
        assertThat(other.exitCode()).isEqualTo(4);
    }

    @Test
    void anotherOutputIsToldOfByItsFirstRowAndColumn() throws Exception {
        predict("--data", at("x.csv"), "--as", "raw");
        List<String> lines = new ArrayList<>(Files.readAllLines(folder.resolve("y.csv")));
        String[] fields = lines.get(401).split(",");
        assertThat(fields).hasSize(6);
        String was = fields[4];
        fields[4] = "0.125";
        lines.set(401, String.join(",", fields));
        Files.writeString(folder.resolve("other.csv"), String.join("\n", lines) + "\n");
        String where = "row 402, output column 4: computed here '" + was + "', in " + at("other.csv") + " '0.125'";
        String[] files = {"--model", at("m.onnx"), "--data", at("x.csv"), "--output", at("other.csv")};
        assertReplay(4, "TAMPERED", where, files);
        assertReplay(4, "TAMPERED", "(--output) has the SHA-256", "--output", at("other.csv"));
        // A receipt of that output, as another arithmetic might have made it.
        String digest = sha256("other.csv");
        change(receipt -> subject(receipt).getAsJsonObject("digest").addProperty("sha256", digest));
        assertReplay(1, "DIVERGED", where, files);
        assertReplay(1, "DIVERGED", "give the output that was kept as --output", "--model", at("m.onnx"), "--data",
                at("x.csv"));
        Files.writeString(folder.resolve("other.csv"), Files.readString(folder.resolve("y.csv")) + "more,1\n");
        String longer = sha256("other.csv");
        change(receipt -> subject(receipt).getAsJsonObject("digest").addProperty("sha256", longer));
        assertReplay(1, "DIVERGED", "row 702, output column 1: computed here '', in " + at("other.csv") + " 'more'", files);
    }

    @Test
    void numbersBehindEqualLinesAreCompared() throws Exception {
        predict("--data", at("x.csv"), "--fingerprint");
        change(receipt -> receipt.getAsJsonObject("predicate").addProperty("scores", "0".repeat(64)));
        assertReplay(1, "DIVERGED", "their score fingerprint is ", "--model", at("m.onnx"), "--data", at("x.csv"));
    }

    @Test
    void anotherModelIsTampered() throws Exception {
        predict("--data", at("x.csv"));
        Onnx.write(Network.builder(3).dense(9, Activation.TANH).dense(4, Activation.IDENTITY).softmax().build(3),
                folder.resolve("n.onnx"));
        assertReplay(4, "TAMPERED", "n.onnx (--model) has the SHA-256 ", "--model", at("n.onnx"), "--data", at("x.csv"));
        change(receipt -> receipt.getAsJsonObject("predicate").getAsJsonObject("model").addProperty("fingerprint",
                "0".repeat(64)));
        assertReplay(4, "TAMPERED", "is not that of the receipt", "--model", at("m.onnx"), "--data", at("x.csv"));
        predict("--data", at("x.csv"));
        change(receipt -> receipt.getAsJsonObject("predicate").addProperty("rows", 699));
        assertReplay(4, "TAMPERED", "the receipt tells of 699 rows and 0 bad ones, and there are 700 and 0", "--model",
                at("m.onnx"), "--data", at("x.csv"));
    }

    @Test
    void whatCannotBeComputedIsInconclusive() throws Exception {
        predict("--data", at("x.csv"));
        assertReplay(5, "INCONCLUSIVE", "without the model", "--data", at("x.csv"));
        assertReplay(5, "INCONCLUSIVE", "without the data", "--model", at("m.onnx"), "--output", at("y.csv"));
        change(receipt -> receipt.getAsJsonObject("predicate").addProperty("arithmetic", 2));
        assertReplay(5, "INCONCLUSIVE", "it is of arithmetic 2, and this library computes 1", "--model", at("m.onnx"),
                "--data",
                at("x.csv"));
    }

    private KeyPair key(String name) throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        pem(name + ".pem", "PRIVATE KEY", pair.getPrivate().getEncoded());
        pem(name + ".pub", "PUBLIC KEY", pair.getPublic().getEncoded());
        return pair;
    }

    private void pem(String name, String label, byte[] bytes) throws IOException {
        Files.writeString(folder.resolve(name), "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes) + "\n-----END " + label + "-----\n");
    }

    @Test
    void signaturesAreOfTheBytesAndTheirType() throws Exception {
        KeyPair pair = key("mine");
        key("other");
        predict("--data", at("x.csv"), "--sign-key", at("mine.pem"));
        JsonObject envelope = receipt();
        byte[] payload = Base64.getDecoder().decode(envelope.get("payload").getAsString());
        // As DSSE says it, without the code that signs.
        Signature signature = Signature.getInstance("Ed25519");
        signature.initVerify(pair.getPublic());
        signature.update(("DSSEv1 28 application/vnd.in-toto+json " + payload.length
                + " ").getBytes(StandardCharsets.UTF_8));
        signature.update(payload);
        assertThat(signature.verify(Base64.getDecoder().decode(envelope.getAsJsonArray("signatures").get(0).getAsJsonObject()
                .get("sig").getAsString()))).isTrue();

        String[] files = {"--model", at("m.onnx"), "--data", at("x.csv"), "--verify-key", at("mine.pub")};
        assertReplay(0, "REPRODUCED", "700 rows", files);
        assertReplay(4, "TAMPERED", "the signature is missing, or not of this key", "--verify-key", at("other.pub"));
        assertThat(replay("--model", at("m.onnx"), "--data", at("x.csv")).err()).contains("by whom was not looked at");
        byte[] changed = new String(payload, StandardCharsets.UTF_8).replace("\"rows\": 700", "\"rows\": 701")
                .getBytes(StandardCharsets.UTF_8);
        assertThat(changed).isNotEqualTo(payload);
        change(receipt -> receipt.addProperty("payload", Base64.getEncoder().encodeToString(changed)));
        assertReplay(4, "TAMPERED", "the signature is missing, or not of this key", files);
        // The envelope taken off.
        Files.write(folder.resolve("r.json"), payload);
        assertReplay(4, "TAMPERED", "the signature is missing, or not of this key", files);
    }

    @Test
    void aRunThatFailsLeavesTheOldReceipt() throws Exception {
        predict("--data", at("x.csv"));
        byte[] before = Files.readAllBytes(folder.resolve("r.json"));
        Files.writeString(folder.resolve("bad.csv"), "a,b,c\n1,2,3\n1,x,3\n");
        Cli.Result result = Cli.here("predict", "--model", at("m.onnx"), "--data", at("bad.csv"), "--output", at("y.csv"),
                "--receipt", at("r.json"));
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(Files.readAllBytes(folder.resolve("r.json"))).isEqualTo(before);
        assertRefused("--receipt and --output would be one file", "predict", "--model", at("m.onnx"), "--data", at("x.csv"),
                "--output", at("y.csv"), "--receipt", at("y.csv"));
        assertRefused("there is no receipt to sign", "predict", "--model", at("m.onnx"), "--data", at("x.csv"), "--sign-key",
                at("k.pem"));
        key("mine");
        assertRefused("this is a 'PUBLIC KEY', and a 'PRIVATE KEY' is needed", "predict", "--model", at("m.onnx"), "--data",
                at("x.csv"), "--id", "who", "--output", at("y.csv"), "--receipt", at("r.json"), "--sign-key",
                        at("mine.pub"));
        assertRefused("this is no key in PEM", "replay", at("r.json"), "--verify-key", at("x.csv"));
        KeyPair rsa = KeyPairGenerator.getInstance("RSA").generateKeyPair();
        pem("rsa.pub", "PUBLIC KEY", rsa.getPublic().getEncoded());
        assertRefused("this is no key of Ed25519", "replay", at("r.json"), "--verify-key", at("rsa.pub"));
        assertThat(Files.readAllBytes(folder.resolve("r.json"))).isEqualTo(before);
    }

    private void assertRefused(String what, String... arguments) throws IOException {
        Cli.Result result = Cli.here(arguments);
        assertThat(result.errLines()).singleElement().asString().startsWith("samebits: " + what);
        assertThat(result.exitCode()).isEqualTo(2);
    }

    /** Each member, taken out or made another kind, is refused in one line that names it, as is a file cut at any place. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aReceiptThatIsNoneIsRefused(boolean signed) throws Exception {
        key("mine");
        predict(signed ? new String[] {"--data", at("x.csv"), "--sign-key", at("mine.pem")} : new String[] {"--data",
                at("x.csv")});
        String text = Files.readString(folder.resolve("r.json"));
        for (int cut = 0; cut < text.length() - 2; cut += 37) {
            Files.writeString(folder.resolve("r.json"), text.substring(0, cut));
            assertRefused("this is no receipt: ", "replay", at("r.json"));
        }
        List<String> paths = signed ? List.of("payloadType", "payload", "signatures") : List.of("_type",
                "predicateType", "subject",
                "predicate", "predicate.rows", "predicate.model.digest", "predicate.model.digest.sha256",
                "predicate.settings.as",
                "predicate.arithmetic", "predicate.backend.threads", "predicate.data.name", "predicate.time");
        for (String path : paths) {
            for (JsonElement wrong : new JsonElement[] {new JsonPrimitive(true), new JsonPrimitive(-1.5),
                    new JsonObject()}) {
                JsonObject receipt = JsonParser.parseString(text).getAsJsonObject();
                JsonObject parent = receipt;
                String[] names = path.split("\\.");
                for (int i = 0; i < names.length - 1; i++) {
                    parent = parent.getAsJsonObject(names[i]);
                }
                parent.add(names[names.length - 1], wrong);
                Files.writeString(folder.resolve("r.json"), receipt.toString());
                assertRefused("this is no receipt: " + path, "replay", at("r.json"));
            }
        }
    }

    @Test
    void otherFilesAreNoReceipts() throws Exception {
        predict("--data", at("x.csv"));
        change(receipt -> receipt.addProperty("predicateType", "https://slsa.dev/provenance/v1"));
        assertRefused("it is a statement of another kind: predicateType is 'https://slsa.dev/provenance/v1'", "replay",
                at("r.json"));
        change(receipt -> {
            receipt.addProperty("predicateType", "https://samebits.dev/receipt/v1");
            receipt.getAsJsonObject("predicate").getAsJsonObject("settings").addProperty("as", "poetry");
        });
        assertRefused("this is no receipt: predicate.settings.as is 'poetry'", "replay", at("r.json"), "--model",
                at("m.onnx"),
                "--data", at("x.csv"));
        Files.write(folder.resolve("r.json"), new byte[(1 << 24) + 1]);
        assertRefused("this is no receipt: it has more than 16 MiB", "replay", at("r.json"));
        Files.writeString(folder.resolve("r.json"), "[".repeat(100_000));
        assertRefused("this is no receipt: it is no JSON", "replay", at("r.json"));
        Files.writeString(folder.resolve("r.json"), "{\"_type\":\"a\",\"_type\":\"b\"}");
        assertRefused("this is no receipt: it is no JSON (the member '_type' stands twice in one object)", "replay",
                at("r.json"));
        Files.write(folder.resolve("r.json"), new byte[] {'"', (byte) 0xff, '"'});
        assertRefused("this is no receipt: it is no UTF-8", "replay", at("r.json"));
        Files.writeString(folder.resolve("r.json"), "{} {}");
        assertRefused("this is no receipt: it is no JSON (", "replay", at("r.json"));
        assertRefused("this is a folder", "replay", folder.toString());
        assertRefused("no such file", "replay", at("none.json"));
    }
}
