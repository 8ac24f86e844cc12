package dev.samebits.arithmetic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The values at the edges of the float range, at the kinks, and the known values of the equations at 1. */
class SpecialValuesTest {

    private static final float INF = Float.POSITIVE_INFINITY;
    private static final float NAN = Float.NaN;
    private static final float TINY = Float.MIN_VALUE;
    private static final float DENORMAL = 0x1.234568p-130f;
    private static final float HUGE = 1e38f;

    /** A function of the table, with the parameters of the table. */
    private enum Function {
        EXP(Exp::exp),
        EXPM1(Exp::expm1),
        LOG1P(Log1p::log1p),
        LOG1P_UNIT(Log1p::log1pUnit),
        LOGISTIC(Logistic::value),
        LOGISTIC_DERIVATIVE(Logistic::derivative),
        TANH(Tanh::value),
        TANH_DERIVATIVE(Tanh::derivative),
        LINEAR_LOGISTIC(LinearLogistic::value),
        LINEAR_LOGISTIC_DERIVATIVE(LinearLogistic::derivative),
        HARD_LOGISTIC(HardLogistic::value),
        HARD_LOGISTIC_DERIVATIVE(HardLogistic::derivative),
        HARD_TANH(HardTanh::value),
        HARD_TANH_DERIVATIVE(HardTanh::derivative),
        RELU(Relu::value),
        RELU_DERIVATIVE(Relu::derivative),
        LEAKY_RELU(x -> LeakyRelu.value(x, 0.25f)),
        LEAKY_RELU_DERIVATIVE(x -> LeakyRelu.derivative(x, 0.25f)),
        ELU(x -> Elu.value(x, 0.5f)),
        ELU_DERIVATIVE(x -> Elu.derivative(x, 0.5f)),
        SOFTPLUS(Softplus::value),
        SOFTPLUS_DERIVATIVE(Softplus::derivative),
        SWISH(x -> Swish.value(x, 1f)),
        SWISH_DERIVATIVE(x -> Swish.derivative(x, 1f)),
        SWISH_MINUS(x -> Swish.value(x, -1f)),
        SWISH_MINUS_DERIVATIVE(x -> Swish.derivative(x, -1f)),
        GELU(Gelu::value),
        GELU_DERIVATIVE(Gelu::derivative),
        GELU_TANH(GeluTanh::value),
        GELU_TANH_DERIVATIVE(GeluTanh::derivative),
        GELU_LOGISTIC(GeluLogistic::value),
        GELU_LOGISTIC_DERIVATIVE(GeluLogistic::derivative),
        SINE(Sine::value),
        SINE_DERIVATIVE(Sine::derivative),
        HARD_SWISH(HardSwish::value),
        HARD_SWISH_DERIVATIVE(HardSwish::derivative),
        MISH(Mish::value),
        MISH_DERIVATIVE(Mish::derivative),
        SOFTSIGN(Softsign::value),
        SOFTSIGN_DERIVATIVE(Softsign::derivative),
        LOG_LOGISTIC(LogLogistic::value),
        LOG_LOGISTIC_DERIVATIVE(LogLogistic::derivative),
        SOFTSHRINK(x -> Softshrink.value(x, 0.5f)),
        SOFTSHRINK_DERIVATIVE(x -> Softshrink.derivative(x, 0.5f)),
        ABS(Abs::value),
        ABS_DERIVATIVE(Abs::derivative),
        SQUARE(Square::value),
        SQUARE_DERIVATIVE(Square::derivative),
        SQRT(Sqrt::value),
        SQRT_DERIVATIVE(Sqrt::derivative),
        RECIPROCAL(Reciprocal::value),
        RECIPROCAL_DERIVATIVE(Reciprocal::derivative),
        LOG(Log::value),
        LOG_DERIVATIVE(Log::derivative);

        private final UnaryOperator<Float> function;

        Function(UnaryOperator<Float> function) {
            this.function = function;
        }

        float at(float x) {
            return function.apply(x);
        }
    }

    @TestFactory
    Stream<DynamicTest> nanGivesNan() {
        return Stream.of(Function.values())
                .map(f -> DynamicTest.dynamicTest(f.name(), () -> assertThat(f.at(NAN)).isNaN()));
    }

