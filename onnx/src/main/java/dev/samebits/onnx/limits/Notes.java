package dev.samebits.onnx.limits;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What a user should know about how a file was read, each thing once. Not thread-safe. */
public final class Notes {
    private static final int MOST = 20;

    private final Set<String> notes = new LinkedHashSet<>();
    private int more;

    public void add(String note) {
        if (notes.size() < MOST) {
            notes.add(note);
        } else if (!notes.contains(note)) {
            more++;
        }
    }

    public List<String> all() {
        if (more == 0) {
            return List.copyOf(notes);
        }
        List<String> all = new ArrayList<>(notes);
        all.add("and " + more + " more such notes");
        return List.copyOf(all);
    }
}
