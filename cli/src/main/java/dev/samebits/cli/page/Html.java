package dev.samebits.cli.page;

import java.util.List;

/** Pieces of HTML from text, escaped. */
public final class Html {
    private Html() {}

    public static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }

    /** A section with an anchor; nothing where it has no content. */
    public static String section(String id, String title, String lead, String content) {
        return content.isEmpty() ? "" : "<section id=\"" + id + "\">\n<h2>" + escape(title) + "</h2>\n<p class=\"lead\">"
                + lead + "</p>\n" + content + "</section>\n";
    }

    /** A chart with its caption. */
    public static String figure(String svg, String caption) {
        return "<figure>" + svg + "<figcaption>" + caption + "</figcaption></figure>\n";
    }

    /** A table that scrolls by itself where the page is narrow; cells are HTML, the first column is text. */
    public static String table(List<String> head, List<List<String>> rows) {
        if (rows.isEmpty()) {
            return "";
        }
        StringBuilder out = new StringBuilder("<div class=\"scroll\"><table><thead><tr>");
        head.forEach(cell -> out.append("<th>").append(cell).append("</th>"));
        out.append("</tr></thead><tbody>\n");
        for (List<String> row : rows) {
            out.append("<tr>");
            row.forEach(cell -> out.append("<td>").append(cell).append("</td>"));
            out.append("</tr>\n");
        }
        return out.append("</tbody></table></div>\n").toString();
    }
}