    @TestFactory
    Stream<DynamicTest> limitsAtTheInfinities() {
        return Stream.of(
                limits(Function.EXP, 0f, INF),
                limits(Function.LOGISTIC, 0f, 1f),
                limits(Function.LOGISTIC_DERIVATIVE, 0f, 0f),
                limits(Function.TANH, -1f, 1f),
                limits(Function.TANH_DERIVATIVE, 0f, 0f),
                limits(Function.LINEAR_LOGISTIC, -INF, INF),
                limits(Function.LINEAR_LOGISTIC_DERIVATIVE, 0.25f, 0.25f),
                limits(Function.HARD_LOGISTIC, 0f, 1f),
                limits(Function.HARD_LOGISTIC_DERIVATIVE, 0f, 0f),
                limits(Function.HARD_TANH, -1f, 1f),
                limits(Function.HARD_TANH_DERIVATIVE, 0f, 0f),
                limits(Function.RELU, 0f, INF),
                limits(Function.RELU_DERIVATIVE, 0f, 1f),
                limits(Function.LEAKY_RELU, -INF, INF),
                limits(Function.LEAKY_RELU_DERIVATIVE, 0.25f, 1f),
                limits(Function.ELU, -0.5f, INF),
                limits(Function.ELU_DERIVATIVE, 0f, 1f),
                limits(Function.SOFTPLUS, 0f, INF),
                limits(Function.SOFTPLUS_DERIVATIVE, 0f, 1f),
                limits(Function.SWISH, -0f, INF),
                limits(Function.SWISH_DERIVATIVE, -0f, 1f),
                limits(Function.SWISH_MINUS, -INF, 0f),
                limits(Function.SWISH_MINUS_DERIVATIVE, 1f, -0f),
                limits(Function.GELU, -0f, INF),
                limits(Function.GELU_DERIVATIVE, -0f, 1f),
                limits(Function.GELU_TANH, -0f, INF),
                limits(Function.GELU_TANH_DERIVATIVE, -0f, 1f),
                limits(Function.GELU_LOGISTIC, -0f, INF),
                limits(Function.GELU_LOGISTIC_DERIVATIVE, -0f, 1f),
                limits(Function.SINE, NAN, NAN),
                limits(Function.SINE_DERIVATIVE, NAN, NAN),
                limits(Function.HARD_SWISH, -0f, INF),
                limits(Function.HARD_SWISH_DERIVATIVE, 0f, 1f),
                limits(Function.MISH, -0f, INF),
                limits(Function.MISH_DERIVATIVE, 0f, 1f),
                limits(Function.SOFTSIGN, -1f, 1f),
                limits(Function.SOFTSIGN_DERIVATIVE, 0f, 0f),
                limits(Function.LOG_LOGISTIC, -INF, -0f),
                limits(Function.LOG_LOGISTIC_DERIVATIVE, 1f, 0f),
                limits(Function.SOFTSHRINK, -INF, INF),
                limits(Function.SOFTSHRINK_DERIVATIVE, 1f, 1f),
                limits(Function.ABS, INF, INF),
                limits(Function.ABS_DERIVATIVE, -1f, 1f),
                limits(Function.SQUARE, INF, INF),
                limits(Function.SQUARE_DERIVATIVE, -INF, INF),
                limits(Function.SQRT, NAN, INF),
                limits(Function.SQRT_DERIVATIVE, NAN, 0f),
                limits(Function.RECIPROCAL, -0f, 0f),
                limits(Function.RECIPROCAL_DERIVATIVE, -0f, -0f),
                limits(Function.LOG, NAN, INF),
                limits(Function.LOG_DERIVATIVE, -0f, 0f));
    }

