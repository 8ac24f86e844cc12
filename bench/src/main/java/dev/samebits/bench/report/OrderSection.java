package dev.samebits.bench.report;

import dev.samebits.bench.results.Entry;
import dev.samebits.bench.results.Order;
import dev.samebits.bench.results.Results;
import dev.samebits.cli.page.Html;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Everything from fast to slow, and which places are not certain. */
final class OrderSection {
    private final Map<String, Order> orders;

    OrderSection(Results results) {
        orders = Order.of(results);
    }

    String html() {
        StringBuilder out = new StringBuilder();
        orders.forEach((name, order) -> {
            List<List<String>> rows = new ArrayList<>();
            for (Entry e : order.entries()) {
                rows.add(List.of("<b>" + (rows.size() + 1) + "</b> " + Html.escape(e.name()),
                        Entry.number(Entry.median(Order.speeds(e))), ranges(order.ties(e))));
            }
            out.append("<h3>").append(name).append("</h3>\n").append(Html.table(
                    List.of("benchmark", name.split(",")[0], "not told apart from"), rows));
        });
        return Html.section("order", "From fast to slow", "A place is certain against another where every fork of the one "
                + "is faster than every fork of the other, by "
                + Math.round(100 * (Order.MARGIN - 1)) + " % besides. " + text(),
                out.toString());
    }

    /** How many pairs are told apart. */
    String text() {
        long pairs = orders.values().stream().mapToLong(order -> order.pairs().size()).sum();
        long apart = orders.values().stream().flatMap(order -> order.pairs().stream())
                .filter(pair -> Order.isFaster(pair[0], pair[1])).count();
        return apart + " of " + pairs + " pairs are told apart.";
    }

    /** Numbers in a row as "3 to 5". */
    static String ranges(List<Integer> numbers) {
        Map<Integer, Integer> runs = new LinkedHashMap<>();
        int start = 0;
        int last = -1;
        for (int number : numbers) {
            if (number != last + 1) {
                start = number;
            }
            last = number;
            runs.put(start, last);
        }
        return runs.entrySet().stream()
                .map(run -> run.getKey().equals(run.getValue()) ? String.valueOf(run.getKey())
                        : run.getKey() + (run.getValue() == run.getKey() + 1 ? ", " : " to ") + run.getValue())
                .collect(Collectors.joining(", "));
    }
}
