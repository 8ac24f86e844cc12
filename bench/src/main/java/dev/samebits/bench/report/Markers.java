package dev.samebits.bench.report;

import java.util.ArrayList;
import java.util.List;

/** Places for markers of one size, so that none hides another: where a point's own is taken, the nearest that is free. */
final class Markers {
    private static final double TURN = Math.PI / 8;

    private final double size;
    private final double[] box;
    private final List<double[]> taken = new ArrayList<>();

    /**
     * No place is taken.
     *
     * @param size distance of two that only touch
     */
    Markers(double size, double left, double top, double right, double bottom) {
        this.size = size;
        box = new double[] {left, top, right, bottom};
    }

    /** Takes a place for the marker of a point; the point's own where there is none left. */
    double[] place(double x, double y) {
        for (double radius = 0; radius < 12 * size; radius += size / 4) {
            for (double angle = -Math.PI / 2; angle < 3 * Math.PI / 2; angle += TURN) {
                double[] place = {x + radius * Math.cos(angle), y + radius * Math.sin(angle)};
                if (isFree(place)) {
                    taken.add(place);
                    return place;
                }
            }
        }
        return new double[] {x, y};
    }

    private boolean isFree(double[] p) {
        return p[0] >= box[0] && p[1] >= box[1] && p[0] <= box[2] && p[1] <= box[3]
                && taken.stream().allMatch(other -> Math.hypot(other[0] - p[0], other[1] - p[1]) >= size);
    }
}
