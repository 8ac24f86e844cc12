package dev.samebits.onnx.graph;

/** Names of the operators that ONNX Runtime writes where it has optimised a model: several of ONNX's in one. */
public final class FusedOperators {
    private static final String DOMAIN = "com.microsoft.";
    public static final String GEMM = DOMAIN + "FusedGemm";
    public static final String GELU = DOMAIN + "Gelu";
    public static final String BIAS_GELU = DOMAIN + "BiasGelu";
    public static final String FAST_GELU = DOMAIN + "FastGelu";
    public static final String QUICK_GELU = DOMAIN + "QuickGelu";
    /** Adds two values, and normalises the sum. */
    public static final String SKIP_NORM = DOMAIN + "SkipLayerNormalization";
    public static final String SKIP_RMS_NORM = DOMAIN + "SkipSimplifiedLayerNormalization";
    /** Which of their outputs is the sum. */
    public static final int SKIP_SUM = 3;

    private FusedOperators() {}
}
