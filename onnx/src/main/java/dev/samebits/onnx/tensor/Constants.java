package dev.samebits.onnx.tensor;

/** The constants in chains of operators, as PyTorch rounds them. The reader takes no other number of their type for them. */
public final class Constants {
    public static final float ONE = 1;
    public static final float HALF = 0.5f;
    /** √2. */
    public static final float SQRT_2 = 1.4142135f;
    /** 1/√2. */
    public static final float SQRT_HALF = 0.70710677f;
    /** √(2/π). */
    public static final float SQRT_2_OVER_PI = 0.7978846f;
    public static final float GELU_CUBIC = 0.044715f;
    public static final float GELU_LOGISTIC = 1.702f;
    /** ⅙ of hard-swish. */
    public static final float SIXTH = 1f / 6;

    private Constants() {}
}
