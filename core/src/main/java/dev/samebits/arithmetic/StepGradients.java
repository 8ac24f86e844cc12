package dev.samebits.arithmetic;

/**
 * Gradients of steps that work on a whole row of n values. The sums are those of {@link Sums}; division and square root are
 * exact operations of IEEE-754, rounded once. Outputs may not be inputs. The loops over elements are apart from the sums, so
 * that a backend may take the sums in another way of the same bits.
 */
public final class StepGradients {
    private StepGradients() {}

    /** {@link Norms#layerNorm}: {@code normal} gets {@code (x − mean) · r}, dx the gradient of x. */
    public static void layerNorm(float epsilon, float[] gain, float[] x, int xOffset, float[] dy, int dyOffset,
            float[] normal, int normalOffset, float[] dx, int dxOffset, int n) {
        subtract(Sums.sum(x, xOffset, 1, n) / n, x, xOffset, normal, normalOffset, n);
        float variance = Sums.products(normal, normalOffset, normal, normalOffset, n) / n;
        float scale = Norms.inverseRoot(variance, epsilon);
        scale(scale, normal, normalOffset, normal, normalOffset, n);
        multiply(dy, dyOffset, gain, 0, dx, dxOffset, n);
        float mean = Sums.sum(dx, dxOffset, 1, n) / n;
        float along = Sums.products(dx, dxOffset, normal, normalOffset, n) / n;
        project(mean, along, scale, normal, normalOffset, dx, dxOffset, n);
    }

    /** {@link Norms#rmsNorm}: {@code normal} gets {@code x · r}, dx the gradient of x. */
    public static void rmsNorm(float epsilon, float[] gain, float[] x, int xOffset, float[] dy, int dyOffset,
            float[] normal, int normalOffset, float[] dx, int dxOffset, int n) {
        float scale = Norms.inverseRoot(Sums.products(x, xOffset, x, xOffset, n) / n, epsilon);
        scale(scale, x, xOffset, normal, normalOffset, n);
        multiply(dy, dyOffset, gain, 0, dx, dxOffset, n);
        float along = Sums.products(dx, dxOffset, normal, normalOffset, n) / n;
        project(0, along, scale, normal, normalOffset, dx, dxOffset, n);
    }

    /** {@link Norms#l2Norm}: a row that is shorter than ε was divided by a constant. */
    public static void l2Norm(float epsilon, float[] x, int xOffset, float[] dy, int dyOffset, float[] dx, int dxOffset,
            int n) {
        float square = Sums.products(x, xOffset, x, xOffset, n);
        float length = Norms.length(square, epsilon);
        divide(length, x, xOffset, dx, dxOffset, n);
        float along = isClipped(square, epsilon) ? 0 : Sums.products(dy, dyOffset, dx, dxOffset, n);
        projectAndDivide(along, length, dy, dyOffset, dx, dxOffset, n);
    }

    /** Whether {@link Norms#length} is ε. */
    public static boolean isClipped(float square, float epsilon) {
        return (float) Math.sqrt(square) < epsilon;
    }

    /** {@link Softmax#softmax}, of its value y: {@code y_j · (dy_j − Σ dy y)}. */
    public static void softmax(float[] y, int yOffset, float[] dy, int dyOffset, float[] dx, int dxOffset, int n) {
        float mean = Sums.products(dy, dyOffset, y, yOffset, n);
        softmax(mean, y, yOffset, dy, dyOffset, dx, dxOffset, n);
    }

    /** The same with the sum. */
    public static void softmax(float mean, float[] y, int yOffset, float[] dy, int dyOffset, float[] dx, int dxOffset,
            int n) {
        for (int j = 0; j < n; j++) {
            dx[dxOffset + j] = y[yOffset + j] * (dy[dyOffset + j] - mean);
        }
    }

    /** {@link Softmax#logSoftmax}, of the softmax p of the same row: {@code fma(−Σ dy, p_j, dy_j)}. */
    public static void logSoftmax(float[] p, int pOffset, float[] dy, int dyOffset, float[] dx, int dxOffset, int n) {
        logSoftmax(Sums.sum(dy, dyOffset, 1, n), p, pOffset, dy, dyOffset, dx, dxOffset, n);
    }

    /** The same with the sum. */
    public static void logSoftmax(float sum, float[] p, int pOffset, float[] dy, int dyOffset, float[] dx, int dxOffset,
            int n) {
        for (int j = 0; j < n; j++) {
            dx[dxOffset + j] = Math.fma(-sum, p[pOffset + j], dy[dyOffset + j]);
        }
    }

    /** {@code y = x − mean}. */
    public static void subtract(float mean, float[] x, int xOffset, float[] y, int yOffset, int n) {
        for (int j = 0; j < n; j++) {
            y[yOffset + j] = x[xOffset + j] - mean;
        }
    }

    /** {@code y = x · scale}; y may be x. */
    public static void scale(float scale, float[] x, int xOffset, float[] y, int yOffset, int n) {
        for (int j = 0; j < n; j++) {
            y[yOffset + j] = x[xOffset + j] * scale;
        }
    }

    /** {@code y = a · b}. */
    public static void multiply(float[] a, int aOffset, float[] b, int bOffset, float[] y, int yOffset, int n) {
        for (int j = 0; j < n; j++) {
            y[yOffset + j] = a[aOffset + j] * b[bOffset + j];
        }
    }

    /** {@code y = x / length}. */
    public static void divide(float length, float[] x, int xOffset, float[] y, int yOffset, int n) {
        for (int j = 0; j < n; j++) {
            y[yOffset + j] = x[xOffset + j] / length;
        }
    }

    /** {@code u = fma(−along, normal, u − mean) · scale}. */
    public static void project(
            float mean, float along, float scale, float[] normal, int normalOffset, float[] u, int uOffset, int n) {
        for (int j = 0; j < n; j++) {
            u[uOffset + j] = Math.fma(-along, normal[normalOffset + j], u[uOffset + j] - mean) * scale;
        }
    }

    /** {@code u = fma(−along, u, dy) / length}. */
    public static void projectAndDivide(
            float along, float length, float[] dy, int dyOffset, float[] u, int uOffset, int n) {
        for (int j = 0; j < n; j++) {
            u[uOffset + j] = Math.fma(-along, u[uOffset + j], dy[dyOffset + j]) / length;
        }
    }
}