    /** Bounded functions have reached their limit long before 1e38, the others are the input itself there. */
    @TestFactory
    Stream<DynamicTest> farOut() {
        return Stream.of(
                hugeArguments(Function.EXP, 0f, INF),
                hugeArguments(Function.LOGISTIC, 0f, 1f),
                hugeArguments(Function.LOGISTIC_DERIVATIVE, 0f, 0f),
                hugeArguments(Function.TANH, -1f, 1f),
                hugeArguments(Function.TANH_DERIVATIVE, 0f, 0f),
                hugeArguments(Function.LINEAR_LOGISTIC, -HUGE / 4f, HUGE / 4f),
                hugeArguments(Function.HARD_LOGISTIC, 0f, 1f),
                hugeArguments(Function.HARD_TANH, -1f, 1f),
                hugeArguments(Function.RELU, 0f, HUGE),
                hugeArguments(Function.LEAKY_RELU, -HUGE / 4f, HUGE),
                hugeArguments(Function.ELU, -0.5f, HUGE),
                hugeArguments(Function.SOFTPLUS, 0f, HUGE),
                hugeArguments(Function.SWISH, -0f, HUGE),
                hugeArguments(Function.SWISH_MINUS, -HUGE, 0f),
                hugeArguments(Function.GELU, -0f, HUGE),
                hugeArguments(Function.GELU_DERIVATIVE, -0f, 1f),
                hugeArguments(Function.GELU_TANH, -0f, HUGE),
                hugeArguments(Function.GELU_TANH_DERIVATIVE, -0f, 1f),
                hugeArguments(Function.GELU_LOGISTIC, -0f, HUGE),
                hugeArguments(Function.GELU_LOGISTIC_DERIVATIVE, -0f, 1f),
                hugeArguments(Function.HARD_SWISH, -0f, HUGE),
                hugeArguments(Function.HARD_SWISH_DERIVATIVE, 0f, 1f),
                hugeArguments(Function.MISH, -0f, HUGE),
                hugeArguments(Function.MISH_DERIVATIVE, 0f, 1f),
                hugeArguments(Function.SOFTSIGN, -1f, 1f),
                hugeArguments(Function.SOFTSIGN_DERIVATIVE, 0f, 0f),
                hugeArguments(Function.LOG_LOGISTIC, -HUGE, -0f),
                hugeArguments(Function.SQUARE, INF, INF));
    }

    @TestFactory
    Stream<DynamicTest> zeroKeepsItsSign() {
        return Stream.of(Function.EXPM1, Function.TANH, Function.HARD_TANH, Function.RELU, Function.LEAKY_RELU,
                        Function.ELU, Function.SWISH, Function.SWISH_MINUS, Function.GELU, Function.GELU_TANH,
                        Function.GELU_LOGISTIC, Function.SINE, Function.HARD_SWISH, Function.MISH, Function.SOFTSIGN,
                        Function.SOFTSHRINK, Function.SQRT)
                .map(f -> DynamicTest.dynamicTest(f.name(), () -> {
                    assertBits(f.at(-0f), -0f);
                    assertBits(f.at(0f), 0f);
                }));
    }

    @TestFactory
    Stream<DynamicTest> slopeOneAtZeroKeepsDenormals() {
        return Stream.of(Function.EXPM1, Function.TANH, Function.HARD_TANH, Function.LOG1P, Function.LOG1P_UNIT,
                        Function.SINE, Function.SOFTSIGN)
                .map(f -> DynamicTest.dynamicTest(f.name(), () -> {
                    assertBits(f.at(TINY), TINY);
                    assertBits(f.at(DENORMAL), DENORMAL);
                }));
    }

    @TestFactory
    Stream<DynamicTest> slopeOneHalfAtZeroHalvesDenormals() {
        return Stream.of(Function.SWISH, Function.SWISH_MINUS, Function.GELU, Function.GELU_TANH,
                        Function.GELU_LOGISTIC, Function.HARD_SWISH)
                .map(f -> DynamicTest.dynamicTest(f.name(), () -> {
                    assertThat(f.at(0x1p-140f)).isEqualTo(0x1p-141f);
                    assertThat(f.at(-0x1p-140f)).isEqualTo(-0x1p-141f);
                }));
    }

