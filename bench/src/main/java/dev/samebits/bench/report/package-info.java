/**
 * Results for people.
 *
 * <pre>
 * results -&gt; Summary: a table for a terminal
 * results -&gt; HtmlReport: one page of sections, each a table or a picture
 * two results -&gt; Comparison: what changed and what is noise
 * </pre>
 */
package dev.samebits.bench.report;
