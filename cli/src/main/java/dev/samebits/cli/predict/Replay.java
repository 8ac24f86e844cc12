package dev.samebits.cli.predict;

import dev.samebits.Arithmetic;
import dev.samebits.cli.console.Descriptor;
import dev.samebits.cli.console.Problem;
import dev.samebits.cli.console.Version;
import dev.samebits.cli.data.csv.CsvOptions;
import dev.samebits.cli.file.Digests;
import dev.samebits.cli.model.OutputOption;
import dev.samebits.cli.model.RunOptions;
import dev.samebits.cli.predict.Verdict.Finding;
import dev.samebits.cli.receipt.Predicate;
import dev.samebits.cli.receipt.Receipts.Found;
import dev.samebits.cli.receipt.Receipts.Trust;
import dev.samebits.cli.receipt.Statement;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Objects;

/**
 * Holds a receipt against the files that were given, from what costs least to computing all of it anew.
 *
 * @param receipt the receipt's file, for messages
 * @param found what is in it
 * @param model the model, or null
 * @param data the data, or null
 * @param output the output as it was kept, or null
 * @param run on what to compute
 */
record Replay(Path receipt, Found found, Path model, String data, Path output, RunOptions run) {
    /** What was found. */
    Finding finding() {
        Statement statement = found.statement();
        Predicate told = statement.predicate();
        if (found.trust() == Trust.WRONG) {
            return Verdict.TAMPERED.because("the signature is missing, or not of this key and these bytes");
        }
        String other = model == null ? null : other("--model", model, told.model().sha256());
        if (other == null && data != null && Files.isRegularFile(Path.of(data))) {
            other = other("--data", Path.of(data), told.data().sha256());
        }
        if (other != null) {
            return Verdict.TAMPERED.because(other);
        }
        String changed = output == null ? null : other("--output", output, statement.sha256());
        boolean known = told.arithmetic() == Arithmetic.number();
        if (changed != null && !(known && model != null && data != null)) {
            return Verdict.TAMPERED.because(changed);
        }
        if (!known) {
            return Verdict.INCONCLUSIVE.because("it is of arithmetic " + told.arithmetic() + ", and this library computes "
                    + Arithmetic.number() + ": take a release of Samebits that computes " + told.arithmetic());
        }
        if (model == null || data == null) {
            return Verdict.INCONCLUSIVE.because("what was given fits the receipt, and nothing can be computed without "
                    + (model == null ? "the model" : "the data") + ": give --model and --data");
        }
        return computed(told, statement.sha256(), changed);
    }

    private static String other(String option, Path file, String told) {
        String digest = Digests.of(file);
        return digest.equals(told) ? null
                : file + " (" + option + ") has the SHA-256 " + digest + ", and the receipt tells of " + told;
    }

    private Finding computed(Predicate told, String outputDigest, String changed) {
        Predicate.Settings settings = told.settings();
        ModelFile file = ModelFile.digested(model, new OutputOption(settings.outputName()));
        Predicate.Model is = file.described();
        if (!is.sha256().equals(told.model().sha256()) || !is.fingerprint().equals(told.model().fingerprint())
                || !Objects.equals(is.preparation(), told.model().preparation())) {
            return Verdict.TAMPERED.because("the model's digest fits, and its fingerprint, " + is.fingerprint()
                    + ", is not that of the receipt, " + told.model().fingerprint());
        }
        BadRows.Policy policy = setting(BadRows.Policy.class, "badRows", settings.badRows());
        DataRows rows = new DataRows(data, settings.columns(), settings.id(), csv(settings),
                policy == BadRows.Policy.SKIP, null, true);
        PredictionWriter.Form form = setting(PredictionWriter.Form.class, "as", settings.as());
        try (Prediction prediction = new Prediction(file.model(), model, form, rows, run.backend(), run.threads(),
                told.scores() != null);
                OutputStream kept = output == null ? OutputStream.nullOutputStream() : new OutputComparison(output);
                DigestOutputStream out = new DigestOutputStream(kept, Digests.sha256())) {
            prediction.run(out, Path.of(told.model().name()), policy == BadRows.Policy.SKIP ? BadRows.countAlone()
                    : BadRows.stop());
            String digest = HexFormat.of().formatHex(out.getMessageDigest().digest());
            String where = kept instanceof OutputComparison comparison ? comparison.difference() : null;
            prediction.tellOfRun();
            return judged(told, prediction, rows, changed, digest.equals(outputDigest), where);
        } catch (IOException e) {
            throw Problem.reading(String.valueOf(output), e);
        }
    }

    private Finding judged(Predicate told, Prediction prediction, DataRows rows, String changed, boolean same,
            String where) {
        if (!rows.digest().equals(told.data().sha256())) {
            return Verdict.TAMPERED.because((data.equals(Descriptor.STANDARD) ? "stdin" : data)
                    + " is not the data that the receipt tells of");
        }
        if (changed != null) {
            return Verdict.TAMPERED.because(changed + (same
                    ? "; what the receipt tells of is computed here, too, and the first difference is " + where
                    : "; what is computed here is another one still"));
        }
        String by = told.library().equals(Version.library()) ? "" : "; the receipt is of Samebits " + told.library()
                + ", and this is " + Version.library();
        if (!same) {
            return Verdict.DIVERGED.because((where == null
                    ? "other bytes are computed here: give the output that was kept as --output to see the first row"
                    : where) + by);
        }
        String scores = prediction.fingerprint() == null ? null : prediction.fingerprint().toString();
        if (!Objects.equals(scores, told.scores())) {
            return Verdict.DIVERGED.because("the lines are the same, and the numbers that they were made of are not: their"
                    + " score fingerprint is " + scores + ", in the receipt " + told.scores() + by);
        }
        if (prediction.rows() != told.rows() || prediction.badRows() != told.badRows()) {
            return Verdict.TAMPERED.because(String.format(Locale.ROOT,
                    "the receipt tells of %,d rows and %,d bad ones, and there are %,d and %,d", told.rows(), told.badRows(),
                    prediction.rows(), prediction.badRows()));
        }
        return Verdict.REPRODUCED.because(String.format(Locale.ROOT, "%,d %s, arithmetic %d", prediction.rows(),
                prediction.rows() == 1 ? "row" : "rows", told.arithmetic()));
    }

    private CsvOptions csv(Predicate.Settings settings) {
        try {
            return new CsvOptions(settings.header(), settings.separator());
        } catch (IllegalArgumentException e) {
            throw unknown("header", settings.header());
        }
    }

    private <E extends Enum<E>> E setting(Class<E> type, String name, String value) {
        try {
            return Enum.valueOf(type, value.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw unknown(name, value);
        }
    }

    private Problem unknown(String name, String value) {
        return new Problem("this is no receipt: predicate.settings." + name + " is '" + Problem.shortened(value) + "'",
                receipt.toString(), "give the file as it was written");
    }
}
