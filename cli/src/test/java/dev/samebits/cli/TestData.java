package dev.samebits.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Small real data: the first Fashion-MNIST test images, as IDX, and shrunk to 4 × 4 as CSV. */
public final class TestData {
    public static final int IMAGES = 400;
    public static final int PIXELS = 28 * 28;
    /** Inputs of a CSV row; the class stands behind them. */
    public static final int COLUMNS = 16;

    private TestData() {}

    public static byte[] images() throws IOException {
        return cut("t10k-images-idx3-ubyte.gz", 16, PIXELS);
    }

    public static byte[] labels() throws IOException {
        return cut("t10k-labels-idx1-ubyte.gz", 8, 1);
    }

    private static byte[] cut(String name, int header, int width) throws IOException {
        try (InputStream in = new GZIPInputStream(TestData.class.getResourceAsStream("demo/fashion-mnist/" + name))) {
            byte[] bytes = in.readNBytes(header + IMAGES * width);
            ByteBuffer.wrap(bytes).putInt(4, IMAGES);
            return bytes;
        }
    }

    public static Path write(Path folder, String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }

    public static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(bytes);
        }
        return packed.toByteArray();
    }

    /** One line per image: means of 7 × 7 pixels, then the class if asked for. */
    public static String csv(boolean header, boolean labelled) throws IOException {
        byte[] images = images();
        byte[] labels = labels();
        StringBuilder text = new StringBuilder();
        if (header) {
            for (int c = 0; c < COLUMNS; c++) {
                text.append(c > 0 ? "," : "").append('x').append((char) ('a' + c));
            }
            text.append(labelled ? ",class\n" : "\n");
        }
        for (int n = 0; n < IMAGES; n++) {
            for (int c = 0; c < COLUMNS; c++) {
                int sum = 0;
                for (int p = 0; p < 49; p++) {
                    int row = c / 4 * 7 + p / 7;
                    int column = c % 4 * 7 + p % 7;
                    sum += images[16 + n * PIXELS + row * 28 + column] & 0xff;
                }
                text.append(c > 0 ? "," : "").append(sum / (49 * 255f));
            }
            text.append(labelled ? "," + labels[8 + n] : "").append('\n');
        }
        return text.toString();
    }
}
