/**
 * An engine for DJL, the Deep Java Library: {@code Criteria.optEngine("Samebits")} runs a dense network from an ONNX file,
 * in plain Java, with the same bits as every backend of Samebits. DJL finds it where this jar is on the class path.
 *
 * <pre>
 * ServiceLoader → SamebitsEngineProvider → SamebitsEngine → SamebitsModel: ModelFile, ModelOptions → an InferenceSession
 * a Translator's numbers → PlainManager → PlainArray (Elements: FloatElements, ByteElements) → SamebitsBlock
 * SamebitsBlock → session.predict, where the numbers lie → PlainArray, and ClassElements for a classifier's class
 * </pre>
 *
 * <p>{@link dev.samebits.djl.RowTranslatorFactory} has translators for rows of floats. Arrays hold numbers and move them;
 * what they cannot do throws {@link java.lang.UnsupportedOperationException} that names it: {@code Unsupported}.
 *
 * <p>Nothing here is null unless it says so.
 *
 * @since 0.1.0
 */
@NullMarked
package dev.samebits.djl;

import org.jspecify.annotations.NullMarked;
