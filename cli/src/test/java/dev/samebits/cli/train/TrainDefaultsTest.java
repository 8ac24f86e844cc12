package dev.samebits.cli.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samebits.Backends;
import dev.samebits.InferenceSession;
import dev.samebits.Names;
import dev.samebits.Network;
import dev.samebits.Operation;
import dev.samebits.cli.Cli;
import dev.samebits.onnx.Onnx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A raw table with its label alone: what is chosen, what is told of it, and that the model takes raw rows. */
class TrainDefaultsTest {
    @TempDir
    Path folder;

    /** Seed 11: incomes in tens of thousands, a rate in thousandths, and a class that both decide. */
    private static String table(int rows) {
        Random random = new Random(11);
        StringBuilder text = new StringBuilder("income,rate,noise,risk\n");
        for (int n = 0; n < rows; n++) {
            double income = 50_000 + 20_000 * random.nextGaussian();
            double rate = 0.004 + 0.001 * random.nextGaussian();
            double sum = (income - 50_000) / 20_000 + (rate - 0.004) / 0.001;
            text.append(income).append(',').append(rate).append(',').append(random.nextFloat()).append(',')
                    .append(sum > 0.8 ? "high" : sum < -0.8 ? "low" : "middle").append('\n');
        }
        return text.toString();
    }

    private Path write(String name, String text) throws Exception {
        return Files.writeString(folder.resolve(name), text);
    }

    // In this JVM; gives what was said on stderr.
    private String train(String table, String... more) throws Exception {
        String[] arguments = new String[more.length + 5];
        System.arraycopy(new String[] {"train", "--data", write("table.csv", table).toString(), "--model",
            folder.resolve("m.onnx").toString()}, 0, arguments, 0, 5);
        System.arraycopy(more, 0, arguments, 5, more.length);
        Cli.Result result = Cli.here(arguments);
        assertThat(result.exitCode()).as(result.err()).isZero();
        return result.err();
    }

