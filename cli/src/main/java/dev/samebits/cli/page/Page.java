package dev.samebits.cli.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** One HTML page that needs nothing else: no script, no font, no network. Light and dark, on paper and on a phone. */
public final class Page {
    private Page() {}

    /**
     * The whole page.
     *
     * @param title as text
     * @param style more rules than those of all pages
     * @param content of its body, HTML
     */
    public static String of(String title, String style, String content) {
        return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                + "<meta name=\"color-scheme\" content=\"light dark\">\n<title>" + Html.escape(title) + "</title>\n<style>\n"
                + resource(Page.class, "page.css") + style + "</style>\n</head>\n<body>\n<main>\n" + content
                + "</main>\n</body>\n</html>\n";
    }

    /** A text that lies beside a class. */
    public static String resource(Class<?> beside, String name) {
        try (InputStream in = beside.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
