package dev.samebits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScoreFingerprintTest {
    private static final int OUTPUTS = 3;

    /** A row as a job has it. */
    private record Row(String id, float[] outputs) {}

    private static List<Row> rows(int count) {
        SplitMix64 random = new SplitMix64(11);
        List<Row> rows = new ArrayList<>();
        for (int n = 0; n < count; n++) {
            float[] outputs = new float[n % 7 == 6 ? 0 : OUTPUTS];
            for (int j = 0; j < outputs.length; j++) {
                outputs[j] = Float.intBitsToFloat((int) random.nextLong());
            }
            rows.add(new Row(n % 2 == 0 ? String.valueOf(n) : "größer " + n, outputs));
        }
        return rows;
    }

    private static ScoreFingerprint of(List<Row> rows) {
        ScoreFingerprint fingerprint = new ScoreFingerprint();
        rows.forEach(row -> fingerprint.add(row.id, row.outputs, 0, row.outputs.length));
        return fingerprint;
    }

    /** What docs/arithmetic.md says, in other words than the class has. */
    @Test
    void isTheSumThatTheArithmeticDefines() throws Exception {
        List<Row> rows = rows(1000);
        BigInteger sum = BigInteger.ZERO;
        for (Row row : rows) {
            byte[] id = row.id.getBytes(StandardCharsets.UTF_8);
            ByteBuffer message = ByteBuffer.allocate(4 + id.length + 4 * row.outputs.length).order(ByteOrder.LITTLE_ENDIAN);
            message.putInt(id.length).put(id);
            for (float output : row.outputs) {
                message.putInt(Float.isNaN(output) ? 0x7FC00000 : Float.floatToRawIntBits(output));
            }
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(message.array());
            byte[] highestFirst = new byte[32];
            for (int b = 0; b < 32; b++) {
                highestFirst[31 - b] = hash[b];
            }
            sum = sum.add(new BigInteger(1, highestFirst));
        }
        ScoreFingerprint fingerprint = of(rows);
        assertThat(fingerprint).hasToString(String.format("%064x", sum.mod(BigInteger.TWO.pow(256))));
        assertThat(fingerprint.rows()).isEqualTo(1000);
    }

    @Test
    void knowsNoOrderAndNoParts() {
        List<Row> rows = rows(500);
        int[] order = new int[rows.size()];
        for (int n = 0; n < order.length; n++) {
            order[n] = n;
        }
        new SplitMix64(5).shuffle(order);
        ScoreFingerprint whole = new ScoreFingerprint();
        ScoreFingerprint part = new ScoreFingerprint();
        for (int n : order) {
            part.add(rows.get(n).id, rows.get(n).outputs, 0, rows.get(n).outputs.length);
            if (n % 13 == 0) {
                whole.add(ScoreFingerprint.of(part.toBytes()));
                part = new ScoreFingerprint();
            }
        }
        whole.add(part);
        assertThat(whole).isEqualTo(of(rows)).hasSameHashCodeAs(of(rows));
    }

    @Test
    void seesWhatIsLostDoubledMovedOrAltered() {
        List<Row> rows = rows(50);
        ScoreFingerprint good = of(rows);
        List<Row> lost = rows.subList(1, 50);
        List<Row> doubled = new ArrayList<>(rows);
        doubled.add(rows.get(3));
        List<Row> exchanged = new ArrayList<>(rows);
        exchanged.set(0, new Row(rows.get(0).id, rows.get(1).outputs));
        exchanged.set(1, new Row(rows.get(1).id, rows.get(0).outputs));
        List<Row> altered = new ArrayList<>(rows);
        altered.set(0, new Row(rows.get(0).id, new float[] {0, 0, 0}));
        List<Row> signed = new ArrayList<>(rows);
        signed.set(0, new Row(rows.get(0).id, new float[] {0, 0, -0f}));
        assertThat(List.of(good, of(lost), of(doubled), of(exchanged), of(altered), of(signed))).doesNotHaveDuplicates();
    }

    @Test
    void anIdThatIsANumberIsItsDigitsAndBuffersAreReadWhereTheyLie() {
        float[] y = {9, 1, 2, 3, 9};
        ScoreFingerprint number = new ScoreFingerprint();
        number.add(-17, y, 1, 3);
        ScoreFingerprint text = new ScoreFingerprint();
        text.add("x-17,".getBytes(StandardCharsets.UTF_8), 1, 3, new float[] {1, 2, 3}, 0, 3);
        assertThat(number).isEqualTo(text);
        number.add(number);
        assertThat(number.rows()).isEqualTo(2);
        assertThat(new ScoreFingerprint()).hasToString("0".repeat(64));
        assertThatThrownBy(() -> ScoreFingerprint.of(new byte[3])).hasMessage("a fingerprint has 40 bytes, not 3");
    }
}
