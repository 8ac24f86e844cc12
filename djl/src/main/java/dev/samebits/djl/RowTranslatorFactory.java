package dev.samebits.djl;

import ai.djl.Model;
import ai.djl.modality.Classifications;
import ai.djl.translate.TranslateException;
import ai.djl.translate.Translator;
import ai.djl.translate.TranslatorFactory;
import ai.djl.util.Pair;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Translators for rows of floats: {@code setTypes(float[].class, float[].class)} gives the network's outputs, and {@code
 * setTypes(float[].class, Classifications.class)} the probabilities of the classes by name. The names are those that the
 * model keeps; where it has none they come from DJL's {@code synset}, a list with commas among the arguments, or from the
 * file {@code synset.txt} beside the model. Both kinds predict a batch as one array.
 *
 * <pre>{@code
 * Criteria.builder()
 *         .setTypes(float[].class, Classifications.class)
 *         .optModelPath(Path.of("iris.onnx"))
 *         .optEngine("Samebits")
 *         .optTranslatorFactory(new RowTranslatorFactory())
 *         .build()
 * }</pre>
 *
 * <p>For {@code Classifications} the network must give probabilities: by softmax, log-softmax or logistic outputs, or by the
 * argument {@code applySoftmax}. A row whose outputs are NaN has no class: the call throws. The argument {@code topK} is
 * DJL's. Thread-safe, like the translators.
 *
 * @since 0.1.0
 */
public final class RowTranslatorFactory implements TranslatorFactory {
    /** For {@code Criteria.optTranslatorFactory}, and for DJL, which makes one by its name. */
    public RowTranslatorFactory() {}

    @Override
    public Set<Pair<Type, Type>> getSupportedTypes() {
        return Set.of(new Pair<>(float[].class, float[].class), new Pair<>(float[].class, Classifications.class));
    }

    /**
     * A translator for a loaded model of the engine Samebits.
     *
     * @throws TranslateException if the model is another engine's, gives no values, or for classes no probabilities or names
     * @throws IllegalArgumentException if the types are not those above
     */
    @Override
    @SuppressWarnings("unchecked") // the types have been compared
    public <I, O> Translator<I, O> newInstance(
            Class<I> input, Class<O> output, Model model, @Nullable Map<String, ?> arguments) throws TranslateException {
        if (!isSupported(input, output)) {
            throw new IllegalArgumentException("no rows of floats: " + input.getTypeName() + " to " + output.getTypeName()
                    + ": take float[] to float[] or to Classifications");
        }
        if (!(model.getBlock() instanceof SamebitsBlock block)) {
            throw new TranslateException("model " + model.getName() + ": it is not one of the engine Samebits, or not"
                    + " loaded: load it with optEngine(\"" + SamebitsEngineProvider.ENGINE_NAME + "\")");
        }
        return (Translator<I, O>) (output == float[].class ? new FloatTranslator(block)
                : ClassTranslator.of(block, model, arguments == null ? Map.of() : arguments));
    }
}
