package dev.samebits.cli.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samebits.cli.Cli;
import dev.samebits.cli.TestData;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A training that is broken off and goes on writes the model of one that was not, byte for byte. */
class ResumeTest {
    @TempDir
    Path folder;

    // Some hundred epochs, so that the signal comes in the middle.
    private static final List<String> LONG = List.of("--layers", "24", "--epochs", "400", "--patience", "400", "--optimizer",
            "adam", "--dropout", "0.2", "--class-weights", "balanced", "--schedule", "plateau:20:0.5", "--batch", "16");

    private List<String> train(String data, String model, String... more) {
        List<String> words = new ArrayList<>(List.of("train", "--data", folder.resolve(data).toString(), "--model",
                folder.resolve(model).toString()));
        words.addAll(LONG);
        words.addAll(Arrays.asList(more));
        return words;
    }

    private static Cli.Result here(List<String> words) throws Exception {
        return Cli.here(words.toArray(String[]::new));
    }

    private Path at(String name) {
        return folder.resolve(name);
    }

    // Starts it in a JVM of its own, and sends the signal when the first checkpoint is there. Gives what it said.
    private String breakOff(List<String> words, String signal, int exitCode) throws Exception {
        Files.deleteIfExists(at("c.ckpt"));
        Process process = new Cli(folder).start(words.toArray(String[]::new));
        CompletableFuture<String> out = Cli.text(process.getInputStream());
        CompletableFuture<String> err = Cli.text(process.getErrorStream());
        while (!Files.exists(at("c.ckpt")) && process.isAlive()) {
            Thread.sleep(2);
        }
        new ProcessBuilder("kill", signal, String.valueOf(process.pid())).start().waitFor();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        Assumptions.assumeFalse(Files.exists(at("broken.onnx")), "it was over before the signal came");
        assertThat(process.exitValue()).as(out.get() + err.get()).isEqualTo(exitCode);
        assertThat(Files.list(folder).filter(file -> file.toString().endsWith(".partial")).count())
                .isLessThanOrEqualTo(exitCode == 130 ? 0 : 1);
        return err.get();
    }

    @Test
    void afterCtrlCAndKill() throws Exception {
        Files.writeString(at("t.csv"), TestData.csv(true, true));
        assertThat(here(train("t.csv", "whole.onnx")).exitCode()).isZero();
        List<String> broken = train("t.csv", "broken.onnx", "--checkpoint", at("c.ckpt").toString());
        String said = breakOff(broken, "-INT", 130);
        assertThat(said).containsPattern("samebits: stopped after epoch \\d+: .*c.ckpt: give the same command with --resume "
                + ".*c.ckpt to go on\n");
        goesOn("t.csv", "--backend", "scalar", "--threads", "1");
        breakOff(broken, "-KILL", 137);
        goesOn("t.csv", "--threads", "3");
        // Once more, when all is over.
        goesOn("t.csv");
    }

    private void goesOn(String data, String... more) throws Exception {
        List<String> words = train(data, "broken.onnx", "--resume", at("c.ckpt").toString());
        words.addAll(Arrays.asList(more));
        Cli.Result result = here(words);
        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(at("broken.onnx")).hasSameBinaryContentAs(at("whole.onnx"));
        Files.delete(at("broken.onnx"));
    }

    /** IDX images, broken off by an end that comes too soon: what is gone on from is another file, which stays. */
    @Test
    void imagesGoOn() throws Exception {
        TestData.write(folder, "images-idx3", TestData.images());
        TestData.write(folder, "labels-idx1", TestData.labels());
        List<String> words = List.of("train", "--data", at("images-idx3").toString(), "--layers", "12", "--epochs", "6",
                "--optimizer", "nesterov");
        List<String> whole = new ArrayList<>(words);
        whole.addAll(List.of("--model", at("whole.onnx").toString(), "--checkpoint", at("c.ckpt").toString()));
        assertThat(here(whole).exitCode()).isZero();
        byte[] last = Files.readAllBytes(at("c.ckpt"));
        List<String> again = new ArrayList<>(words);
        again.addAll(List.of("--model", at("again.onnx").toString(), "--resume", at("c.ckpt").toString(), "--checkpoint",
                at("other.ckpt").toString()));
        assertThat(here(again).exitCode()).isZero();
        assertThat(at("again.onnx")).hasSameBinaryContentAs(at("whole.onnx"));
        assertThat(at("c.ckpt")).hasBinaryContent(last);
    }

    @Test
    void whatDoesNotBelongTogetherIsRefused() throws Exception {
        String table = TestData.csv(true, true);
        Files.writeString(at("t.csv"), table);
        Files.writeString(at("other.csv"), table.replaceFirst("\n0\\.\\d+", "\n0.25"));
        List<String> words = train("t.csv", "m.onnx", "--checkpoint", at("c.ckpt").toString());
        words.set(words.indexOf("400"), "2");
        assertThat(here(words).exitCode()).isZero();
        List<String> resume = train("t.csv", "m.onnx", "--resume", at("c.ckpt").toString());
        resume.set(resume.indexOf("400"), "2");
        refused(with(resume, "--seed", "2"), "cannot go on from ", "another network: give what it was made with");
        refused(with(resume, "--learning-rate", "0.002"), "learningRate=0.001", "learningRate=0.002",
                "settings learningRate=0.001, and this one has learningRate=0.002: ");
        List<String> data = new ArrayList<>(resume);
        data.set(2, at("other.csv").toString());
        refused(data, "the checkpoint is of a training with another training rows");
        byte[] whole = Files.readAllBytes(at("c.ckpt"));
        Files.write(at("c.ckpt"), Arrays.copyOf(whole, whole.length - 100));
        refused(resume, "cannot go on from this file, it is cut off: ", "give one that --checkpoint has written");
        whole[whole.length / 2] ^= 1;
        Files.write(at("c.ckpt"), whole);
        refused(resume, "cannot go on from this file, it was changed: ");
        Files.writeString(at("c.ckpt"), table);
        refused(resume, "cannot go on from this file, this is no samebits checkpoint");
        Files.delete(at("c.ckpt"));
        refused(resume, "no such file: ");
    }

    private static List<String> with(List<String> words, String... more) {
        List<String> all = new ArrayList<>(words);
        all.addAll(Arrays.asList(more));
        return all;
    }

    private static void refused(List<String> words, String... why) throws Exception {
        Cli.Result result = here(words);
        assertThat(result.exitCode()).as(result.err()).isEqualTo(2);
        assertThat(result.err().lines().filter(line -> line.startsWith("samebits: ") && !line.contains("warning")))
                .hasSize(1);
        assertThat(result.err()).contains(why);
    }
}
