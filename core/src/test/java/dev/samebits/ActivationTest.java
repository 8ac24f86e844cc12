package dev.samebits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ActivationTest {
    static Stream<Activation> unusual() {
        return Stream.of(
                Activation.hardLogistic(1 / 6f, 0.5f),
                Activation.hardTanh(0, 6),
                Activation.hardTanh(Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY),
                Activation.leakyRelu(-0f),
                Activation.leakyRelu(Float.MIN_VALUE),
                Activation.elu(1.6732632f),
                Activation.swish(Float.MAX_VALUE),
                Activation.parse("linear-logistic:0.1:-3e-9"));
    }

    @ParameterizedTest
    @EnumSource(Activation.Kind.class)
    void everyKindIsReadByItsNameAndWrittenBack(Activation.Kind kind) {
        Activation f = Activation.parse(kind.label());
        assertThat(f.kind()).isEqualTo(kind);
        assertThat(Activation.parse(f.toString())).isEqualTo(f).hasSameHashCodeAs(f);
        assertThat(f.toString().split(":")).hasSize(1 + kind.parameters());
    }

    @ParameterizedTest
    @MethodSource("unusual")
    void parametersSurviveTheRoundTripToTheBit(Activation f) {
        assertThat(Activation.parse(f.toString())).isEqualTo(f);
        assertThat(Activation.parse(" " + f.toString().replace(f.kind().label(), f.kind().name().replace('_', '-')) + " "))
                .isEqualTo(f);
    }

    @Test
    void parametersLeftOutTakeTheirUsualValues() {
        assertThat(Activation.parse("hard-tanh:-2")).isEqualTo(Activation.hardTanh(-2, 1));
        assertThat(Activation.parse("leaky-relu")).isEqualTo(Activation.leakyRelu(0.01f));
        assertThat(Activation.parse("elu")).isEqualTo(Activation.elu(1));
        assertThat(Activation.parse("swish")).isEqualTo(Activation.swish(1));
        assertThat(Activation.parse("hard-logistic")).isEqualTo(Activation.HARD_LOGISTIC);
        assertThat(Activation.parse("linear-logistic")).isEqualTo(Activation.LINEAR_LOGISTIC);
    }

    @Test
    void equalityIsByValue() {
        assertThat(Activation.leakyRelu(0.5f)).isEqualTo(Activation.leakyRelu(0.5f)).isNotEqualTo(Activation.elu(0.5f));
        assertThat(Activation.leakyRelu(0f)).isNotEqualTo(Activation.leakyRelu(-0f));
        assertThat(Activation.RELU).isNotEqualTo(Activation.leakyRelu(0)).isNotEqualTo("relu");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rellu", "", " ", ":", ":1", "softmax", "relu x"})
    void unknownNamesAreAnsweredWithTheKnownOnes(String text) {
        List<String> labels = Arrays.stream(Activation.Kind.values()).map(Activation.Kind::label).toList();
        assertThatIllegalArgumentException().isThrownBy(() -> Activation.parse(text))
                .withMessageContaining("unknown activation '" + text + "'")
                .withMessageContainingAll(labels.toArray(new String[0]));
    }

    @Test
    void badParametersAreNamed() {
        assertThatIllegalArgumentException().isThrownBy(() -> Activation.parse("relu:1"))
                .withMessage("activation 'relu:1': relu takes 0 parameters, not 1");
        assertThatIllegalArgumentException().isThrownBy(() -> Activation.parse("hard-tanh:1:2:3"))
                .withMessageContaining("takes 2 parameters, not 3");
        assertThatIllegalArgumentException().isThrownBy(() -> Activation.parse("leaky-relu:abc"))
                .withMessageContaining("'abc' is not a number");
        assertThatIllegalArgumentException().isThrownBy(() -> Activation.parse("leaky-relu:"))
                .withMessageContaining("'' is not a number");
        assertThatIllegalArgumentException().isThrownBy(() -> Activation.parse("swish:NaN"))
                .withMessage("swish needs a finite β, not NaN");
    }

    @Test
    void parametersAreChecked() {
        assertThatIllegalArgumentException().isThrownBy(() -> Activation.hardTanh(2, 1))
                .withMessage("hard-tanh needs minimum ≤ maximum, not 2.0 and 1.0");
        assertThatIllegalArgumentException().isThrownBy(() -> Activation.hardTanh(Float.NaN, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> Activation.hardTanh(0, Float.NaN));
        assertThatIllegalArgumentException().isThrownBy(() -> Activation.elu(-1)).withMessage("elu needs γ ≥ 0, not -1.0");
        assertThatIllegalArgumentException().isThrownBy(() -> Activation.elu(Float.POSITIVE_INFINITY));
        assertThatIllegalArgumentException().isThrownBy(() -> Activation.leakyRelu(Float.NaN));
        assertThatIllegalArgumentException().isThrownBy(() -> Activation.swish(Float.NEGATIVE_INFINITY));
        assertThatIllegalArgumentException().isThrownBy(() -> Activation.hardLogistic(Float.NaN, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> Activation.hardLogistic(1, Float.NaN));
    }

    @ParameterizedTest
    @EnumSource(Activation.Kind.class)
    void nanGivesNan(Activation.Kind kind) {
        assertThat(Activation.parse(kind.label()).value(Float.NaN, 0.25f)).isNaN();
    }
}