    @Test
    void aRawTableIsEnough() throws Exception {
        write("table.csv", table(400));
        Cli cli = new Cli(folder);
        Cli.Result result = cli.run("train", "--data", "table.csv", "--label", "risk", "--model", "m.onnx", "--report",
                "m.html");
        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.errLines()).isEmpty();
        assertThat(result.out()).contains("learns   3 classes: high, low, middle\n",
                "rows     320 rows and 80 for validation, a fifth held out (--validation)\n",
                "inputs   3, standardised; the model does it itself (--scaling)\n",
                "network  3 → 128 relu → 3 identity → softmax, 899 parameters",
                "descent  cross-entropy by adamw(beta1 0.9, beta2 0.999, epsilon 1.0E-8), rate 0.001, weight decay 0.1, "
                        + "32 rows",
                "ends     after 500 epochs, or 40 without a lower validation loss", "On the 80 validation rows:\n",
                "balanced accuracy 9", "AUC 0.9");
        Network network = Onnx.read(folder.resolve("m.onnx"));
        assertThat(network.names()).isEqualTo(new Names(List.of("income", "rate", "noise"), List.of(),
                List.of("high", "low", "middle")));
        assertThat(network.steps().get(0).operation()).isInstanceOf(Operation.CenterScale.class);
        assertThat(network.fingerprint()).isEqualTo(result.digest("SHA-256 of the weights: "));
        write("new.csv", "rate,income,noise\n0.007,90000,0.5\n0.001,10000,0.5\n0.004,50000,0.5\n");
        assertThat(cli.run("predict", "--model", "m.onnx", "--data", "new.csv").out())
                .isEqualTo("class\nhigh\nlow\nmiddle\n");
        Cli.Result again = cli.run("train", "--data", "table.csv", "--label", "risk", "--model", "m2.onnx", "--backend",
                "scalar", "--threads", "1");
        assertThat(again.digest("SHA-256 of the weights: ")).isEqualTo(network.fingerprint());
        assertThat(folder.resolve("m2.onnx")).hasSameBinaryContentAs(folder.resolve("m.onnx"));
        String page = Files.readString(folder.resolve("m.html"));
        assertThat(page).contains("<h1>m.onnx</h1>", network.fingerprint(), "Loss by epoch", "Class by class", "Calibration",
                "<td>income</td>", "samebits train --data table.csv --label risk --model m.onnx --report m.html",
                "center-scale of input").doesNotContain("<script", "http-equiv", "src=", "url(");
    }

    @Test
    void quantitiesAreScaledBack() throws Exception {
        StringBuilder text = new StringBuilder("a,b,price\n");
        Random random = new Random(12);
        for (int n = 0; n < 300; n++) {
            int a = random.nextInt(100);
            int b = random.nextInt(1000);
            text.append(a).append(',').append(b).append(',').append(100_000 + 500 * a + 20 * b).append('\n');
        }
        assertThat(train(text.toString())).isEmpty();
        Network network = Onnx.read(folder.resolve("m.onnx"));
        assertThat(network.names()).isEqualTo(new Names(List.of("a", "b"), List.of("price"), List.of()));
        try (InferenceSession session = Backends.named("scalar").open(network)) {
            assertThat(session.predict(new float[] {50, 500})[0]).isBetween(133_000f, 137_000f);
            assertThat(session.predict(new float[] {10, 100})[0]).isBetween(104_000f, 110_000f);
        }
    }

    @Test
    void whatMakesAModelUselessIsTold() throws Exception {
        String leaked = table(200).replace("noise,", "noise,copy,same,").replaceAll(",(high|low|middle)\n", ",$1,7,$1\n")
                .replace("high,7", "2,7").replace("low,7", "0,7").replace("middle,7", "1,7");
        assertThat(train(leaked, "--epochs", "2")).contains("warning: a column has the same value in every row to learn "
                + "from, and "
                + "so cannot tell anything, same: ", "warning: a column tells by itself what is to be learned, copy: ");
        assertThat(train(table(200), "--epochs", "1")).doesNotContain("tells by itself", "same value in every row");
        StringBuilder rare = new StringBuilder(table(400));
        for (int n = 0; n < 10; n++) {
            rare.append("50000,0.004,0.5,rare\n");
        }
        assertThat(train(rare.toString(), "--epochs", "3")).contains("warning: no validation row is given the class rare");
        String far = table(3000) + "1e12,0.004,0.5,low\n";
        assertThat(train(far, "--epochs", "1", "--validation", "none")).contains("a value lies 55 deviations from the "
                + "mean of its "
                + "column, 1.0E12 (income)");
        assertThat(train(table(200).replaceAll("high|middle", "1.5").replace("low", "0.5"), "--epochs", "2", "--layers",
                "none",
                "--optimizer", "sgd", "--learning-rate", "2.5")).contains("warning: the loss rose from");
        StringBuilder grades = new StringBuilder("a,b,quality\n");
        for (int n = 0; n < 120; n++) {
            grades.append(n * 7 % 50).append(',').append(n % 11).append(',').append(3 + n % 6).append('\n');
        }
        assertThat(train(grades.toString(), "--epochs", "1")).contains("warning: the labels are 6 whole numbers from 3 to 8",
                "give --targets quality if they are a quantity");
    }

    @Test
    void inputsThatTellNothingAreTold() throws Exception {
        StringBuilder classes = new StringBuilder("a,b,t\n");
        StringBuilder numbers = new StringBuilder("a,b,t\n");
        Random random = new Random(14);
        for (int n = 0; n < 200; n++) {
            String inputs = random.nextFloat() + "," + random.nextFloat() + ",";
            classes.append(inputs).append(random.nextInt(4) == 0 ? "yes" : "no").append('\n');
            numbers.append(inputs).append(random.nextGaussian()).append('\n');
        }
        String told = "warning: on the validation rows the model is hardly better than one that knows no inputs and says"
                + " ";
        assertThat(train(classes.toString(), "--epochs", "300")).contains(told + "how frequent each class is");
        assertThat(train(numbers.toString(), "--epochs", "300")).contains(told + "the mean");
        assertThat(train(table(400), "--epochs", "50")).doesNotContain(told);
    }

    @Test
    void aTargetThatIsAnInputIsTold() throws Exception {
        StringBuilder text = new StringBuilder("a,b,t\n");
        Random random = new Random(13);
        for (int n = 0; n < 100; n++) {
            float a = random.nextFloat();
            text.append(a).append(',').append(random.nextFloat()).append(',').append(3 - 2 * a).append('\n');
        }
        assertThat(train(text.toString(), "--epochs", "1")).contains("a column tells by itself what is to be learned, a: ");
    }

    @Test
    void numbersOfRowsAreTold() throws Exception {
        String[] rows = table(60).split("\n");
        StringBuilder text = new StringBuilder("key," + rows[0] + "\n");
        for (int n = 1; n < rows.length; n++) {
            // Two of them are one float.
            text.append(9_007_199_254_740_000L + n + n / 7).append(',').append(rows[n]).append('\n');
        }
        String told = "warning: column 1 (key) holds whole numbers that rise from row to row, as an id or a time does";
        assertThat(train(text.toString(), "--epochs", "1", "--label", "risk")).contains(told);
        assertThat(train(text.toString(), "--epochs", "1", "--categories", "key")).doesNotContain(told);
        assertThat(train(text + "5,1,1,1,low\n", "--epochs", "1")).doesNotContain("as an id or a time does");
        assertThat(train(table(60), "--epochs", "1")).doesNotContain("as an id or a time does");
        Cli.Result wrong = Cli.here("train", "--data", folder.resolve("table.csv").toString(), "--label", "x", "--model",
                folder.resolve("m.onnx").toString());
        assertThat(wrong.err()).contains("(--label)");
    }
}
