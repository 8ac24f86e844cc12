package dev.samebits.cli.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.samebits.SplitMix64;
import dev.samebits.cli.TestData;
import dev.samebits.cli.console.Problem;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a stream says of bytes that wait, gzip gives all that was packed, or an error. */
class GzipStreamTest {
    /** Gives its bytes one by one or in portions, and says of some or all of them that they are not there yet. */
    private static final class Slow extends FilterInputStream {
        private final SplitMix64 random;
        private final boolean dumb;

        Slow(byte[] bytes, SplitMix64 random, boolean dumb) {
            super(new ByteArrayInputStream(bytes));
            this.random = random;
            this.dumb = dumb;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            return super.read(into, offset, Math.min(length, 1 + random.nextInt(random.nextInt(2) == 0 ? 2 : 5000)));
        }

        @Override
        public int available() throws IOException {
            return dumb || random.nextInt(3) == 0 ? 0 : super.available();
        }
    }

    private static byte[] join(byte[]... parts) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.write(part);
        }
        return all.toByteArray();
    }

    private static byte[] packed(String text) throws IOException {
        return TestData.gzip(text.getBytes(StandardCharsets.UTF_8));
    }

    // As gzip writes it with a name, as bgzip does with its extra field, and with all there is.
    private static byte[] packed(byte[] bytes, int flags) throws IOException {
        byte[] plain = TestData.gzip(bytes);
        plain[3] = (byte) flags;
        byte[] header = join(Arrays.copyOf(plain, 10), (flags & 4) == 0 ? new byte[0] : new byte[] {3, 0, 31, (byte) 139, 0},
                (flags & 8) == 0 ? new byte[0] : "x.csv\0".getBytes(StandardCharsets.US_ASCII),
                (flags & 16) == 0 ? new byte[0] : "\u00e4 remark\0".getBytes(StandardCharsets.UTF_8));
        CRC32 checksum = new CRC32();
        checksum.update(header);
        return join(header, (flags & 2) == 0 ? new byte[0]
                : new byte[] {(byte) checksum.getValue(), (byte) (checksum.getValue() >> 8)},
                Arrays.copyOfRange(plain, 10, plain.length));
    }

    private static byte[] read(byte[] packed) throws IOException {
        try (InputStream stream = new GzipStream(new Slow(packed, new SplitMix64(packed.length), true))) {
            return stream.readAllBytes();
        }
    }

    private static void damaged(String words, byte[]... parts) throws IOException {
        byte[] all = join(parts);
        assertThatThrownBy(() -> Input.of("t.csv.gz", new ByteArrayInputStream(all)).stream().readAllBytes())
                .satisfies(e -> assertThat(Problem.reading("t.csv.gz", (IOException) e)).message()
                        .startsWith("the compressed file is damaged (").contains(words));
    }

    @Test
    void membersOfEverySizeAndHeader() throws IOException {
        SplitMix64 random = new SplitMix64(21);
        for (int file = 0; file < 300; file++) {
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            ByteArrayOutputStream plain = new ByteArrayOutputStream();
            for (int member = random.nextInt(6); member >= 0; member--) {
                byte[] bytes = new byte[random.nextInt(4) * random.nextInt(1 << 14)];
                for (int i = 0; i < bytes.length; i++) {
                    bytes[i] = (byte) (random.nextInt(8) == 0 ? random.nextInt(256) : 31);
                }
                plain.write(bytes);
                packed.write(packed(bytes, 2 * random.nextInt(16)));
            }
            packed.write(new byte[random.nextInt(2) * random.nextInt(200_000)]);
            try (InputStream stream = new GzipStream(new Slow(packed.toByteArray(), random, file % 3 == 0))) {
                ByteArrayOutputStream got = new ByteArrayOutputStream();
                byte[] into = new byte[1 + random.nextInt(5000)];
                int count = 0;
                while (count >= 0) {
                    int waits = stream.available();
                    count = stream.read(into, 0, into.length);
                    assertThat(count).isGreaterThanOrEqualTo(waits == 0 ? -1 : Math.min(waits, into.length));
                    got.write(into, 0, Math.max(count, 0));
                }
                assertThat(got.toByteArray()).as("file %d", file).isEqualTo(plain.toByteArray());
                assertThat(stream.read()).isEqualTo(-1);
            }
        }
    }

    @Test
    void whatFollowsAMemberAndIsNoneIsAnError() throws IOException {
        byte[] good = packed("1,2\n3,4\n");
        damaged("behind its part 1, from byte " + (good.length + 1) + " on, is no gzip", good,
                "1,2\n".getBytes(StandardCharsets.UTF_8));
        damaged("behind its part 2, from byte " + (2 * good.length + 1), good, good, new byte[] {31, 0});
        byte[] header = good.clone();
        header[2] = 7;
        damaged("behind its part 1", good, header);
        damaged("behind its part 1, from byte " + (good.length + 101), good, new byte[100], new byte[] {1});
        // A whole member, even, that zeros hide.
        damaged("behind its part 1, from byte " + (good.length + 70_001), good, new byte[70_000], good);
        damaged("behind its part 1", good, packed(new byte[9], 0x20));
        byte[] checked = packed(new byte[9], 2);
        checked[10]++;
        damaged("behind its part 1", good, checked);
        checked = packed("1,2\n");
        checked[checked.length - 8]++;
        damaged("its checksum is another", good, checked);
        damaged("behind its part 1", good, Arrays.copyOf(packed(new byte[9], 8), 12), "x".repeat(200_000)
                .getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void whereverAStreamEndsTooEarlyItIsAnError() throws IOException {
        byte[] all = join(packed("1,2\n".repeat(50).getBytes(StandardCharsets.UTF_8), 30), packed("3,4\n"));
        int first = all.length - packed("3,4\n").length;
        for (int length = 0; length < all.length; length++) {
            byte[] cut = Arrays.copyOf(all, length);
            if (length == first) {
                assertThat(read(cut)).hasSize(200);
            } else {
                assertThatThrownBy(() -> read(cut)).as("%d bytes", length).isInstanceOf(java.io.EOFException.class);
            }
        }
        assertThatThrownBy(() -> Input.of("t.gz", new ByteArrayInputStream(Arrays.copyOf(all, 11))))
                .satisfies(e -> assertThat(Problem.reading("t.gz", (IOException) e)).hasMessageContaining("ends too early"));
    }

    /** The next member is not waited for, nor the rest of one whose row is there. */
    @ParameterizedTest
    @ValueSource(ints = {0, 18})
    void whatIsThereIsGivenOut(int flags) throws IOException {
        PipedOutputStream pipe = new PipedOutputStream();
        try (InputStream stream = new GzipStream(new PipedInputStream(pipe, 1 << 16))) {
            byte[] into = new byte[100];
            for (int n = 0; n < 3; n++) {
                assertThat(stream.available()).isZero();
                byte[] member = packed(("row " + n + "\n").getBytes(StandardCharsets.UTF_8), flags);
                pipe.write(member, 0, member.length - 8);
                assertThat(stream.available()).isEqualTo(6);
                assertThat(stream.read(into)).isEqualTo(6);
                assertThat(new String(into, 0, 6, StandardCharsets.UTF_8)).isEqualTo("row " + n + "\n");
                assertThat(stream.available()).isZero();
                // The trailer, and the next header byte by byte.
                pipe.write(member, member.length - 8, 8);
            }
            pipe.close();
            assertThat(stream.read()).isEqualTo(-1);
        }
    }
}
