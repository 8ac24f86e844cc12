package dev.samebits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SplitMix64Test {
    @Test
    void seedZeroGivesThePublishedSequence() {
        SplitMix64 random = new SplitMix64(0);
        assertThat(random.nextLong()).isEqualTo(0xE220A8397B1DCDAFL);
        assertThat(random.nextLong()).isEqualTo(0x6E789E6AA1B965F4L);
        assertThat(random.nextLong()).isEqualTo(0x06C45D188009454FL);
    }

    @Test
    void floatsAreTheUpper24Bits() {
        SplitMix64 random = new SplitMix64(0);
        assertThat(random.nextFloat()).isEqualTo(0xE220A8 * 0x1p-24f);
        assertThat(random.nextFloat()).isEqualTo(0x6E789E * 0x1p-24f);
    }

    @Test
    void floatsCoverZeroToOneWithoutReachingOne() {
        SplitMix64 random = new SplitMix64(99);
        int[] buckets = new int[16];
        int draws = 1 << 16;
        for (int i = 0; i < draws; i++) {
            float f = random.nextFloat();
            assertThat(f >= 0 && f < 1).as("%s", f).isTrue();
            buckets[(int) (f * 16)]++;
        }
        // Five standard deviations of a uniform draw.
        assertThat(IntStream.of(buckets)).allSatisfy(count -> assertThat(count).isBetween(4096 - 310, 4096 + 310));
    }

    @Test
    void intsAreTheUpper32BitsModuloTheBound() {
        assertThat(new SplitMix64(0).nextInt(1000)).isEqualTo((int) (0xE220A839L % 1000));
        assertThat(new SplitMix64(0).nextInt(1)).isZero();
        assertThat(new SplitMix64(0).nextInt(1 << 30)).isEqualTo((int) (0xE220A839L & ((1 << 30) - 1)));
    }

    @Test
    void drawsAboveTheLargestMultipleAreDrawnAgain() {
        // The largest multiple of 0x60000000 below 2³² is 0xC0000000: the first draw, 0xE220A839, is not below it.
        assertThat(new SplitMix64(0).nextInt(0x60000000)).isEqualTo((int) (firstBelow(2L * 0x60000000) % 0x60000000));
        assertThat(firstBelow(2L * 0x60000000)).isNotEqualTo(0xE220A839L);
    }

    private static long firstBelow(long limit) {
        SplitMix64 random = new SplitMix64(0);
        long draw = random.nextLong() >>> 32;
        while (draw >= limit) {
            draw = random.nextLong() >>> 32;
        }
        return draw;
    }

    @Test
    void boundsMustBePositive() {
        assertThatIllegalArgumentException().isThrownBy(() -> new SplitMix64(0).nextInt(0)).withMessageContaining("0");
        assertThatIllegalArgumentException().isThrownBy(() -> new SplitMix64(0).nextInt(-5)).withMessageContaining("-5");
    }

    @Test
    void shuffleIsPinned() {
        int[] values = IntStream.range(0, 10).toArray();
        new SplitMix64(0).shuffle(values);
        assertThat(values).containsExactly(9, 8, 1, 4, 6, 7, 2, 0, 5, 3);
    }

    @Test
    void shuffleIsAPermutation() {
        for (int n = 0; n < 50; n++) {
            int[] values = IntStream.range(0, n).toArray();
            new SplitMix64(n).shuffle(values);
            assertThat(values).containsExactlyInAnyOrder(IntStream.range(0, n).toArray());
        }
    }

    @Test
    void everyPermutationOfThreeIsAboutAsFrequent() {
        int[] counts = new int[27];
        SplitMix64 random = new SplitMix64(7);
        for (int i = 0; i < 6000; i++) {
            int[] v = {0, 1, 2};
            random.shuffle(v);
            counts[9 * v[0] + 3 * v[1] + v[2]]++;
        }
        assertThat(IntStream.of(counts).filter(c -> c > 0)).hasSize(6).allSatisfy(c -> assertThat(c).isBetween(850, 1150));
    }
}
