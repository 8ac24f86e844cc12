package dev.samebits.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.samebits.LayerKernels;
import dev.samebits.scalar.ScalarKernels;
import java.lang.reflect.Proxy;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** A test of the tests: kernels with a defect fail the contract that is there to find it, with a message that says where. */
class ContractsCatchBrokenKernelsTest {
    private static KernelContract products(LayerKernels kernels) {
        return new KernelContract(new BrokenBackend(kernels).judged());
    }

    private static RowKernelContract rows(LayerKernels kernels) {
        return new RowKernelContract(new BrokenBackend(kernels).judged());
    }

    @Test
    void soundKernelsPass() {
        products(new ScalarKernels()).update();
        products(new ScalarKernels()).pack();
        rows(new ScalarKernels()).softmax();
    }

    @Test
    void anotherOrderOfSummation() {
        assertThatThrownBy(() -> products(new BrokenKernels.OtherOrder()).affine())
                .isInstanceOf(AssertionError.class)
                .hasMessageContainingAll("affine", "batch ", "in ", "out ", "seed", "got ", "want ", "(0x");
    }

    @Test
    void twoRoundingsInsteadOfOne() {
        assertFails("got ", () -> products(new BrokenKernels.NoFma()).matvec());
    }

    @Test
    void aMissedTail() {
        assertFails("unwritten", () -> rows(new BrokenKernels.MissesTail()).activate());
    }

    @Test
    void writesOutsideTheOutput() {
        assertFails("outside dx", () -> products(new BrokenKernels.WritesOutside()).backpropagate());
    }

    @Test
    void aChangedInput() {
        assertFails("changed its input x", () -> products(new BrokenKernels.ChangesInput()).affine());
    }

    @Test
    void packedWeightsThatAreTheCallersOwn() {
        assertFails("affine", () -> products(new BrokenKernels.PacksNothing()).pack());
    }

    @Test
    void packedWeightsThatWriteTheirPadding() {
        assertFails("outside z", () -> products(new BrokenKernels.PackedWritesPadding()).pack());
        assertFails("affine with", () -> products(new BrokenKernels.PackedForgetsActivation()).pack());
    }

    @Test
    void skippedZeros() {
        assertFails("NaN", () -> products(new BrokenKernels.SkipsZeros()).backpropagate());
    }

    @Test
    void aGradientThatIsNotAccumulated() {
        assertFails("outerProductGradient", () -> products(new BrokenKernels.Overwrites()).outerProductGradient());
    }

    @Test
    void aBatchAddedUpBackwards() {
        assertFails("biasGradient", () -> products(new BrokenKernels.BackwardBatch()).biasGradient());
    }

    @Test
    void aLostNegativeZero() {
        assertFails("want -0.0 (0x80000000)", () -> rows(new BrokenKernels.LosesNegativeZero()).activate());
    }

    @Test
    void flushedDenormals() {
        assertFails("update", () -> products(new BrokenKernels.FlushesDenormals()).update());
    }

    @Test
    void theLastOfEqualPieces() {
        assertFails("maxout", () -> rows(new BrokenKernels.LastMaximum()).maxout());
    }

    @Test
    void softmaxSummedInAnotherOrder() {
        assertFails("softmax", () -> rows(new BrokenKernels.OneSum()).softmax());
    }

    private static StepKernelContract steps(LayerKernels kernels) {
        return new StepKernelContract(new BrokenBackend(kernels).judged());
    }

    @Test
    void aMeanSummedInAnotherOrder() {
        assertFails("layerNorm", () -> steps(new BrokenKernels.OneMean()).layerNorm());
    }

    @Test
    void theSecondOfEqualZeros() {
        assertFails("want -0.0 (0x80000000)", () -> steps(new BrokenKernels.LargerZero()).combine());
    }

    private static IntegerKernelContract integers(LayerKernels kernels) {
        return new IntegerKernelContract(new BrokenBackend(kernels).judged());
    }

    @Test
    void aReciprocalInsteadOfADivision() {
        assertFails("quantize", () -> integers(new BrokenKernels.ReciprocalOfScale()).quantize());
    }

    @Test
    void theRangeOfABatchInsteadOfARows() {
        assertFails("quantizeRow", () -> integers(new BrokenKernels.RangeOfTheBatch()).quantizeRow());
        GraphContract contract = new GraphContract(new BrokenBackend(new BrokenKernels.RangeOfTheBatch()).judged());
        assertFails("integer-dense", contract::everyKind);
    }

    @Test
    void sumsOfWholeNumbersThatAreRounded() {
        assertFails("integerOutput", () -> integers(new BrokenKernels.RoundedIntegerSums()).integerOutput());
        assertFails("sums of ", () -> integers(new BrokenKernels.RoundedIntegerSums()).sumsAreExact());
    }

    /** Of a network at random, the report has what is left when all is cut off that has no part in the failure. */
    @Test
    void theSmallestPartOfANetworkThatFails() {
        GraphContract contract = new GraphContract(new BrokenBackend(new BrokenKernels.TurnedDifference()).judged());
        assertThatThrownBy(contract::atRandom).isInstanceOf(AssertionError.class)
                .hasMessageContaining("the smallest part of one that fails:\ninputs ")
                .hasMessageContaining("1: subtract of ")
                .hasMessageContaining("output value ")
                .hasMessageNotContaining("3: ");
    }

    @Test
    void oneFloatThatIsOffByOneUlp() {
        ActivationContract contract = new ActivationContract(new BrokenBackend(new BrokenKernels.OneUlpOff()).judged());
        assertThat(contract.values().filter(test -> test.getDisplayName().equals("tanh"))).hasSize(1)
                .allSatisfy(test -> assertFails("x = 0.57", () -> run(test.getExecutable())));
    }

    @Test
    void missingArgumentChecks() {
        LayerKernels careless = (LayerKernels) Proxy.newProxyInstance(getClass().getClassLoader(),
                new Class<?>[] {LayerKernels.class}, (proxy, method, arguments) -> null);
        KernelArgumentContract contract = new KernelArgumentContract(new BrokenBackend(careless).judged());
        assertFails("IllegalArgumentException", contract::products);
        assertFails("IllegalArgumentException", contract::packed);
        assertFails("IllegalArgumentException", contract::rows);
        assertFails("IllegalArgumentException", contract::overlaps);
    }

    static void run(Executable executable) {
        try {
            executable.execute();
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    private static void assertFails(String says, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(AssertionError.class).hasMessageContaining(says);
    }
}