    /** The values that the table of equations gives, correctly rounded, within each function's bound. */
    @TestFactory
    Stream<DynamicTest> knownValuesAtOne() {
        return Stream.of(
                known(Function.LOGISTIC, 0.7310585786300049, 2),
                known(Function.TANH, 0.7615941559557649, 2),
                known(Function.LINEAR_LOGISTIC, 0.75, 0),
                known(Function.HARD_LOGISTIC, 0.75, 0),
                known(Function.HARD_TANH, 1, 0),
                known(Function.RELU, 1, 0),
                known(Function.LEAKY_RELU, 1, 0),
                known(Function.ELU, 1, 0),
                known(Function.SOFTPLUS, 1.3132616875182228, 2),
                known(Function.SWISH, 0.7310585786300049, 3),
                known(Function.GELU, 0.8413447460685429, 4),
                known(Function.GELU_TANH, 0.8411919906082768, 4),
                known(Function.GELU_LOGISTIC, 0.8457957659328212, 4),
                known(Function.SINE, 0.8414709848078965, 1.5));
    }

    @Test
    void sineOfTheTextbooksExample() {
        assertWithin(Sine.value(15f), 0.6502878401571168, 1.5);
    }

    @Test
    void derivativesAtZero() {
        assertBits(Function.LOGISTIC_DERIVATIVE.at(0f), 0.25f);
        assertBits(Function.TANH_DERIVATIVE.at(0f), 1f);
        assertBits(Function.RELU_DERIVATIVE.at(0f), 0f);
        assertBits(Function.RELU_DERIVATIVE.at(-0f), 0f);
        assertBits(Function.LEAKY_RELU_DERIVATIVE.at(0f), 0.25f);
        assertBits(Function.LEAKY_RELU_DERIVATIVE.at(-0f), 0.25f);
        assertBits(Function.ELU_DERIVATIVE.at(0f), 0.5f);
        assertBits(Function.SOFTPLUS_DERIVATIVE.at(0f), 0.5f);
        assertBits(Function.SWISH_DERIVATIVE.at(0f), 0.5f);
        assertBits(Function.GELU_DERIVATIVE.at(0f), 0.5f);
        assertBits(Function.GELU_TANH_DERIVATIVE.at(0f), 0.5f);
        assertBits(Function.GELU_LOGISTIC_DERIVATIVE.at(0f), 0.5f);
        assertBits(Function.SINE_DERIVATIVE.at(0f), 1f);
        assertBits(Function.HARD_SWISH_DERIVATIVE.at(0f), 0.5f);
        assertBits(Function.MISH_DERIVATIVE.at(0f), 0.6f);
        assertBits(Function.MISH_DERIVATIVE.at(-0f), 0.6f);
        assertBits(Function.SOFTSIGN_DERIVATIVE.at(0f), 1f);
        assertBits(Function.LOG_LOGISTIC_DERIVATIVE.at(0f), 0.5f);
        assertBits(Function.SOFTSHRINK_DERIVATIVE.at(0f), 0f);
        assertBits(Function.ABS_DERIVATIVE.at(0f), 0f);
        assertBits(Function.SQRT_DERIVATIVE.at(0f), INF);
        assertBits(Function.LOG.at(0f), -INF);
        assertBits(Function.LOG.at(-0f), -INF);
        assertBits(Function.LOG.at(1f), 0f);
        assertBits(Function.LOG.at(-DENORMAL), NAN);
        assertBits(Function.LOG.at(Float.MIN_VALUE), (float) Math.log(Float.MIN_VALUE));
        assertBits(Function.RECIPROCAL_DERIVATIVE.at(0f), -INF);
    }

    @Test
    void hardDerivativesVanishAtTheClipPoints() {
        assertBits(HardTanh.derivative(-1f), 0f);
        assertBits(HardTanh.derivative(1f), 0f);
        assertBits(HardTanh.derivative(Math.nextDown(1f)), 1f);
        assertBits(HardTanh.derivative(Math.nextUp(-1f)), 1f);
        assertBits(HardLogistic.derivative(-2f), 0f);
        assertBits(HardLogistic.derivative(2f), 0f);
        assertBits(HardLogistic.derivative(1.5f), 0.25f);
        assertBits(HardLogistic.derivative(-1.5f), 0.25f);
        assertBits(HardSwish.derivative(-3f), 0f);
        assertWithin(HardSwish.derivative(Math.nextUp(-3f)), -0.5 + Math.ulp(3f) / 3.0, 3);
        assertBits(HardSwish.derivative(-1.5f), 0f);
        assertBits(HardSwish.derivative(3f), 1f);
        assertBits(Softshrink.derivative(0.5f, 0.5f), 0f);
        assertBits(Softshrink.derivative(Math.nextUp(0.5f), 0.5f), 1f);
    }

