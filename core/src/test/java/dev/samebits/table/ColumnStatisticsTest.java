package dev.samebits.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.samebits.SplitMix64;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ColumnStatisticsTest {
    private static final float NAN = Float.NaN;

    @Test
    void knownValues() {
        ColumnStatistics statistics = ColumnStatistics.of(new float[] {2, NAN, 4, 4, 4, 5, NAN, 5, 7, 9});
        assertThat(statistics).isEqualTo(new ColumnStatistics(8, 2, 5, 2, 2, 9, 4.5f, 4));
    }

    @Test
    void ofSeveralMostFrequentValuesTheLeastCounts() {
        assertThat(ColumnStatistics.of(new float[] {3, -1, 3, -1, 7}).frequent()).isEqualTo(-1);
        assertThat(ColumnStatistics.of(new float[] {5, 0f, -0f, 5, 0f}).frequent()).isZero();
        assertThat(ColumnStatistics.of(new float[] {5, 0f, -0f, 5, 0f}).median()).isZero();
    }

    @Test
    void sumsAreTakenInTheOrderOfTheRows() {
        // In another order 1 would not be lost.
        assertThat(ColumnStatistics.of(new float[] {1, 1e17f, -1e17f}).mean()).isZero();
        assertThat(ColumnStatistics.of(new float[] {1e17f, -1e17f, 1}).mean()).isEqualTo(1 / 3.0);
    }

    @Test
    void agreesWithExactSums() {
        SplitMix64 random = new SplitMix64(11);
        float[] values = new float[5_000];
        List<BigDecimal> there = new ArrayList<>();
        for (int n = 0; n < values.length; n++) {
            values[n] = random.nextInt(7) == 0 ? NAN : 1000 + 30 * random.nextFloat();
            if (!Float.isNaN(values[n])) {
                there.add(new BigDecimal(values[n]));
            }
        }
        BigDecimal count = BigDecimal.valueOf(there.size());
        BigDecimal mean = there.stream().reduce(BigDecimal.ZERO, BigDecimal::add).divide(count, MathContext.DECIMAL128);
        BigDecimal squares = there.stream().map(x -> x.subtract(mean).pow(2)).reduce(BigDecimal.ZERO, BigDecimal::add);
        double deviation = squares.divide(count, MathContext.DECIMAL128).sqrt(MathContext.DECIMAL64).doubleValue();

        ColumnStatistics statistics = ColumnStatistics.of(values);
        assertThat(statistics.count()).isEqualTo(there.size());
        assertThat(statistics.mean()).isCloseTo(mean.doubleValue(), within(1e-9));
        assertThat(statistics.deviation()).isCloseTo(deviation, within(1e-9));
    }

    @Test
    void whatHasNoStatisticsIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> ColumnStatistics.of(new float[] {NAN, NAN}))
                .withMessage("no value is there: of 2 all are NaN");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ColumnStatistics.of(new float[] {1, Float.NEGATIVE_INFINITY}))
                .withMessage("the value of row 1 is -Infinity: give finite ones, or NaN");
    }

    @Test
    void scalesToTheMeanOrToTheRange() {
        ColumnStatistics statistics = ColumnStatistics.of(new float[] {2, 4, 4, 4, 5, 5, 7, 9});
        assertThat(row(NumberColumn.of("x", statistics, Scaling.STANDARD, Filling.MEAN), "7")).containsExactly(1);
        assertThat(row(NumberColumn.of("x", statistics, Scaling.STANDARD, Filling.MEAN), "")).containsExactly(0);
        assertThat(row(NumberColumn.of("x", statistics, Scaling.NONE, Filling.MEDIAN), "NA")).containsExactly(4.5f);
        assertThat(row(NumberColumn.of("x", statistics, Scaling.NONE, Filling.FREQUENT), "?")).containsExactly(4);
        NumberColumn range = NumberColumn.of("x", statistics, Scaling.MIN_MAX, Filling.FLAG);
        assertThat(row(range, "9")).containsExactly((9f - 2f) * (float) (1 / 7.0));
        assertThat(range.width()).as("no training row lacks it").isEqualTo(1);
    }

    @Test
    void aColumnOfOneValueIsZero() {
        ColumnStatistics statistics = ColumnStatistics.of(new float[] {0.1f, 0.1f, 0.1f, NAN});
        for (Scaling scaling : List.of(Scaling.STANDARD, Scaling.MIN_MAX)) {
            NumberColumn column = NumberColumn.of("x", statistics, scaling, Filling.FLAG);
            assertThat(row(column, "0.1")).containsExactly(0, 0);
            assertThat(row(column, "5")).containsExactly(0, 0);
            assertThat(row(column, "")).containsExactly(0, 1);
        }
    }

    @Test
    void namesAreKnownOrRefused() {
        assertThat(Scaling.named("minmax")).isEqualTo(Scaling.MIN_MAX);
        assertThat(Filling.named("flag")).isEqualTo(Filling.FLAG);
        assertThatIllegalArgumentException().isThrownBy(() -> Scaling.named("robust"))
                .withMessage("unknown scaling 'robust': use one of standard, minmax, none");
        assertThatIllegalArgumentException().isThrownBy(() -> Filling.named("zero"))
                .withMessage("unknown filling 'zero': use one of mean, median, frequent, flag");
    }

    private static float[] row(TableColumn column, String field) {
        float[] row = new float[column.width()];
        column.put(field, row, 0);
        return row;
    }
}
