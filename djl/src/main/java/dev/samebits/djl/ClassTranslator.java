package dev.samebits.djl;

import ai.djl.Model;
import ai.djl.modality.Classifications;
import ai.djl.translate.ArgumentsUtil;
import ai.djl.translate.TranslateException;
import ai.djl.util.Utils;
import dev.samebits.Loss;
import dev.samebits.Matrix;
import dev.samebits.Network;
import dev.samebits.Output;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Probabilities of classes, by name. A network with one output speaks for the second of two. */
final class ClassTranslator extends RowTranslator<Classifications> {
    private static final String SYNSET = "synset";

    private final SamebitsBlock block;
    private final List<String> labels;
    private final boolean softmax;
    private final int topK;

    private ClassTranslator(SamebitsBlock block, List<String> labels, boolean softmax, int topK) throws TranslateException {
        super(block);
        this.block = block;
        this.labels = labels;
        this.softmax = softmax;
        this.topK = topK;
    }

    static ClassTranslator of(SamebitsBlock block, Model model, Map<String, ?> arguments) throws TranslateException {
        Network network = block.session().network();
        boolean softmax = ArgumentsUtil.booleanValue(arguments, "applySoftmax");
        boolean probabilities = Loss.of(network) != Loss.SQUARED_ERROR;
        if (probabilities == softmax || softmax && network.outputs() == 1) {
            throw new TranslateException("model " + model.getName() + ": it gives " + (probabilities ? "" : "no ")
                    + "probabilities: " + network + ": " + (softmax ? "leave the argument applySoftmax out"
                    : "set the argument applySoftmax if these are logits, or take float[]"));
        }
        List<String> labels = labels(network, model, ArgumentsUtil.stringValue(arguments, SYNSET));
        int wanted = network.outputs() == 1 ? 2 : network.outputs();
        if (labels.size() != wanted) {
            throw new TranslateException("model " + model.getName() + ": " + labels.size() + " classes are named, "
                    + labels + ", but it tells " + wanted + " apart: name as many");
        }
        return new ClassTranslator(block, labels, softmax, ArgumentsUtil.intValue(arguments, "topK", 5));
    }

    private static List<String> labels(Network network, Model model, @Nullable String synset) throws TranslateException {
        List<String> own = network.names().labels();
        List<String> given = synset == null ? List.of() : List.of(synset.split(",", -1));
        if (!own.isEmpty()) {
            if (!given.isEmpty() && !given.equals(own)) {
                throw new TranslateException("model " + model.getName() + ": it calls its classes " + own
                        + ", but the argument " + SYNSET + " calls them " + given + ": leave the argument out");
            }
            return own;
        }
        if (!given.isEmpty()) {
            return given;
        }
        try {
            return model.getArtifact(SYNSET + ".txt", Utils::readLines);
        } catch (IOException e) {
            throw new TranslateException("model " + model.getName() + ": it names no classes: put a file " + SYNSET
                    + ".txt beside it, set the argument " + SYNSET + ", or take float[]", e);
        }
    }

    @Override
    Classifications result(float[] y, int row) throws TranslateException {
        float[] values = softmax ? softmax(y) : y;
        List<Double> probabilities = new ArrayList<>(labels.size());
        for (float value : values) {
            if (Float.isNaN(value)) {
                throw new TranslateException("row " + row + ": its outputs have NaN, so that it has no class: look for NaN"
                        + " or infinite inputs, or take float[]");
            }
            // Not Math.exp, which may give other bits on another machine.
            double probability = block.session().network().output() == Output.LOG_SOFTMAX ? StrictMath.exp(value) : value;
            if (values.length == 1) {
                probabilities.add(1 - probability);
            }
            probabilities.add(probability);
        }
        Classifications classes = new Classifications(labels, probabilities);
        classes.setTopK(topK);
        return classes;
    }

    private float[] softmax(float[] logits) {
        float[] probabilities = new float[logits.length];
        block.session().backend().kernels().softmax(Matrix.row(logits), Matrix.row(probabilities));
        return probabilities;
    }
}