    @Test
    void exponentialAtItsEnds() {
        assertBits(Exp.exp(0f), 1f);
        assertBits(Exp.exp(-0f), 1f);
        assertThat(Exp.exp(88.72283f)).isLessThan(INF);
        assertBits(Exp.exp(88.72284f), INF);
        assertBits(Exp.exp(-103.98f), 0f);
        assertBits(Exp.exp(-103.97f), TINY);
        assertBits(Exp.expm1(-INF), -1f);
        assertBits(Exp.expm1(-HUGE), -1f);
    }

    @Test
    void logarithmAtItsEnds() {
        assertBits(Log1p.log1p(0f), 0f);
        assertBits(Log1p.log1p(INF), INF);
        assertWithin(Log1p.log1p(Math.nextDown(Log1p.DOMAIN)), 22.180709718173, 1);
        assertWithin(Log1p.log1p(1f), 0.6931471805599453, 1);
        assertWithin(Log1p.log1pUnit(1f), 0.6931471805599453, 1);
    }

    @Test
    void tailsKeepDenormals() {
        assertThat(Logistic.value(-100f)).isEqualTo(Exp.exp(-100f)).isGreaterThan(0f);
        assertThat(Softplus.value(-100f)).isEqualTo(Exp.exp(-100f));
        assertThat(Gelu.value(-14f)).isBetween(-Float.MIN_NORMAL, -TINY);
        assertThat(GeluTanh.value(-10f)).isLessThan(0f);
        assertThat(GeluLogistic.value(-62f)).isLessThan(0f);
        assertThat(Swish.value(-104f, 1f)).isLessThan(0f);
        assertThat(Mish.value(-104f)).isEqualTo(Swish.value(-104f, 1f));
        assertThat(LogLogistic.value(100f)).isEqualTo(-Exp.exp(-100f));
    }

    @Test
    void swishWithEveryKindOfBeta() {
        assertBits(Swish.value(3f, 0f), 1.5f);
        assertBits(Swish.derivative(3f, 0f), 0.5f);
        assertThat(Swish.value(INF, 0f)).isNaN();
        assertBits(Swish.value(-2f, Float.MAX_VALUE), -0f);
        assertBits(Swish.value(2f, Float.MAX_VALUE), 2f);
        assertBits(Swish.value(2f, -Float.MAX_VALUE), 0f);
        assertBits(Swish.value(HUGE, HUGE), HUGE);
        assertBits(Swish.value(-HUGE, HUGE), -0f);
        assertBits(Swish.value(2f, TINY), 1f);
    }

    @Test
    void sineHasADomain() {
        assertThat(Sine.value(Sine.DOMAIN)).isBetween(-1f, 1f);
        assertThat(Sine.derivative(-Sine.DOMAIN)).isBetween(-1f, 1f);
        assertThat(Sine.value(Math.nextUp(Sine.DOMAIN))).isNaN();
        assertThat(Sine.derivative(-HUGE)).isNaN();
    }

    private static DynamicTest limits(Function f, float atMinus, float atPlus) {
        return atBoth(f, INF, atMinus, atPlus);
    }

    private static DynamicTest hugeArguments(Function f, float atMinus, float atPlus) {
        return atBoth(f, HUGE, atMinus, atPlus);
    }

    private static DynamicTest atBoth(Function f, float x, float atMinus, float atPlus) {
        return DynamicTest.dynamicTest(f.name(), () -> {
            assertBits(f.at(-x), atMinus);
            assertBits(f.at(x), atPlus);
        });
    }

    private static DynamicTest known(Function f, double value, double ulps) {
        return DynamicTest.dynamicTest(f.name(), () -> assertWithin(f.at(1f), value, ulps));
    }

    /** Tells -0 from +0, and takes all NaNs as one. */
    private static void assertBits(float actual, float expected) {
        assertThat(Float.floatToIntBits(actual)).as("%s, not %s", actual, expected)
                .isEqualTo(Float.floatToIntBits(expected));
    }

    private static void assertWithin(float actual, double expected, double ulps) {
        assertThat(Math.abs(actual - expected)).isLessThanOrEqualTo(ulps * Math.ulp((float) expected));
    }
}
