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

    /** The same notes, for a try that may fail. */
    public Notes copy() {
        Notes copy = new Notes();
        copy.notes.addAll(notes);
        copy.more = more;
        return copy;
    }

    /** Takes back what is not among these. */
    public void resetTo(Notes before) {
        notes.retainAll(before.notes);
        more = before.more;
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
