package dev.samebits.tck;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Sizes at which vector code goes wrong: taken from the lanes of a vector (4, 8, 16) and the tiles made of them. */
final class Sizes {
    private static final int[] LANES = {4, 8, 16};

    /** 1, L − 1, L, L + 1, 2L + 1 for every number of lanes, and primes that no tile divides. */
    static final int[] EDGES = edges();

    /**
     * The three sizes of a matrix product.
     *
     * @param batch rows of x and z
     * @param in columns of x and w
     * @param out rows of w, columns of z
     */
    record Shape(int batch, int in, int out) {
        @Override
        public String toString() {
            return "batch " + batch + ", in " + in + ", out " + out;
        }
    }

    private Sizes() {}

    private static int[] edges() {
        TreeSet<Integer> sizes = new TreeSet<>(List.of(1, 2, 31, 67, 101, 131));
        for (int lanes : LANES) {
            sizes.addAll(List.of(lanes - 1, lanes, lanes + 1, 2 * lanes + 1));
        }
        return sizes.stream().mapToInt(Integer::intValue).toArray();
    }

    /**
     * For every pair of edge sizes a shape that has them in two of its dimensions, in turn, the third running through the
     * edges beside them; no rows; and shapes that are larger than a cache block in one dimension or all.
     */
    static List<Shape> products() {
        List<Shape> shapes = new ArrayList<>();
        int n = EDGES.length;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                int third = EDGES[(5 * i + 3 * j + 1) % n];
                switch ((i + j) % 3) {
                    case 0 -> shapes.add(new Shape(EDGES[i], EDGES[j], third));
                    case 1 -> shapes.add(new Shape(EDGES[i], third, EDGES[j]));
                    default -> shapes.add(new Shape(third, EDGES[i], EDGES[j]));
                }
            }
        }
        shapes.add(new Shape(0, 5, 3));
        shapes.addAll(large());
        return shapes;
    }

    /** Shapes that cross cache blocks and tiles. */
    static List<Shape> large() {
        return List.of(new Shape(97, 300, 257), new Shape(5, 1031, 67), new Shape(2, 4099, 17), new Shape(67, 17, 1031),
                new Shape(1, 300, 257), new Shape(1, 1, 1), new Shape(261, 33, 1));
    }

    /** Shapes for kernels that work element by element or row by row: {@code [batch × out]}, with in as 1. */
    static List<Shape> elements() {
        List<Shape> shapes = new ArrayList<>();
        for (int columns : EDGES) {
            shapes.add(new Shape(1, 1, columns));
            shapes.add(new Shape(3, 1, columns));
        }
        shapes.addAll(List.of(new Shape(0, 1, 7), new Shape(131, 1, 1), new Shape(67, 1, 33), new Shape(2, 1, 257),
                new Shape(1, 1, 1031), new Shape(17, 1, 1000)));
        return shapes;
    }
}
