package dev.samebits.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScheduleTest {
    private static List<Epoch> losses(double... losses) {
        List<Epoch> history = new ArrayList<>();
        for (double loss : losses) {
            history.add(new Epoch(history.size() + 1, loss, -1, 0, Double.NaN));
        }
        return history;
    }

    @Test
    void stepsFollowTheEpochs() {
        Schedule schedule = Schedule.everyEpochs(2, 0.5f);
        float[] want = {1, 1, 0.5f, 0.5f, 0.25f};
        for (int epochs = 0; epochs < want.length; epochs++) {
            assertThat(schedule.factor(99, 100, losses(new double[epochs]))).isEqualTo(want[epochs]);
        }
    }

    @Test
    void cosineFallsFromOneToNothing() {
        Schedule schedule = Schedule.cosine();
        for (int step = 0; step <= 1000; step++) {
            assertThat(schedule.factor(step, 1000, List.of())).as("step " + step)
                    .isCloseTo((float) ((1 + Math.cos(Math.PI * step / 1000)) / 2), within(2e-7f));
        }
        assertThat(schedule.factor(0, 10, List.of())).isEqualTo(1);
        assertThat(schedule.factor(10, 10, List.of())).isZero();
    }

    @Test
    void plateausCountEpochsWithoutGain() {
        Schedule schedule = Schedule.onPlateau(2, 0.1f);
        assertThat(schedule.factor(0, 1, losses())).isEqualTo(1);
        assertThat(schedule.factor(0, 1, losses(3, 2, 2, 1, 1))).isEqualTo(1);
        assertThat(schedule.factor(0, 1, losses(3, 2, 2, 5))).isEqualTo(0.1f);
        assertThat(schedule.factor(0, 1, losses(3, 2, 2, 5, 4))).isEqualTo(0.1f);
        assertThat(schedule.factor(0, 1, losses(3, 2, 2, 5, 4, 4))).isEqualTo((float) ((double) 0.1f * 0.1f));
        List<Epoch> validated = List.of(new Epoch(1, 9, -1, 0, 0.5), new Epoch(2, 8, -1, 0, 0.5),
                new Epoch(3, 7, -1, 0, 0.6));
        assertThat(schedule.factor(0, 1, validated)).as("validation goes before the loss").isEqualTo(0.1f);
    }

    @Test
    void warmUpRisesAndHandsOver() {
        Schedule schedule = Schedule.cosine().afterWarmUp(4);
        assertThat(schedule.factor(0, 104, List.of())).isEqualTo(0.25f);
        assertThat(schedule.factor(3, 104, List.of())).isEqualTo(1);
        assertThat(schedule.factor(54, 104, List.of())).isEqualTo(Schedule.cosine().factor(50, 100, List.of()));
        assertThat(schedule).hasToString("cosine after a warm-up of 4 steps").isEqualTo(Schedule.cosine().afterWarmUp(4));
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        assertThatThrownBy(() -> Schedule.everyEpochs(0, 0.5f)).hasMessageContaining("at least 1, not 0");
        assertThatThrownBy(() -> Schedule.onPlateau(1, 1.5f)).hasMessageContaining("at most at 1, not 1.5");
        assertThatThrownBy(() -> Schedule.everyEpochs(1, Float.NaN)).hasMessageContaining("not NaN");
        assertThatThrownBy(() -> Schedule.CONSTANT.afterWarmUp(0)).hasMessageContaining("at least 1, not 0");
    }
}
