package dev.samebits.djl;

import ai.djl.translate.TranslateException;

/** The network's outputs as they are. */
final class FloatTranslator extends RowTranslator<float[]> {
    FloatTranslator(SamebitsBlock block) throws TranslateException {
        super(block);
    }

    @Override
    float[] result(float[] y, int row) {
        return y;
    }
}
