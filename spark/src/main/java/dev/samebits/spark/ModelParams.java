package dev.samebits.spark;

import java.util.List;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.util.Identifiable;

/** Params of text. Spark Connect is told their class, since it makes them from what a client sends. */
final class ModelParams {
    private ModelParams() {}

    static Param<String> text(Identifiable parent, String name, String doc) {
        return new Param<>(parent.uid(), name, doc, String.class);
    }

    static Param<String> oneOf(Identifiable parent, String name, String doc, List<String> words) {
        return new Param<>(parent.uid(), name, doc, ParamValidators.inArray(words), String.class);
    }
}
