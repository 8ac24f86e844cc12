package dev.samebits.bench.plan;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import oshi.hardware.CentralProcessor.ProcessorCache;

/**
 * The sizes of the caches that one core reads through, in KiB, or 0 where the system does not say.
 *
 * @param memory all of the machine's
 */
public record Caches(int l1, int l2, int l3, long memory) {
    private static final int KIB_OF_GIB = 1 << 20;
    private static final Pattern SIZE = Pattern.compile("(L[1-3])(?: data)? (\\d+) KiB");

    public static Caches of(List<ProcessorCache> caches, long memoryBytes) {
        int[] kibibytes = new int[4];
        for (ProcessorCache cache : caches) {
            if (cache.getType() != ProcessorCache.Type.INSTRUCTION && cache.getLevel() <= 3) {
                kibibytes[cache.getLevel()] = (int) (Integer.toUnsignedLong(cache.getCacheSize()) / 1024);
            }
        }
        return new Caches(kibibytes[1], kibibytes[2], kibibytes[3], memoryBytes / 1024);
    }

    /** The sizes for people. */
    public String text() {
        return "L1 data " + l1 + " KiB, L2 " + l2 + " KiB, L3 " + l3 + " KiB";
    }

    /** The sizes in bytes that such a text states, by level. */
    public static Map<String, Double> sizes(String text) {
        Map<String, Double> sizes = new LinkedHashMap<>();
        for (Matcher size = SIZE.matcher(text); size.find();) {
            sizes.put(size.group(1), 1024 * Double.parseDouble(size.group(2)));
        }
        return sizes;
    }

    /**
     * How large the arrays are that show each level's bandwidth: half of the first two caches; of the third, which cores and
     * on a rented machine strangers share, eight times the second at most; for memory three times the last cache.
     */
    Map<String, Integer> workingSets() {
        Map<String, Integer> sets = new LinkedHashMap<>();
        if (l1 > 0) {
            sets.put("L1", l1 / 2);
        }
        if (l2 > 0) {
            sets.put("L2", l2 / 2);
        }
        if (l3 > 0) {
            sets.put("L3", l2 > 0 ? Math.min(l3 / 2, 8 * l2) : l3 / 2);
        }
        long last = Math.max(l3, l2);
        long out = Math.max(KIB_OF_GIB / 4, Math.min(3 * last, KIB_OF_GIB));
        sets.put("memory", (int) Math.min(out, memory / 16));
        return sets;
    }
}
